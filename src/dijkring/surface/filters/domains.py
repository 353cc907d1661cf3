# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of the overview."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.surface.models import Domain
from dijkring.surface.selectors.domains import DomainRow

STATES = [
    ("", _("all in use")),
    ("fail", _("with tests not met")),
    ("not_measured", _("with tests not measured")),
    ("pass", _("with tests met")),
    (Domain.State.REGISTERED, _("waiting for proof")),
    ("advice", _("with advice to follow")),
    ("leaving", _("proposed for removal")),
    (Domain.State.REMOVED, pgettext_lazy("domain", "removed")),
]


class _Form(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class DomainFilter:
    """Filters the rows in memory: their state comes from counting."""

    filters = ("search", "state")

    def __init__(
        self, data: QueryDict, *, queryset: Sequence[DomainRow], request: HttpRequest
    ) -> None:
        self.form = _Form(data)
        self.rows = queryset

    @property
    def qs(self) -> list[DomainRow]:
        """Return the rows that pass."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        search = chosen.get("search", "").casefold()
        state = chosen.get("state", "")
        return [
            row
            for row in self.rows
            if search in f"{row.name} {row.responsible}".casefold() and _fits(row, state)
        ]


def _fits(row: DomainRow, state: str) -> bool:
    if state in (Domain.State.REGISTERED, Domain.State.REMOVED):
        return row.state == state
    if row.state == Domain.State.REMOVED:
        return False
    counted = {
        "fail": row.not_met,
        "not_measured": row.not_measured or row.state == "not_measured",
        "pass": row.met,
        "advice": row.advice,
        "leaving": row.proposed,
    }
    return bool(counted.get(state, True))
