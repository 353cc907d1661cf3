# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking who is exposed: written down for every giver before anything is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkring.accountability.selectors import exposure as select
from dijkring.accountability.selectors.exposure import Counts
from dijkring.core.access import Actor
from dijkring.evidence import kinds
from dijkring.sharing import selectors as sharing
from dijkring.sharing.models import Detail, Look, Record
from dijkring.sharing.selectors import Shared
from dijkring.sharing.services import looks

NOTHING = Counts(0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Exposed:
    """One who shares its exposure, and how it stands with what was asked."""

    slug: str
    name: str
    sort_name: str
    province: str
    detail: str
    exposed: int
    unknown: int
    safe: int
    subjects: tuple[str, ...]
    confirmed: datetime | None

    @property
    def state(self) -> str:
        """Exposed, not exposed, or not measured; what nobody measured is not safe."""
        if self.exposed:
            return "fail"
        return "pass" if self.safe and not self.unknown else "not_measured"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everybody who shares its exposure; `left_out` share too little to be searched by words."""

    rows: list[Exposed]
    left_out: int = 0

    @property
    def states(self) -> Counter[str]:
        """How many organisations stand how."""
        return Counter(row.state for row in self.rows)

    @property
    def exposed(self) -> int:
        """How many subjects are exposed, of all together."""
        return sum(row.exposed for row in self.rows)


def picture(*, actor: Actor, kind: str, words: str = "") -> Picture:
    """Return who is exposed to a kind of finding; without a kind nothing is looked at.

    Who shares counts is asked for counts, who shares facts is asked for what is exposed, and each
    sees which of the two. Words search what was seen, of who shares facts only.
    """
    given = [
        one for one in sharing.received(actor.organisation_id) if looks.may(one, Look.What.EXPOSURE)
    ]
    if not kind:
        return Picture([])
    about = f"{kinds.get(kind).label['nl']}: {words}".removesuffix(": ")
    open_ = [one for one in given if looks.may(one, Look.What.EXPOSED)]
    counted = [] if words else [one for one in given if one not in open_]
    found: list[Exposed] = []
    for what, group in ((Look.What.EXPOSED, open_), (Look.What.EXPOSURE, counted)):
        with looks.overlooking(actor=actor, all_shared=group, what=what, about=about):
            found += _read(group, kind, words)
    found.sort(key=lambda row: (-row.exposed, row.sort_name))
    return Picture(found, len(given) - len(found))


def _read(group: Sequence[Shared], kind: str, words: str) -> list[Exposed]:
    givers = [one.giver.pk for one in group]
    counts = select.counts(givers, kind, words)
    subjects = select.subjects(givers, kind, words)
    return [
        _row(one, counts.get(one.giver.pk, NOTHING), subjects.get(one.giver.pk, ()))
        for one in group
    ]


def _row(shared: Shared, counts: Counts, subjects: tuple[str, ...]) -> Exposed:
    giver = shared.giver
    return Exposed(
        giver.slug,
        giver.name,
        giver.sort_name,
        giver.province,
        str(Detail(shared.details[Record.EXPOSURE]).label),
        counts.exposed,
        counts.unknown,
        counts.safe,
        subjects,
        counts.confirmed,
    )
