# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of co-operations and of the chain."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.cooperation.chain import Edge
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.words import KIND_WORDS
from dijkring.core import clock
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter


class CooperationFilter(FilterSet):
    """Filter co-operations."""

    search = SearchFilter("name")
    legal_form = ChoiceFilter(label=_("Legal form"), choices=Cooperation.Form.choices)
    ours = ChoiceFilter(
        label=_("We take part"), choices=[("yes", _("yes")), ("no", _("no"))], method="taking_part"
    )

    class Meta:
        model = Cooperation
        fields: tuple[str, ...] = ()

    def taking_part(
        self, rows: QuerySet[Cooperation], _name: str, value: str
    ) -> QuerySet[Cooperation]:
        """Keep what we take part in, or the others."""
        return rows.filter(ours=value == "yes")  # type: ignore[misc]  # told by the query


class _ChainForm(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *KIND_WORDS.items()]
    )
    for_us = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=[("", _("everybody in it")), ("us", _("only us"))],
    )
    ended = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[("", _("what runs now")), ("all", _("also what has ended"))],
    )


class ChainFilter:
    """Filter the chain in memory: what is around one organisation is not much."""

    filters = ("search", "kind", "for_us", "ended")

    def __init__(self, data: QueryDict, *, queryset: Sequence[Edge], request: HttpRequest) -> None:
        self.form = _ChainForm(data)
        self.rows = queryset
        self.own = f"o{request.actor.organisation_id}"  # type: ignore[attr-defined]

    @property
    def qs(self) -> list[Edge]:
        """Return the edges that pass; a wrong filter filters nothing but what has ended."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return [edge for edge in self.rows if self._passes(edge, chosen)]

    def _passes(self, edge: Edge, chosen: dict[str, Any]) -> bool:
        said = f"{edge.taker.name} {edge.carrier.name} {edge.what}".casefold()
        return (
            chosen.get("search", "").casefold() in said
            and chosen.get("kind") in (None, "", edge.kind)
            and (chosen.get("for_us") != "us" or edge.taker.key == self.own)
            and (chosen.get("ended") == "all" or not edge.ended(clock.today()))
        )
