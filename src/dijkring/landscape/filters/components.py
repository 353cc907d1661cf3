# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the software of systems is narrowed down."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.models import Component
from dijkring.ui.filters import FilterSet, SearchFilter


class ComponentFilter(FilterSet):
    """Filter parts by words in name, version, package URL or licence."""

    search = SearchFilter("name", label=_("Name, version or licence"), method="with_words")

    class Meta:
        model = Component
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Component], _name: str, words: str) -> QuerySet[Component]:
        """Keep the parts in which every word is found somewhere."""
        for word in words.split()[:8]:
            rows = rows.filter(
                Q(name__icontains=word) | Q(version__icontains=word) | Q(purl__icontains=word)
                | Q(licence__icontains=word)
            )  # fmt: skip
        return rows
