# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about incidents."""

from datetime import datetime

from django.db.models import QuerySet

from dijkring.controls.models import in_language
from dijkring.core.due import DueItem
from dijkring.incidents.guides import categories
from dijkring.incidents.models import HouseRule, Incident
from dijkring.incidents.selectors import clocks


def incidents(organisation_id: int, *, exercise: bool = False) -> QuerySet[Incident]:
    """Return the incidents, or the exercises, with what their clocks run on; newest first."""
    rows = Incident.objects.filter(organisation_id=organisation_id, exercise=exercise)
    return rows.select_related("owner", "breach").prefetch_related(*clocks.PARTS)


def everything(organisation_id: int) -> QuerySet[Incident]:
    """Return incidents and exercises together, for one page of one of them."""
    rows = Incident.objects.filter(organisation_id=organisation_id)
    parts = (*clocks.PARTS, "entries", "weighings__decided_by", "weighings__confirmed_by")
    return rows.select_related("owner", "reported_by", "breach").prefetch_related(*parts)


def mine(organisation_id: int, user_id: int | None) -> QuerySet[Incident]:
    """Return what somebody reported; without the right to see incidents, that is what one sees."""
    return Incident.objects.filter(organisation_id=organisation_id, reported_by_id=user_id)


def category_words(category: str) -> str:
    """Return the words of a category, or the category itself."""
    found = categories().get(category)
    return in_language(dict(found)) if found else category


def house_rules(organisation_id: int) -> QuerySet[HouseRule]:
    """Return the house rules, also those that were retired."""
    return HouseRule.objects.filter(organisation_id=organisation_id)


def house_choices(organisation_id: int) -> list[tuple[str, str]]:
    """Return the regimes of the house rules in use, with the name of their rule."""
    rules = house_rules(organisation_id).filter(retired_at=None)
    return sorted({one.regime: rule.name for rule in rules for one in clocks.read(rule)}.items())


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the deadlines of incidents, for the calendar; those of exercises stand apart."""
    return [
        DueItem(
            one.due,
            f"{one.incident.reference}: {in_language(dict(one.obligation.title))}",
            "incidents:incident",
            (one.incident.pk,),
            "incident",
            str(one.incident.owner or ""),
        )
        for one in clocks.open_clocks(organisation_id)
        if one.due is not None and one.due < until
    ]
