# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compares a registration as submitted with how it is now; plain values in, differences out.

What changed after the submission counts from the day of the change. What was left out or wrong
already counts from the day of the submission. What is registered there and was never known here
starts no term: it is to be looked into, for perhaps our own register lacks it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dijkring.core.addresses import Network
from dijkring.surface.terms import change_due

Above = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that is ours from a day on, and perhaps until a day."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was registered, and on which day."""

    on: date
    domains: Sequence[str]
    ranges: Sequence[Network]
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Current:
    """How it is now: names and networks with their spells, details with the day they changed."""

    domains: Mapping[str, Spell]
    ranges: Mapping[Network, Spell]
    details: Mapping[str, tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to change: `what` is domain, range or a detail; `act` add, remove, change, look.

    `due` is the last day to report it; without one there is no legal term.
    """

    what: str
    act: str
    before: str
    after: str
    since: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about, whatever was registered instead."""
        return self.what, self.act, self.after or self.before

    @property
    def due(self) -> date | None:
        """The last day on which it must be reported (Cbw art. 44)."""
        return change_due(self.since) if self.since else None


def compare_all(given: Sequence[Submitted], current: Current, above: Above) -> list[Difference]:
    """Return how the last of all submissions (the newest first) differs; nothing without one.

    What an earlier one lacked already, and every one since, counts from then: to submit something
    else meanwhile does not put it off.
    """
    if not given:
        return []
    found = compare(given[0], current, above)
    lacking = {one.key for one in found}
    for earlier in given[1:]:
        was = {one.key: one.since for one in compare(earlier, current, above)}
        lacking &= was.keys()
        found = [replace(one, since=was[one.key]) if one.key in lacking else one for one in found]
    return sorted(found, key=_urgency)


def _urgency(one: Difference) -> tuple[date, str, str, str]:
    return one.since or date.max, one.what, one.after, one.before


def compare(submitted: Submitted, current: Current, above: Above) -> list[Difference]:
    """Return every difference, the most urgent first; `above` gives the names above a name.

    A registered name or network covers what lies below it or inside it.
    """
    found = [
        *_domains(submitted, current, above),
        *_ranges(submitted, current),
        *_details(submitted, current),
    ]
    return sorted(found, key=_urgency)


def _domains(submitted: Submitted, current: Current, above: Above) -> Iterator[Difference]:
    listed = set(submitted.domains)
    here = {name for name, spell in current.domains.items() if spell.until is None}
    for name in sorted(here):
        # What lies below another name of ours goes along with that one.
        if listed.isdisjoint({name, *above(name)}) and here.isdisjoint(above(name)):
            since = max(current.domains[name].since, submitted.on)
            yield Difference("domain", "add", "", name, since)
    held = {one for name in here for one in (name, *above(name))}
    for name in sorted(listed - held):
        below = [
            spell.until
            for known, spell in current.domains.items()
            if spell.until and name in {known, *above(known)}
        ]
        yield _gone("domain", name, below, submitted.on)


def _ranges(submitted: Submitted, current: Current) -> Iterator[Difference]:
    here = [network for network, spell in current.ranges.items() if spell.until is None]
    for network in sorted(here, key=str):
        if not any(_inside(network, one) for one in submitted.ranges):
            since = max(current.ranges[network].since, submitted.on)
            yield Difference("range", "add", "", str(network), since)
    for one in sorted(set(submitted.ranges), key=str):
        if not any(_inside(network, one) for network in here):
            ended = [
                spell.until
                for network, spell in current.ranges.items()
                if spell.until and _inside(network, one)
            ]
            yield _gone("range", str(one), ended, submitted.on)


def _inside(network: Network, wider: Network) -> bool:
    return network.version == wider.version and network.subnet_of(wider)  # type: ignore[arg-type]


def _gone(what: str, name: str, ended: Sequence[date], submitted_on: date) -> Difference:
    if not ended:
        return Difference(what, "look", name, "")
    return Difference(what, "remove", name, "", max(*ended, submitted_on))


def _details(submitted: Submitted, current: Current) -> Iterator[Difference]:
    for field, (value, changed_on) in current.details.items():
        before = submitted.details.get(field, "")
        if _plain(before) != _plain(value):
            yield Difference(field, "change", before, value, max(changed_on, submitted.on))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
