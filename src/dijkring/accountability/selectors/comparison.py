# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where one stands beside others of the same size, who are never named."""

from dataclasses import dataclass, replace

from dijkring.accountability.doors import BOUNDS
from dijkring.accountability.selectors.shared import Counted, counted
from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Framework
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.selectors import standings
from dijkring.organisations.models import Organisation
from dijkring.surface.engine.score import PARTS
from dijkring.surface.selectors import scores


@dataclass(frozen=True, slots=True)
class Compared:
    """One framework: our own counts, and median and quartiles of the group in whole percents.

    The figures of the group are None where fewer than five others can be compared with.
    """

    framework: Framework
    own: Counted | None
    size: int | None
    low: int | None
    middle: int | None
    high: int | None

    @property
    def share(self) -> tuple[int, int] | None:
        """What we have met, of what applies."""
        return (self.own.profile.shown, self.own.profile.applicable) if self.own else None


def comparison(organisation_id: int) -> list[Compared]:
    """Return every framework that we or the group have a standing on, in order of their names."""
    query = "SELECT framework_id, size, low, middle, high FROM door_comparison(%s)"
    group = {row[0]: row[1:] for row in fetch(query, [clock.now()])}
    own = _own(organisation_id)
    frameworks = Framework.objects.filter(organisation=None, pk__in=group.keys() | own.keys())
    nothing = (None, None, None, None)
    return [
        Compared(framework, own.get(framework.pk), *group.get(framework.pk, nothing))
        for framework in frameworks.order_by("key", "-pk")
    ]


def _own(organisation_id: int) -> dict[int, Counted]:
    """Return how we stand by the clock of now; what was stored lapses between two changes."""
    now = clock.now()
    known, stood = catalogue(now), standings.of_leaves(organisation_id)
    return {
        one.framework.pk: replace(
            one, profile=standings.profile(known.leaves_of(one.framework.pk), stood), at=now
        )
        for one in counted([organisation_id])[organisation_id]
    }


@dataclass(frozen=True, slots=True)
class ComparedScore:
    """Our score of websites or mail now, beside the group; None where there is none to show."""

    part: str
    own: int | None
    size: int | None
    low: int | None
    middle: int | None
    high: int | None


def compared_scores(organisation_id: int) -> list[ComparedScore]:
    """Return the scores of measuring that we or the group have, for websites and for mail."""
    now = clock.now()
    query = "SELECT part, size, low, middle, high FROM door_score_comparison(%s)"
    group = {row[0]: row[1:] for row in fetch(query, [now])}
    own = {one.part: one.percent for one in scores.at(organisation_id, now)}
    nothing = (None, None, None, None)
    return [
        ComparedScore(part, own.get(part), *group.get(part, nothing))
        for part in PARTS
        if part in group or own.get(part) is not None
    ]


def bounds(organisation_id: int) -> tuple[int, int | None] | None:
    """Return the class of residents that we are in (from, below); None where it is not known."""
    found = Organisation.objects.filter(
        pk=organisation_id, kind=Organisation.Kind.MUNICIPALITY, population__isnull=False
    ).first()
    if found is None or found.population is None:
        return None
    edges = [0, *BOUNDS]
    place = max(at for at, edge in enumerate(edges) if found.population >= edge)
    return edges[place], edges[place + 1] if place + 1 < len(edges) else None
