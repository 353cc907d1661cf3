# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of the overview."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Domain
from dijkring.surface.selectors import DomainRow

STATES = [
    ("", _("all but removed")),
    ("fail", _("not met")),
    ("not_measured", _("not measured")),
    ("pass", _("met")),
    (Domain.State.REGISTERED, _("authority not proven yet")),
    ("advice", _("with advice to follow")),
    ("leaving", _("proposed for removal")),
    (Domain.State.REMOVED, _("removed")),
]


class _Form(forms.Form):
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
    if state == "advice":
        return row.advice > 0
    if state == "leaving":
        return row.proposed
    return row.state == state if state else row.state != Domain.State.REMOVED
