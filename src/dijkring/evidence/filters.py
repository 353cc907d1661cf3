# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of evidence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.evidence import kinds
from dijkring.evidence.models import STATES, VERDICTS, Fact
from dijkring.evidence.selectors import lists
from dijkring.evidence.selectors.lists import LeafRow
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter


class _StandingForm(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    verdict = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("all")), *VERDICTS]
    )
    layer = forms.ChoiceField(
        label=_("Layer"),
        required=False,
        choices=[
            ("", _("the whole")),
            ("design", _("design")),
            ("existence", _("existence")),
            ("operation", _("operation")),
        ],
    )
    framework = forms.CharField(required=False, widget=forms.HiddenInput)


class StandingFilter:
    """Filter the leaves in memory: they are few, and their standing is evaluated on reading."""

    filters = ("search", "verdict", "layer")

    def __init__(
        self, data: QueryDict, *, queryset: Sequence[LeafRow], request: HttpRequest
    ) -> None:
        self.form = _StandingForm(data)
        self.rows = queryset

    @property
    def qs(self) -> list[LeafRow]:
        """Return the rows that pass."""
        chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}
        search, verdict = chosen.get("search", "").casefold(), chosen.get("verdict")
        layer = chosen.get("layer") or "verdict"
        return [
            row
            for row in self.rows
            if search in f"{row.ref} {row.title}".casefold()
            and (not verdict or getattr(row, layer) == verdict)
        ]


class FactFilter(FilterSet):
    """Filter current facts."""

    subject = SearchFilter("subject")
    state = ChoiceFilter(field_name="held", label=_("State"), choices=STATES)
    kind = ChoiceFilter(
        field_name="kind",
        label=_("Fact"),
        choices=lambda: [(kind.id, lists.kind_label(kind.id)) for kind in kinds.all_kinds()],
    )

    class Meta:
        model = Fact
        fields: tuple[str, ...] = ()
