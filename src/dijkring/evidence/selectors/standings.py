# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where an organisation stands, right even when no worker runs.

A stored standing that is due by the clock is evaluated on reading, so that a page never shows a
verdict that has lapsed.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from dijkring.core import clock
from dijkring.evidence.models import Deviation, Standing, StandingChange
from dijkring.evidence.services.keeping import Step, layers_of
from dijkring.evidence.services.lapses import Due, walk
from dijkring.evidence.services.voices import WHOLE, Kept, Place

VERDICT_ORDER = (
    "not_met",
    "partly",
    "show_again",
    "not_measured",
    "not_assessed",
    "met",
    "not_applicable",
)


@dataclass(frozen=True, slots=True)
class LeafStanding:
    """What a page shows of one leaf; `since` is None when nobody ever said anything."""

    requirement: int
    verdict: str
    layers: tuple[dict[str, Any], ...]
    since: datetime | None
    lapses_at: datetime | None
    becomes: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts per verdict over leaves that carry something; a share never stands without them."""

    counts: dict[str, int]
    total: int
    most_urgent: tuple[int, ...]

    @property
    def shown(self) -> int:
        """Leaves that are met."""
        return self.counts.get("met", 0)

    @property
    def applicable(self) -> int:
        """Leaves less those that do not apply; unknown stays in."""
        return self.total - self.counts.get("not_applicable", 0)


def of_leaves(organisation_id: int, ids: Collection[int] | None = None) -> dict[int, LeafStanding]:
    """Return the standings of some leaves (None: all that have one) as they hold now."""
    wanted = Q(scope=None) if ids is None else Q(scope=None, requirement_id__in=ids)
    found = _as_now(organisation_id, wanted)
    asked = None if ids is None else set(ids)
    return {
        place.requirement: leaf
        for place, leaf in found.items()
        if place.scope == WHOLE and (asked is None or place.requirement in asked)
    }


def of_scopes(organisation_id: int, id: int) -> dict[int, LeafStanding]:
    """Return the standings of one leaf per scope that is judged apart, as they hold now."""
    found = _as_now(organisation_id, Q(requirement_id=id, scope__isnull=False))
    return {
        place.scope: leaf
        for place, leaf in found.items()
        if place.scope != WHOLE and place.requirement == id
    }


def of_scope(organisation_id: int, scope_id: int) -> dict[int, LeafStanding]:
    """Return the standings of one scope per leaf, as they hold now."""
    found = _as_now(organisation_id, Q(scope_id=scope_id))
    return {place.requirement: leaf for place, leaf in found.items() if place.scope == scope_id}


def _as_now(organisation_id: int, wanted: Q) -> dict[Place, LeafStanding]:
    # What is due anywhere may have moved what it carries.
    now = clock.now()
    rows = Standing.every.filter(organisation_id=organisation_id)
    found = rows.filter(wanted | Q(lapses_at__lte=now)).values_list(*_LEAF)
    leaves = {
        Place(organisation_id, requirement, scope or WHOLE): LeafStanding(
            requirement, verdict, tuple(layers), *rest
        )
        for scope, requirement, verdict, layers, *rest in found
    }
    due = {
        place: leaf.lapses_at
        for place, leaf in leaves.items()
        if leaf.lapses_at is not None and leaf.lapses_at <= now
    }
    return leaves | (_as_they_lapsed(due, now) if due else {})


_LEAF = ("scope", "requirement", "verdict", "layers", "since", "lapses_at", "becomes")


def _as_they_lapsed(due: Due, now: datetime) -> dict[Place, LeafStanding]:
    before, steps = walk(due, now, store=False)
    return {
        place: _lapsed(place.requirement, before.get(place), walked)
        for place, walked in steps.items()
    }


def _lapsed(id: int, row: Kept | None, steps: list[Step]) -> LeafStanding:
    verdict, since = (row.verdict, row.since) if row else ("", steps[0][0])
    for at, found in steps:
        if found.verdict != verdict:
            verdict, since = found.verdict.value, at
    last = steps[-1][1]
    becomes = last.becomes.value if last.becomes else ""
    layers = tuple(layers_of(last))
    return LeafStanding(id, verdict, layers, since, last.lapses_at, becomes)


def of_leaf(organisation_id: int, id: int) -> LeafStanding:
    """Return the standing of one leaf; not assessed when nothing speaks about it."""
    return of_leaves(organisation_id, [id]).get(id) or LeafStanding(
        id, "not_assessed", (), None, None, ""
    )


def profile(leaves: Collection[int], found: dict[int, LeafStanding]) -> Profile:
    """Return the profile of what carries a law article, chapter or framework; never a verdict."""
    verdicts = {id: found[id].verdict if id in found else "not_assessed" for id in leaves}
    urgent = sorted(
        (id for id, verdict in verdicts.items() if verdict in VERDICT_ORDER[:3]),
        key=lambda id: VERDICT_ORDER.index(verdicts[id]),
    )
    return Profile(dict(Counter(verdicts.values())), len(verdicts), tuple(urgent[:5]))


def at_moment(organisation_id: int, at: datetime, ids: Collection[int]) -> dict[int, str]:
    """Return the verdict of leaves at a moment in the past, from the history; absent: not assessed.

    The passing of time up to now is taken along by `lapse`, which dates changes at the lapse.
    """
    changes = StandingChange.objects.filter(
        organisation_id=organisation_id, requirement_id__in=ids, at__lte=at
    )
    rows = changes.order_by("requirement_id", "at", "id").values_list("requirement_id", "verdict")
    return dict(rows)


def history(organisation_id: int, id: int) -> list[StandingChange]:
    """Return how the standing of one leaf changed, the newest first."""
    rows = StandingChange.objects.filter(organisation_id=organisation_id, requirement_id=id)
    return list(rows.order_by("-at", "-id"))


def deviations(organisation_id: int) -> list[Deviation]:
    """Return the accepted deviations that run now."""
    rows = Deviation.objects.filter(
        organisation_id=organisation_id, ended_at=None, ends_at__gt=clock.now()
    ).select_related("requirement", "accepted_by")
    return list(rows.order_by("ends_at"))
