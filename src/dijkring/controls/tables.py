# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of controls."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.ui import tables
from dijkring.ui.states import State, badge

IN_FORCE = State(gettext_lazy("in force"), "met", "met")
STATES = {
    "applies": State(gettext_lazy("applicable"), "met", "met"),
    "undecided": State(gettext_lazy("not decided yet"), "not-assessed"),
    "waits": State(gettext_lazy("waits for approval"), "waiting"),
    "does_not_apply": State(gettext_lazy("not applicable"), "not-applicable", "not-applicable"),
}


class FrameworkColumn(tables.LinkColumn):
    """The title of a framework, with a mark where a law names this version."""

    def render(  # type: ignore[override]  # the library passes what is asked for
        self, value: Any, record: Any, table: Any
    ) -> SafeString:
        shown = super().render(value, record, table)
        return format_html("{} {}", shown, badge(IN_FORCE)) if record.in_force else shown


class WhoseColumn(tables.Column):
    """Whether a framework is there for everybody or the organisation's own."""

    def render(self, value: bool) -> str:
        return self.value(value)

    def value(self, value: bool) -> str:
        """Return the words for it."""
        return _("for everybody") if value else _("your own import")


class FrameworkTable(tables.Table):
    """Frameworks."""

    title = FrameworkColumn("controls:framework", verbose_name=gettext_lazy("Norm or law"))
    version = tables.Column(verbose_name=gettext_lazy("Version"))
    issuer = tables.Column(verbose_name=gettext_lazy("Issued by"))
    published = tables.DateColumn(verbose_name=gettext_lazy("Published"))
    leaves = tables.NumberColumn(verbose_name=gettext_lazy("Requirements"))
    shared = WhoseColumn(verbose_name=gettext_lazy("Whose"))


class ChoiceColumn(tables.Column):
    """A tick box that belongs to the form below the table."""

    def render(self, value: Any, record: Any) -> SafeString:  # type: ignore[override]
        label = _("Choose %(ref)s") % {"ref": record.ref}
        return format_html(
            '<input type="checkbox" name="leaf" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class DecisionColumn(tables.StateColumn):
    """What was decided about a leaf."""

    def render(  # type: ignore[override]
        self, value: Any, record: Any, bound_column: Any = None
    ) -> SafeString:
        return super().render(STATES[value], record)

    def value(self, value: Any, record: Any = None, bound_column: Any = None) -> str:
        """Return the words of the decision."""
        return super().value(STATES[value])


class ApplicabilityTable(tables.Table):
    """The statement of applicability."""

    ref = tables.LinkColumn("controls:requirement", verbose_name=gettext_lazy("Number"))
    chosen = ChoiceColumn(
        verbose_name=gettext_lazy("Choose"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )
    title = tables.Column(verbose_name=gettext_lazy("Requirement"))
    state = DecisionColumn(verbose_name=gettext_lazy("Decision"))
    reason = tables.Column(verbose_name=gettext_lazy("Reason"))
    owner = tables.PersonColumn(verbose_name=gettext_lazy("Owner"))
    approved_by = tables.Column(verbose_name=gettext_lazy("Approved by"))
    approved_at = tables.DateColumn(verbose_name=gettext_lazy("On"))


class ReadOnlyApplicabilityTable(ApplicabilityTable):
    """The statement for who cannot decide or approve."""

    class Meta:
        exclude = ("chosen",)


class DoneColumn(tables.LinkColumn):
    """A link to say that it was done."""

    def render(  # type: ignore[override]  # the library passes what is asked for
        self, value: Any, record: Any, table: Any
    ) -> SafeString:
        return super().render(_("Looked at"), record, table)


class LookAgainTable(tables.Table):
    """What must be looked at again."""

    was = tables.Column(verbose_name=gettext_lazy("Was"))
    requirement = tables.LinkColumn(
        "controls:requirement", args=["requirement_id"], verbose_name=gettext_lazy("Look at")
    )
    framework = tables.Column(
        verbose_name=gettext_lazy("Norm"), accessor="requirement__framework", orderable=False
    )
    reason = tables.Column(verbose_name=gettext_lazy("Why"), accessor="why", orderable=False)
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Since"))
    done = DoneColumn(
        "controls:looked", verbose_name=gettext_lazy("Ready?"), accessor="pk", orderable=False
    )


class ReadOnlyLookAgainTable(LookAgainTable):
    """The same for who cannot say that it was done."""

    class Meta:
        exclude = ("done",)
