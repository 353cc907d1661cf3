# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is due: rooms register what of theirs has a date, the calendar and today's page show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise

from dijkring.core import clock


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
        return _kinds[self.kind][0]


Find = Callable[[int, datetime], list[DueItem]]
Can = Callable[[str], bool]
_kinds: dict[str, tuple[Promise | str, Find, str]] = {}


def register(kind: str, label: Promise | str, find: Find, right: str = "") -> None:
    """Let a room tell what is due: `find(organisation_id, until)` gives its open items.

    It gives what is late too, and uses a fixed number of queries. Only who holds the right is
    told. Called in `apps.py`.
    """
    if kind in _kinds and _kinds[kind][1] is not find:
        raise ValueError(f"due kind {kind} is registered twice")
    _kinds[kind] = (label, find, right)


def kinds() -> list[tuple[str, Promise | str]]:
    """Return the registered kinds with their words, in the order of registration."""
    return [(kind, label) for kind, (label, _find, _right) in _kinds.items()]


def items(organisation_id: int, until: datetime, can: Can) -> list[DueItem]:
    """Return what is open and due before a moment, late things included, by date.

    Only of the kinds that somebody who `can` may be told about.
    """
    finds = [find for _label, find, right in _kinds.values() if not right or can(right)]
    found = [item for find in finds for item in find(organisation_id, until)]
    return sorted((item for item in found if item.moment < until), key=lambda item: item.moment)
