# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which co-operations there are, who takes part in them, and what one organisation is to each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dijkring.cooperation.models import (
    CbwTest,
    Cooperation,
    Involvement,
    InvolvementDocument,
    ProposedParticipant,
    Seat,
    Task,
)
from dijkring.core import clock
from dijkring.organisations.models import Organisation, Participation


def runs(at: date, prefix: str = "") -> Q:
    """Return the condition that a period holds on a day."""
    begun = Q(**{f"{prefix}since": None}) | Q(**{f"{prefix}since__lte": at})
    return begun & (Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": at}))


def cooperations(organisation_id: int) -> QuerySet[Cooperation]:
    """Return all co-operations that an organisation sees, by name.

    `members` counts who takes part now, `ours` tells whether the organisation does or carries it,
    `outcome` is that of its own last Cbw test.
    """
    now = clock.today()
    inside = Participation.objects.filter(runs(now), body=OuterRef("body"))
    proposed = ProposedParticipant.objects.filter(cooperation=OuterRef("pk"))
    tests = CbwTest.objects.filter(
        organisation_id=organisation_id, cooperation=OuterRef("pk"), finished_at__isnull=False
    )
    return Cooperation.objects.select_related("body", "host").annotate(
        members=Coalesce(_counted(inside, "body"), Value(0))
        + Coalesce(_counted(proposed, "cooperation"), Value(0)),
        ours=Exists(inside.filter(participant=organisation_id))
        | Q(body=organisation_id)
        | Q(host=organisation_id)
        | Q(organisation=organisation_id),
        outcome=Subquery(tests.order_by("-finished_at").values("outcome")[:1]),
    )


def _counted(rows: QuerySet[Participation] | QuerySet[ProposedParticipant], by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(number=Count("pk")).values("number"))


def find(pk: int) -> Cooperation | None:
    """Return one co-operation that is seen here, or None."""
    return Cooperation.objects.select_related("body", "host", "organisation").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Member:
    """A participant: from when until when it takes part."""

    pk: int
    participant: Organisation
    since: date | None
    until: date | None

    @property
    def now(self) -> bool:
        """Tell whether it takes part today."""
        begun = self.since is None or self.since <= clock.today()
        return begun and (self.until is None or self.until >= clock.today())


def members(cooperation: Cooperation) -> list[Member]:
    """Return who takes or took part, by name; of a proposal who is proposed."""
    rows: Iterable[Participation] | Iterable[ProposedParticipant]
    if cooperation.body_id is not None:
        rows = Participation.objects.filter(body_id=cooperation.body_id)
    else:
        rows = ProposedParticipant.objects.filter(cooperation=cooperation)
    rows = rows.select_related("participant").order_by("participant__sort_name", "since")
    return [Member(row.pk, row.participant, row.since, row.until) for row in rows]


def takes_part(cooperation: Cooperation, organisation_id: int) -> bool:
    """Tell whether an organisation is a participant today."""
    return any(
        member.now and member.participant.pk == organisation_id for member in members(cooperation)
    )


def is_involved(cooperation: Cooperation, organisation_id: int) -> bool:
    """Tell whether an organisation carries, hosts, proposed, or takes or took part in it."""
    if organisation_id in (cooperation.body_id, cooperation.host_id, cooperation.organisation_id):
        return True
    return any(member.participant.pk == organisation_id for member in members(cooperation))


def tasks(cooperation: Cooperation) -> list[Task]:
    """Return the tasks by name, with those for whom they are done."""
    rows = Task.objects.filter(cooperation=cooperation).prefetch_related("takers__taker")
    return list(rows.order_by("name"))


def tasks_for(cooperation: Cooperation, organisation_id: int) -> list[Task]:
    """Return what is done for one participant."""
    rows = Task.objects.filter(cooperation=cooperation, takers__taker=organisation_id)
    return list(rows.order_by("name"))


def seats(cooperation: Cooperation) -> list[Seat]:
    """Return who sits where, in the order of the places."""
    order = list(Seat.Organ)
    rows = Seat.objects.filter(cooperation=cooperation).select_related("filled_by")
    return sorted(rows, key=lambda seat: (order.index(Seat.Organ(seat.organ)), seat.pk))


def involvement(cooperation: Cooperation, organisation_id: int) -> Involvement | None:
    """Return what the organisation itself recorded, or None."""
    rows = Involvement.objects.filter(cooperation=cooperation, organisation_id=organisation_id)
    return rows.select_related("owner").first()


def documents(cooperation: Cooperation, organisation_id: int) -> list[InvolvementDocument]:
    """Return the documents that the organisation keeps with a co-operation."""
    rows = InvolvementDocument.objects.filter(
        cooperation=cooperation, organisation_id=organisation_id
    )
    return list(rows.select_related("upload").order_by("upload__name", "pk"))


def participations_of(bodies: Iterable[int]) -> list[tuple[int, int]]:
    """Return (participant, body) of everybody who takes part in these bodies."""
    rows = Participation.objects.filter(body__in=list(bodies))
    return list(rows.values_list("participant_id", "body_id"))
