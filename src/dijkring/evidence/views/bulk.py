# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One judgement on a selection of leaves: choose them, fill in one form, see what was refused."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkring.controls.catalogue import current_framework, judged_frameworks
from dijkring.controls.models import Framework, Requirement
from dijkring.controls.selectors.applicability import chosen
from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.evidence.filters import StandingFilter
from dijkring.evidence.forms import GIVEN, end_of_day
from dijkring.evidence.models import LAYERS, LINES
from dijkring.evidence.selectors import lists
from dijkring.evidence.services import bulk, judgements
from dijkring.evidence.tables import StandingTable
from dijkring.ui import pages, tables
from dijkring.ui.forms import DateInput, ReasonField
from dijkring.ui.pages import link


class BulkForm(forms.Form):
    """One verdict on some layers of all chosen leaves."""

    layers = forms.MultipleChoiceField(
        label=gettext_lazy("Layers"),
        choices=LAYERS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Design: laid down. Existence: in place. Operation: works over time."
        ),
    )
    line = forms.ChoiceField(label=gettext_lazy("Your line"))
    verdict = forms.ChoiceField(
        label=gettext_lazy("Your verdict"), choices=GIVEN, widget=forms.RadioSelect
    )
    reason = ReasonField(label=gettext_lazy("Reason"), max_length=4000)
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("After this day it has to be shown again."),
    )

    def __init__(self, *args: Any, lines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [one for one in LINES if one[0] in lines]  # type: ignore[attr-defined]

    def clean_valid_until(self) -> datetime | None:
        """Return the end of the day in the Netherlands."""
        return end_of_day(self.cleaned_data["valid_until"])


class LeafColumn(tables.Column):
    """A tick box that belongs to the form below the table."""

    def render(self, value: Any, record: Any) -> SafeString:  # type: ignore[override]
        label = _("Choose %(ref)s") % {"ref": record.ref}
        return format_html(
            '<input type="checkbox" name="leaf" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class ChoiceTable(StandingTable):
    """Leaves with their standing, to choose from."""

    chosen = LeafColumn(
        verbose_name=gettext_lazy("Choose"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )


def _lines(request: Any) -> list[str]:
    found = [line for line, right in judgements.RIGHT_OF_LINE.items() if request.can(right)]
    if not found:
        request.actor.require("evidence.judge")
    return found


@page("evidence.view", writes=True)
def choose(request: Any) -> HttpResponse:
    """List the leaves of a norm to choose those on which one judgement holds."""
    _lines(request)
    framework = _framework(request)
    rows = lists.leaf_rows(request.actor.organisation_id, framework) if framework else []
    return pages.list_page(
        request,
        rows,
        table=ChoiceTable,
        filters=StandingFilter,  # type: ignore[arg-type]
        title=_("Judge many at once"),
        purpose=_("Choose the requirements on which one and the same judgement holds."),
        trail=[(_("Standings"), link(request, "evidence:standings"))],
        empty=pages.Empty(_("No framework has been loaded yet.")),
        extra={"template": "evidence/bulk_choose.html"},
    )


def _framework(request: Any) -> Framework | None:
    frameworks = judged_frameworks()
    if (id := id_of(request.GET.get("framework", ""))) is not None:
        return frameworks.filter(pk=id).first()
    return current_framework("bio2") or frameworks.first()


@page("evidence.view", writes=True)
def judge(request: Any) -> HttpResponse:
    """Record one judgement on the chosen leaves."""
    lines, leaves = _lines(request), chosen(request.GET.getlist("leaf"))
    if not leaves:
        messages.warning(request, _("Choose at least one requirement in the list."))
        return HttpResponseRedirect(link(request, "evidence:bulk"))
    outcome: list[bulk.Outcome] = []

    def on_valid(valid: Any) -> str:
        outcome.append(
            bulk.judge_many(actor=request.actor, requirements=leaves, **valid.cleaned_data)
        )
        return link(request, "evidence:bulk")

    response = pages.form_page(
        request,
        BulkForm(request.POST or None, lines=lines),
        title=ngettext("Judge %(n)d requirement", "Judge %(n)d requirements", len(leaves))
        % {"n": len(leaves)},
        purpose=_numbers(leaves),
        submit=_("Record"),
        back=link(request, "evidence:bulk"),
        trail=[(_("Judge many at once"), link(request, "evidence:bulk"))],
        on_valid=on_valid,
    )
    return _told(request, outcome[0]) if outcome else response


def _numbers(leaves: list[Requirement]) -> str:
    shown = ", ".join(one.ref for one in leaves[:30])
    return f"{shown}…" if len(leaves) > 30 else shown


def _told(request: Any, outcome: bulk.Outcome) -> HttpResponse:
    words = ngettext(
        "Your judgement has been recorded on %(n)d requirement.",
        "Your judgement has been recorded on %(n)d requirements.",
        len(outcome.done),
    )
    messages.success(request, words % {"n": len(outcome.done)})
    if not outcome.refused:
        return HttpResponseRedirect(link(request, "evidence:bulk"))
    context = {
        "title": _("Not recorded"),
        "refused": outcome.refused,
        "trail": [(_("Judge many at once"), link(request, "evidence:bulk"))],
    }
    return render(request, "evidence/bulk_refused.html", context)
