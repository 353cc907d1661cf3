# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain around one organisation: who carries what for whom, and what nobody carries."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.controls.catalogue import current_framework
from dijkring.cooperation.chain import Edge, Party
from dijkring.cooperation.models import Cooperation, ProposedParticipant, Task
from dijkring.cooperation.selectors import provided, register
from dijkring.cooperation.selectors.provided import party
from dijkring.core import clock
from dijkring.evidence.selectors import lists
from dijkring.evidence.selectors.lists import LeafRow
from dijkring.organisations.models import Organisation, Participation

NORMS = ("bio2", "bio2-isms")
SILENT = {"", "not_assessed"}


class Gap(NamedTuple):
    """A requirement of which nobody says anything and which nobody carries out for us."""

    pk: int
    framework: str
    ref: str
    title: str


def edges(own: Organisation) -> list[Edge]:
    """Return what is carried around an organisation, also what has ended.

    Taken along are the other participants of what the organisation takes part in or carries.
    """
    ours = [one for one in register.cooperations(own.pk) if one.ours]  # type: ignore[attr-defined]
    return [*_of_cooperations(ours), *provided.edges(own)]


def _of_cooperations(ours: list[Cooperation]) -> Iterator[Edge]:
    inside = _participants(ours)
    takers = _takers(ours, _left(inside))
    for cooperation in ours:
        served = takers.get(cooperation.pk, [])
        yield from served
        known = {edge.taker for edge in served if not edge.ended(clock.today())}
        for edge in inside.get(cooperation.pk, []):
            if edge.taker not in known and edge.taker != edge.carrier:
                yield edge


def _carrier(cooperation: Cooperation) -> Party:
    carrier = cooperation.host or cooperation.body
    return party(carrier) if carrier else Party(f"c{cooperation.pk}", cooperation.name)


def _left(inside: dict[int, list[Edge]]) -> dict[tuple[int, Party], date]:
    """Return per co-operation and participant the last day, of those who do not go on."""
    found: dict[tuple[int, Party], date] = {}
    going_on = set()
    for pk, rows in inside.items():
        for edge in rows:
            key = (pk, edge.taker)
            if edge.until is None:
                going_on.add(key)
            else:
                found[key] = max(edge.until, found.get(key, edge.until))
    return {key: until for key, until in found.items() if key not in going_on}


def _takers(ours: list[Cooperation], left: dict[tuple[int, Party], date]) -> dict[int, list[Edge]]:
    by_pk = {one.pk: one for one in ours}
    rows = Task.objects.filter(cooperation__in=by_pk).prefetch_related("takers__taker")
    found: dict[int, list[Edge]] = {}
    for task in rows.order_by("name"):
        edges = _of_task(task, by_pk[task.cooperation_id], left)
        found.setdefault(task.cooperation_id, []).extend(edges)
    return found


def _of_task(
    task: Task, cooperation: Cooperation, left: dict[tuple[int, Party], date]
) -> Iterator[Edge]:
    page = ("cooperation:cooperation", (cooperation.pk,))
    for row in task.takers.all():
        if party(row.taker) != _carrier(cooperation):
            last = left.get((cooperation.pk, party(row.taker)))
            ends = [day for day in (task.until, cooperation.until, last) if day]
            yield Edge(
                "task",
                party(row.taker),
                _carrier(cooperation),
                task.said("name"),
                task.since or cooperation.since,
                min(ends) if ends else None,
                page,
            )


def _participants(ours: list[Cooperation]) -> dict[int, list[Edge]]:
    by_body = {one.body_id: one for one in ours if one.body_id}
    rows = Participation.objects.filter(body__in=by_body).select_related("participant")
    found: dict[int, list[Edge]] = {}
    for row in rows.order_by("participant__sort_name"):
        cooperation = by_body[row.body_id]
        edge = _taking_part(cooperation, row.participant, row.since, row.until)
        found.setdefault(cooperation.pk, []).append(edge)
    for cooperation, proposed in _proposed(ours):
        edge = _taking_part(cooperation, proposed.participant, proposed.since, proposed.until)
        found.setdefault(cooperation.pk, []).append(edge)
    return found


def _proposed(ours: list[Cooperation]) -> Iterator[tuple[Cooperation, ProposedParticipant]]:
    by_pk = {one.pk: one for one in ours if one.body_id is None}
    rows = ProposedParticipant.objects.filter(cooperation__in=by_pk).select_related("participant")
    for row in rows.order_by("participant__sort_name", "since"):
        yield by_pk[row.cooperation_id], row


def _taking_part(
    cooperation: Cooperation, participant: Organisation, since: date | None, until: date | None
) -> Edge:
    page = ("cooperation:cooperation", (cooperation.pk,))
    return Edge(
        "participation", party(participant), _carrier(cooperation), cooperation.name,
        since, until, page,
    )  # fmt: skip


def gaps(organisation_id: int) -> list[Gap]:
    """Return the requirements of the current norms on which nobody speaks and nobody provides."""
    carried = provided.provided_leaves(organisation_id)
    found: list[Gap] = []
    for key in NORMS:
        framework = current_framework(key)
        if framework is not None:
            found += [
                Gap(row.pk, str(framework), row.ref, row.title)
                for row in lists.leaf_rows(organisation_id, framework)
                if silent(row) and row.pk not in carried
            ]
    return found


def silent(row: LeafRow) -> bool:
    """Tell whether no rule and no person says anything about a requirement."""
    return row.verdict == "not_assessed" and {row.design, row.existence, row.operation} <= SILENT


def nobody(organisation: Organisation, found: list[Gap]) -> list[Edge]:
    """Return the edge that says how much nobody carries; none when all is carried."""
    if not found:
        return []
    count = len(found)
    what = ngettext("%(count)d requirement", "%(count)d requirements", count) % {"count": count}
    return [Edge("nobody", party(organisation), Party("nobody", _("nobody")), what, count=count)]
