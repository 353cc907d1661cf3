# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which agreements there are, what is in force, who looked, what was handed over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dijkring.core import clock
from dijkring.organisations.models import Membership, Organisation, Participation
from dijkring.sharing.models import REACH, Agreement, Detail, Handover, Look, Mandate

ORDER = tuple(Detail.values)


@dataclass(frozen=True, slots=True)
class Shared:
    """What one organisation shares with us now: per kind of record the furthest detail."""

    giver: Organisation
    agreements: tuple[Agreement, ...]

    @property
    def details(self) -> dict[str, str]:
        """The furthest detail per kind of record."""
        found: dict[str, str] = {}
        for one in self.agreements:
            for record in one.records:
                found[record] = max(found.get(record, ""), one.detail, key=_rank)
        return found

    @property
    def kinds(self) -> frozenset[str]:
        """The sharing kinds of the database that may be read."""
        return frozenset().union(*(REACH.get(one, frozenset()) for one in self.details.items()))

    def under(self, record: str, detail: str) -> Agreement | None:
        """Return an agreement that gives a kind of record at least in this detail."""
        for one in self.agreements:
            if record in one.records and _rank(one.detail) >= _rank(detail):
                return one
        return None


def _rank(detail: str) -> int:
    return ORDER.index(detail) if detail in ORDER else -1


def agreements(organisation_id: int) -> QuerySet[Agreement]:
    """Return what we give and what we are offered; the database hides drafts of others."""
    rows = Agreement.objects.filter(
        Q(organisation_id=organisation_id) | Q(receiver_id=organisation_id)
    )
    rows = rows.select_related("organisation", "receiver")
    return rows.prefetch_related("signatures").order_by("-id")


def received(organisation_id: int) -> list[Shared]:
    """Return everything that others share with an organisation now, by the name of the giver."""
    rows = Agreement.objects.filter(receiver_id=organisation_id).in_force(clock.now())
    return _together(rows)


def shared_by(organisation_id: int, giver: str) -> Shared | None:
    """Return what one organisation (its slug) shares with us now, or None."""
    rows = Agreement.objects.filter(receiver_id=organisation_id, organisation__slug=giver)
    found = _together(rows.in_force(clock.now()))
    return found[0] if found else None


def _together(rows: Iterable[Agreement]) -> list[Shared]:
    by_giver: dict[int, list[Agreement]] = {}
    for row in rows:
        by_giver.setdefault(row.organisation_id, []).append(row)
    givers = Organisation.objects.in_bulk(by_giver.keys())
    found = [Shared(givers[id], tuple(rows)) for id, rows in by_giver.items()]
    return sorted(found, key=lambda one: one.giver.sort_name)


def looks(giver_id: int) -> QuerySet[Look]:
    """Return every look by others at what an organisation shares, the newest first."""
    return Look.objects.filter(giver_id=giver_id).select_related("organisation")


def mandates(organisation_id: int) -> QuerySet[Mandate]:
    """Return all mandates to sign, the newest first."""
    return Mandate.objects.filter(organisation_id=organisation_id).select_related(
        "user", "given_by"
    )


def running_mandate(organisation_id: int, user_id: int) -> Mandate | None:
    """Return the mandate that a person holds now, or None."""
    now = clock.now()
    rows = Mandate.objects.filter(
        organisation_id=organisation_id, user_id=user_id, withdrawn_at=None
    )
    return rows.filter(since__lte=now, until__gt=now).order_by("-until").first()


def handovers(organisation_id: int) -> QuerySet[Handover]:
    """Return what was handed over to us and by us, the newest first."""
    rows = Handover.objects.filter(
        Q(organisation_id=organisation_id) | Q(receiver_id=organisation_id)
    )
    return rows.select_related("organisation", "receiver").order_by("-id")


def others(organisation_id: int) -> list[tuple[int, str]]:
    """Return every other organisation as a choice, by name."""
    rows = Organisation.objects.exclude(pk=organisation_id).order_by("sort_name")
    return list(rows.values_list("pk", "name"))


def people(organisation_id: int) -> list[tuple[int, str]]:
    """Return the colleagues with access as choices, by name."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    return list(rows.order_by("user__name").values_list("user_id", "user__name"))


def expected(organisation: Organisation) -> Collection[int]:
    """Return who could share with a body: who takes part in it, or else every municipality."""
    taking_part = Participation.objects.filter(body=organisation, until=None)
    found = set(taking_part.values_list("participant_id", flat=True))
    country = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    return found or set(country.values_list("pk", flat=True))
