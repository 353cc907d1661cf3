# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at others: what an agreement gives, written down before it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from dijkring.accountability.selectors import shared as select
from dijkring.core.access import Actor
from dijkring.evidence.selectors.standings import Profile
from dijkring.organisations.models import Organisation
from dijkring.sharing import selectors as sharing
from dijkring.sharing.models import Look, Record
from dijkring.sharing.selectors import Shared
from dijkring.sharing.services import looks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sharer:
    """One who shares with us; the figures are None where no counts are shared or made."""

    slug: str
    name: str
    sort_name: str
    province: str
    records: tuple[str, ...]
    ends_at: datetime
    profile: Profile | None

    @property
    def what(self) -> str:
        """What is shared, in words."""
        return ", ".join(str(Record(one).label) for one in self.records)

    @property
    def share(self) -> tuple[int, int] | None:
        """What is met, of what applies."""
        return (self.profile.shown, self.profile.applicable) if self.profile else None

    @property
    def met_share(self) -> float:
        """The share that is met, to sort by; below zero where it is not known."""
        met, total = self.share or (0, 0)
        return met / total if total else -1.0

    @property
    def not_met(self) -> int | None:
        """Leaves that are not met."""
        return self.profile.counts.get("not_met", 0) if self.profile else None

    @property
    def unknown(self) -> int | None:
        """Leaves that nobody has assessed, measured or shown again."""
        names = ("not_assessed", "not_measured", "show_again")
        return sum(self.profile.counts.get(name, 0) for name in names) if self.profile else None


@dataclass(frozen=True, slots=True)
class Overview:
    """All who share with us, on one framework; of how many that could (`expected`)."""

    sharers: list[Sharer]
    counts: dict[str, int]
    counted: int
    expected: int
    expected_and_counted: int

    @property
    def silent(self) -> int:
        """How many of those that could do not share their standing."""
        return self.expected - self.expected_and_counted


def overview(*, actor: Actor, framework: str) -> Overview:
    """Return everybody who shares with us, with their counts on one framework (its key)."""
    given = sharing.received(actor.organisation_id)
    norms = [one for one in given if looks.may(one, Look.What.SUMMARY)]
    ids = [one.giver.pk for one in norms]
    what = Look.What.SUMMARY
    with looks.overlooking(actor=actor, all_shared=norms, what=what, about=framework):
        found = select.counted(ids, framework)
    profiles = {id: rows[-1].profile for id, rows in found.items()}
    expected = sharing.expected(Organisation.objects.get(pk=actor.organisation_id))
    return Overview(
        [_sharer(one, profiles.get(one.giver.pk)) for one in given],
        _sum(list(profiles.values())),
        len(profiles),
        len(expected),
        len(set(ids).intersection(expected)),
    )


def _sharer(shared: Shared, profile: Profile | None) -> Sharer:
    giver = shared.giver
    records = tuple(sorted(shared.details))
    ends_at = max(one.ends_at for one in shared.agreements)
    return Sharer(
        giver.slug, giver.name, giver.sort_name, giver.province, records, ends_at, profile
    )


def _sum(profiles: list[Profile]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for profile in profiles:
        for verdict, leaves in profile.counts.items():
            counts[verdict] = counts.get(verdict, 0) + leaves
    return counts


def look(
    *, actor: Actor, shared: Shared, what: str, read: Callable[[int], T], about: str = ""
) -> T:
    """Read something of one other, once the look has been written down.

    `read` gets the id of the giver and must return what it read, not a query that is still to run.
    """
    with looks.looking(actor=actor, shared=shared, what=what, about=about):
        return read(shared.giver.pk)
