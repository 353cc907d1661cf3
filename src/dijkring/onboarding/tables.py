# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of what was brought in."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.onboarding.intake.kinds import KINDS
from dijkring.onboarding.models import Intake
from dijkring.ui import tables


class KindColumn(tables.Column):
    """What a file was about."""

    def render(self, value: str) -> str:
        return str(KINDS[value].label)

    def value(self, value: str) -> str:
        """Return the words of the kind."""
        return str(KINDS[value].label)


class StateWordColumn(tables.Column):
    """How far a file is."""

    def render(self, value: Any) -> str:
        return capfirst(str(dict(Intake.State.choices).get(value, value)))

    def value(self, value: Any) -> str:
        """Return the words of the state."""
        return self.render(value)


class IntakeTable(tables.Table):
    """Files that were brought in."""

    name = tables.LinkColumn("onboarding:intake", verbose_name=gettext_lazy("File"))
    kind = KindColumn(verbose_name=gettext_lazy("What"))
    state = StateWordColumn(verbose_name=gettext_lazy("State"))
    uploaded_by = tables.PersonColumn(verbose_name=gettext_lazy("By"))
    uploaded_at = tables.MomentColumn(verbose_name=gettext_lazy("Uploaded"))


class RowColumn(tables.Column):
    """A tick box that belongs to the form below the table."""

    def render(self, value: Any, record: Any) -> SafeString:  # type: ignore[override]
        label = _("Choose %(ref)s") % {"ref": f"{record.requirement.ref} ({record.was})"}
        return format_html(
            '<input type="checkbox" name="row" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class TakenOverTable(tables.Table):
    """Verdicts from before that wait."""

    requirement = tables.LinkColumn(
        "evidence:requirement",
        args=["requirement_id"],
        verbose_name=gettext_lazy("Requirement"),
        order_by=("requirement__framework_id", "requirement__position"),
    )
    chosen = RowColumn(
        verbose_name=gettext_lazy("Choose"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )
    verdict = tables.StateColumn(verbose_name=gettext_lazy("Verdict then"))
    reason = tables.Column(verbose_name=gettext_lazy("Explanation then"), orderable=False)
    was = tables.Column(verbose_name=gettext_lazy("Number in the file"))
    note = tables.Column(verbose_name=gettext_lazy("How it was found"), orderable=False)
    about = tables.Column(verbose_name=gettext_lazy("About"))
    said_by = tables.Column(verbose_name=gettext_lazy("Said by"))
    said_on = tables.DateColumn(verbose_name=gettext_lazy("Said on"))
    intake = tables.Column(verbose_name=gettext_lazy("File"))


class ReadOnlyTakenOverTable(TakenOverTable):
    """The same for who cannot confirm."""

    class Meta:
        exclude = ("chosen",)
