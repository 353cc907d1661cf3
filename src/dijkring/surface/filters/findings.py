# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of findings."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.evidence.models import Fact
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.tables.findings import SEVERITIES, category_words
from dijkring.ui.filters import ChoiceFilter, DateFromFilter, FilterSet, SearchFilter

STATES = [
    ("fail", _("not met")),
    ("not_measured", _("not measured")),
    ("nobody", _("not met, and nobody is busy with it")),
    ("busy", _("in progress")),
    ("accepted", _("accepted")),
    ("unconfirmed", _("unconfirmed")),
]


def _day(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.AMSTERDAM)


def _categories() -> list[tuple[str, Any]]:
    known = dict.fromkeys(selectors.category_of(kind.id) for kind in selectors.kinds_of_room())
    return [(key, CATEGORIES.get(key, key)) for key in known]


def _tests() -> list[tuple[str, Any]]:
    """Return every test by category; the same words occur for websites and mail."""
    found = ((kind, category_words(kind.id)) for kind in selectors.kinds_of_room())
    return [(kind.id, f"{in_language(kind.label)} ({category})") for kind, category in found]


class FindingFilter(FilterSet):
    """Filter findings; `solved` shows what has ended since a day instead of what there is now."""

    search = SearchFilter("subject", method="with_words")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    category = ChoiceFilter(label=_("Category"), choices=(), method="of_category")
    kind = ChoiceFilter(label=_("Test"), choices=())
    severity = ChoiceFilter(label=_("Severity"), choices=list(SEVERITIES.items()), method="ranked")
    level = ChoiceFilter(label=_("Level"), choices=list(LEVELS.items()), method="ranked")
    hoster = ChoiceFilter(label=_("Hosted by"), choices=())
    since = DateFromFilter("state_since", label=_("New since"), method="new")
    solved = DateFromFilter("until", label=_("Solved since"), method="kept")

    class Meta:
        model = Fact
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation_id = self.request.actor.organisation_id
        self.filters["category"].extra["choices"] = lazy(_categories, list)()
        self.filters["kind"].extra["choices"] = lazy(_tests, list)()
        hosters = selectors.hosters(self.organisation_id)
        self.filters["hoster"].extra["choices"] = [(one, one) for one in hosters]

    def filter_queryset(self, queryset: QuerySet[Fact]) -> QuerySet[Fact]:
        """Begin with what is solved where that is asked, and filter the same way."""
        day = self.form.cleaned_data.get("solved")
        if day:
            queryset = selectors.solved(self.organisation_id, _day(day))
        found: QuerySet[Fact] = super().filter_queryset(queryset)
        return found

    def with_words(self, rows: QuerySet[Fact], _name: str, words: str) -> QuerySet[Fact]:
        """Search in what it is about and in the words of the kind."""
        named = [
            kind.id
            for kind in selectors.kinds_of_room()
            if words.casefold() in in_language(kind.label).casefold()
        ]
        return rows.filter(Q(subject__icontains=words) | Q(kind__in=named))

    def of_state(self, rows: QuerySet[Fact], _name: str, state: str) -> QuerySet[Fact]:
        """Keep findings in one state, as the page says it in words."""
        open_ = Q(shown="fail", accepted_until=None)
        chosen = {
            "fail": Q(shown="fail"),
            "not_measured": Q(shown="not_measured"),
            "nobody": open_ & Q(action_owner=None),
            "busy": open_ & Q(action_owner__isnull=False),
            "accepted": Q(accepted_until__isnull=False),
            "unconfirmed": Q(state="fail", valid_until__lte=clock.now()),
        }
        return rows.filter(chosen[state])

    def of_category(self, rows: QuerySet[Fact], _name: str, category: str) -> QuerySet[Fact]:
        """Keep the findings of one category."""
        return rows.filter(kind__startswith=f"{selectors.PREFIX}{category}.")

    def ranked(self, rows: QuerySet[Fact], name: str, value: str) -> QuerySet[Fact]:
        """Keep one severity or one level, which are annotated as their place in the order."""
        order = selectors.SEVERITIES if name == "severity" else selectors.LEVELS
        return rows.filter(**{name: order.index(value)})

    def new(self, rows: QuerySet[Fact], _name: str, day: date) -> QuerySet[Fact]:
        """Keep what is so since a day or later."""
        return rows.filter(state_since__gte=_day(day))

    def kept(self, rows: QuerySet[Fact], _name: str, _day: date) -> QuerySet[Fact]:
        """Keep all: these rows were chosen by their end already."""
        return rows
