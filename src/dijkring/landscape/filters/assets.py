# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the lists of what there is and what needs what are narrowed down."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.models import Asset, Dependency
from dijkring.landscape.selectors import assets as selectors
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

LOOKS = [
    ("owner", _("without an owner")),
    ("classification", _("not classified")),
    ("objectives", _("no objectives")),
    ("confirmation", _("to be confirmed")),
    ("alone", _("nothing needs it and it needs nothing")),
    ("others", _("within another organisation")),
    ("retired", _("taken out")),
]


class AssetFilter(FilterSet):
    """Filter assets; those that were taken out show only when asked for."""

    search = SearchFilter("name", method="with_words")
    kind = ChoiceFilter(label=_("Kind"), choices=Asset.Kind.choices)
    look = ChoiceFilter(label=_("State"), choices=LOOKS, method="of_look")

    class Meta:
        model = Asset
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Asset]) -> QuerySet[Asset]:
        """Leave out what was taken out, unless it was asked for."""
        rows: QuerySet[Asset] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("look") == "retired"
        return rows if asked else rows.filter(retired_at=None)

    def with_words(self, rows: QuerySet[Asset], _name: str, words: str) -> QuerySet[Asset]:
        """Search in name, description, supplier, law, place and reference."""
        fields = ("name", "description", "party__name", "law", "place", "reference")
        asked = Q()
        for field in fields:
            asked |= Q(**{f"{field}__icontains": words})
        return rows.filter(asked)

    def of_look(self, rows: QuerySet[Asset], _name: str, look: str) -> QuerySet[Asset]:
        """Keep the assets that lack something, or were taken out."""
        wanted: dict[str, Any] = {
            "owner": selectors.WITHOUT_OWNER,
            "classification": selectors.UNCLASSIFIED,
            "objectives": selectors.WITHOUT_OBJECTIVES,
            "confirmation": selectors.to_confirm(),
            "alone": Q(n_needs=0, n_needed_by=0),
            "others": Q(provider__isnull=False),
            "retired": Q(retired_at__isnull=False),
        }
        return rows.filter(wanted[look])


class DependencyFilter(FilterSet):
    """Filter dependencies."""

    search = SearchFilter("dependent__name", method="with_words")
    kind = ChoiceFilter(label=_("How"), choices=Dependency.Kind.choices)

    class Meta:
        model = Dependency
        fields: tuple[str, ...] = ()

    def with_words(
        self, rows: QuerySet[Dependency], _name: str, words: str
    ) -> QuerySet[Dependency]:
        """Search in the names of both ends."""
        return rows.filter(Q(dependent__name__icontains=words) | Q(needed__name__icontains=words))
