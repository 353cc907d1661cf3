# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of the statement of applicability."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.controls.selectors.applicability import ApplicabilityLine
from dijkring.controls.tables import STATES


class _LineForm(forms.Form):
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("Decision"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    framework = forms.CharField(required=False, widget=forms.HiddenInput)

    is_filter = True


class LineFilter:
    """Filters the lines in memory: a norm has some hundreds."""

    filters = ("search", "state", "owner")

    def __init__(
        self, data: QueryDict, *, queryset: Sequence[ApplicabilityLine], request: HttpRequest
    ) -> None:
        self.form = _LineForm(data)
        self.rows = queryset
        owners = {str(row.owner.pk): row.owner.name for row in queryset if row.owner}
        states = [(key, state.word) for key, state in STATES.items()]
        self._choices("state", states)
        self._choices("owner", [("none", _("nobody yet")), *sorted(owners.items())])

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.form.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    @property
    def qs(self) -> list[ApplicabilityLine]:
        """Return the lines that pass; a filter that is not understood lets all pass."""
        chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}
        words = str(chosen.get("search", "")).casefold()
        state, owner = chosen.get("state"), chosen.get("owner")
        return [
            row
            for row in self.rows
            if words in f"{row.ref} {row.title} {row.reason}".casefold()
            and state in {"", None, row.state}
            and owner in {"", None, str(row.owner.pk) if row.owner else "none"}
        ]
