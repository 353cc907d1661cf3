# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What if these fail: the answer of the cascade in words of the landscape."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from dijkring.landscape import cascade
from dijkring.landscape.cascade import Link, Outcome
from dijkring.landscape.models import Party, Scenario
from dijkring.landscape.selectors.graph import Landscape, Node
from dijkring.landscape.selectors.starts import Start
from dijkring.organisations.models import User

HOUR = 3600
# The periods in which a crisis team thinks, by their end in hours.
PERIODS = (4, 24, 72)


@dataclass(frozen=True)
class Harm:
    """One asset that fails or is hindered, after so many seconds."""

    node: Node
    seconds: int
    state: str
    outcome: Outcome
    landscape: Landscape

    @property
    def pk(self) -> int:
        return self.node.pk

    @property
    def period(self) -> int:
        """The number of the period in which it happens, from 0."""
        return sum(self.seconds >= end * HOUR for end in PERIODS)

    @property
    def too_long(self) -> int | None:
        """After how many seconds it has been missed for longer than it can be."""
        if self.node.mtpd is None or self.state != "fails":
            return None
        return self.seconds + self.node.mtpd

    @cached_property
    def path(self) -> list[Link]:
        """The shortest explanation, the cause first."""
        return self.outcome.path(self.node.pk)


@dataclass(frozen=True)
class Caller:
    """Somebody to call: an owner or a supplier, for how many assets, and from when."""

    name: str
    contact: str
    party_id: int | None
    assets: int
    seconds: int
    provides: bool = False


@dataclass(frozen=True)
class Answer:
    """What happens when these fail at moment zero; `harms` has the earliest first."""

    landscape: Landscape
    starts: Sequence[Start]
    outcome: Outcome
    harms: list[Harm]

    def failing(self) -> list[Harm]:
        """Return what fails."""
        return [one for one in self.harms if one.state == "fails"]

    def residents(self) -> int:
        """Return the residents touched by what fails: who misses two services counts twice."""
        return sum(one.node.residents for one in self.failing())

    def tasks(self) -> int:
        """Return how many statutory tasks fail."""
        return sum(one.node.statutory for one in self.failing())

    def periods(self) -> list[tuple[int, int, int]]:
        """Return of each period how much fails, how much is only hindered, and tasks that fail."""
        found = [[0, 0, 0] for _period in range(len(PERIODS) + 1)]
        for one in self.harms:
            row = found[one.period]
            row[0 if one.state == "fails" else 1] += 1
            row[2] += one.state == "fails" and one.node.statutory
        return [(fails, hindered, tasks) for fails, hindered, tasks in found]


def answer(landscape: Landscape, starts: Sequence[Start]) -> Answer:
    """Let these fail; there has to be at least one."""
    failing = sorted({pk for start in starts for pk in start.assets})
    outcome = cascade.what_if(landscape.graph, failing)
    harms = []
    for state, (ids, seconds) in (
        ("fails", outcome.failing()), ("hindered", outcome.only_hindered()),
    ):  # fmt: skip
        for pk, second in zip(ids.tolist(), seconds.tolist(), strict=True):
            harms.append(Harm(landscape.nodes[pk], second, state, outcome, landscape))
    harms.sort(key=lambda one: (one.seconds, one.state, -one.node.residents, one.node.name))
    return Answer(landscape, starts, outcome, harms)


def callers(found: Answer) -> list[Caller]:
    """Return who to call: suppliers of what fails first, who provides it, then owners of it all."""
    first: dict[tuple[str, int], list[int]] = {}
    started = {pk for start in found.starts for pk in start.assets}
    for one in found.harms:
        if one.node.party_id is not None and one.pk in started:
            first.setdefault(("party", one.node.party_id), []).append(one.seconds)
        if one.node.within and one.node.body_id is not None and one.pk in started:
            first.setdefault(("body", one.node.body_id), []).append(one.seconds)
        if one.node.owner_id is not None:
            first.setdefault(("owner", one.node.owner_id), []).append(one.seconds)
    parties = dict(Party.objects.filter(pk__in=_ids(first, "party")).values_list("pk", "name"))
    rows = User.objects.filter(pk__in=_ids(first, "owner")).values_list("pk", "name", "email")
    people = {pk: (name, email) for pk, name, email in rows}
    bodies = {one.node.body_id: one.node.within for one in found.harms if one.node.within}
    made = []
    for (kind, pk), when in first.items():
        if kind == "party":
            made.append(Caller(parties[pk], "", pk, len(when), min(when)))
        elif kind == "body":
            made.append(Caller(bodies[pk], "", None, len(when), min(when), provides=True))
        else:
            made.append(Caller(*people[pk], None, len(when), min(when)))
    order = {(True, False): 0, (False, True): 1, (False, False): 2}
    return sorted(made, key=lambda one: (
        order[one.party_id is not None, one.provides], one.seconds, one.name
    ))  # fmt: skip


def _ids(first: dict[tuple[str, int], list[int]], kind: str) -> list[int]:
    return [pk for one, pk in first if one == kind]


def scenarios(organisation_id: int) -> QuerySet[Scenario]:
    """Return the scenarios that are kept, by name."""
    rows = Scenario.objects.filter(organisation_id=organisation_id, retired_at=None)
    return (
        rows.select_related("added_by")
        .prefetch_related("starts__asset", "starts__party", "starts__body")
        .order_by("name")
    )
