# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of incidents."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.guides import categories
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.incidents import category_words
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

STATES = [("open", _("not closed")), *Incident.State.choices]


def _categories() -> list[tuple[str, str]]:
    return [(id, category_words(id)) for id in categories()]


class IncidentFilter(FilterSet):
    """Filter incidents."""

    search = SearchFilter("title", method="with_words")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    severity = ChoiceFilter(
        label=_("Severity"), field_name="severity", choices=Incident.Severity.choices
    )
    category = ChoiceFilter(label=_("Category"), field_name="category", choices=_categories)

    class Meta:
        model = Incident
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in title, description and number."""
        found = Q(title__icontains=words) | Q(description__icontains=words)
        year, _dash, number = words.removeprefix("OEF-").partition("-")
        if year.isdecimal() and number.isdecimal() and len(year + number) < 12:
            found |= Q(year=int(year), number=int(number))
        return rows.filter(found)

    def of_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """Keep those in a state, or all that were not closed."""
        return rows.exclude(state="closed") if state == "open" else rows.filter(state=state)
