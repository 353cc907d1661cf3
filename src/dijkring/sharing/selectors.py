# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which agreements there are, what is in force, who looked, what was handed over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from dijkring.core import clock
from dijkring.organisations.models import Membership, Organisation, Participation
from dijkring.sharing.models import (
    REACH,
    Agreement,
    Agreements,
    Detail,
    Handover,
    Look,
    Mandate,
)

ORDER = tuple(Detail.values)


class Giver(NamedTuple):
    """Who shares with us; a whole country of them stands on one page."""

    pk: int
    slug: str
    name: str
    sort_name: str
    province: str

    def __str__(self) -> str:
        return self.name


class Terms(NamedTuple):
    """What an agreement in force says."""

    pk: int
    records: list[str]
    detail: str
    tlp: str
    legal_basis: str
    purpose: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """What one organisation shares with us now: per kind of record the furthest detail."""

    giver: Giver
    agreements: tuple[Terms, ...]

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

    def under(self, record: str, detail: str) -> Terms | None:
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
    return _together(Agreement.objects.filter(receiver_id=organisation_id))


def shared_by(organisation_id: int, giver: str) -> Shared | None:
    """Return what one organisation (its slug) shares with us now, or None."""
    rows = Agreement.objects.filter(receiver_id=organisation_id, organisation__slug=giver)
    found = _together(rows)
    return found[0] if found else None


_GIVER = tuple(f"organisation__{name}" for name in Giver._fields)


def _together(rows: Agreements) -> list[Shared]:
    """Put the agreements in force together by giver, by name; plain rows, since there are many."""
    found: dict[Giver, list[Terms]] = {}
    wanted = rows.in_force(clock.now()).order_by("organisation__sort_name", "-id")
    for row in wanted.values_list(*_GIVER, *Terms._fields):
        giver = Giver._make(row[: len(_GIVER)])
        found.setdefault(giver, []).append(Terms._make(row[len(_GIVER) :]))
    return [Shared(giver, tuple(terms)) for giver, terms in found.items()]


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
    taking_part = Participation.objects.running(clock.today()).filter(body=organisation)
    found = set(taking_part.values_list("participant_id", flat=True))
    country = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    return found or set(country.values_list("pk", flat=True))
