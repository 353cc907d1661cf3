# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which organisations there are, and who takes part in what."""

from django.db.models import Count, Q, QuerySet

from dijkring.organisations.models import Organisation, Participation

CURRENT = Q(participants__until=None)


def organisations() -> QuerySet[Organisation]:
    """Return all organisations by name, with the number that take part in them (`members`)."""
    members = Count("participants", filter=CURRENT)
    return Organisation.objects.annotate(members=members).order_by("sort_name")


def participants(organisation_id: int) -> QuerySet[Participation]:
    """Return who takes part in a body, by name."""
    rows = Participation.objects.filter(body_id=organisation_id).select_related("participant")
    return rows.order_by("participant__sort_name")


def participations(organisation_id: int) -> QuerySet[Participation]:
    """Return in what an organisation takes part, by name."""
    rows = Participation.objects.filter(participant_id=organisation_id).select_related("body")
    return rows.order_by("body__sort_name")


def regions() -> list[tuple[str, str]]:
    """Return the safety regions as (code, name)."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.SAFETY_REGION).exclude(code="")
    return list(rows.values_list("code", "name"))


def provinces() -> list[tuple[str, str]]:
    """Return the provinces of the municipalities, twice: as value and as word."""
    rows = Organisation.objects.exclude(province="").order_by("province")
    return [(name, name) for name in rows.values_list("province", flat=True).distinct()]
