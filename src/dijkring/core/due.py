# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is due: rooms register what of theirs has a date, the calendar and today's page show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise

from dijkring.core import clock
from dijkring.core.access import Actor


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something with a date: a day, or a moment (aware) where the hour counts, and its page."""

    at: date
    title: str
    url_name: str
    args: tuple[Any, ...]
    kind: str
    owner: str = ""

    @property
    def day(self) -> date:
        """The day in the Netherlands."""
        return self.moment.date()

    @property
    def moment(self) -> datetime:
        """The moment in the Netherlands; a day is due when it ends."""
        if isinstance(self.at, datetime):
            return self.at.astimezone(clock.AMSTERDAM)
        return datetime.combine(self.at, time.max, clock.AMSTERDAM)

    @property
    def label(self) -> Promise | str:
        """What kind of thing is due, in words."""
        return _kinds[self.kind].label

    @property
    def has_keeper(self) -> bool:
        """Whether somebody acts on this kind by a right, and not only who it belongs to."""
        return bool(_kinds[self.kind].keeper)

    def is_of(self, actor: Actor) -> bool:
        """Tell whether it is for somebody to act on: by right, or because it is theirs."""
        return (self.has_keeper and actor.can(_kinds[self.kind].keeper)) or self.owner == actor.name


Find = Callable[[int, datetime], list[DueItem]]
Can = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Kind:
    label: Promise | str
    find: Find
    right: str
    keeper: str


_kinds: dict[str, _Kind] = {}


def register(
    kind: str, label: Promise | str, find: Find, right: str = "", *, keeper: str = ""
) -> None:
    """Let a room tell what is due: `find(organisation_id, until)` gives its open items.

    It gives what is late too, and uses a fixed number of queries. Only who holds the right is
    told. Who holds the right `keeper` is the one to act: today's page tells them what is late.
    Called in `apps.py`.
    """
    if kind in _kinds and _kinds[kind].find is not find:
        raise ValueError(f"due kind {kind} is registered twice")
    _kinds[kind] = _Kind(label, find, right, keeper)


def kinds() -> list[tuple[str, Promise | str]]:
    """Return the registered kinds with their words, in the order of registration."""
    return [(kind, one.label) for kind, one in _kinds.items()]


def items(organisation_id: int, until: datetime, can: Can) -> list[DueItem]:
    """Return what is open and due before a moment, late things included, by date.

    Only of the kinds that somebody who `can` may be told about.
    """
    told = [one for one in _kinds.values() if not one.right or can(one.right)]
    found = [item for one in told for item in one.find(organisation_id, until)]
    return sorted((item for item in found if item.moment < until), key=lambda item: item.moment)
