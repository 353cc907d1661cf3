# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much hangs on a supplier, from what falls when it falls; plain Python.

- *critical*: within 24 hours a statutory task stops, or something stops that may be missed for at
  most a day, or 10,000 residents are touched;
- *important*: within 72 hours a statutory task or a service to residents stops, or 1,000 residents
  are touched, or the highest level of availability, integrity or confidentiality is reached;
- *ordinary*: something of it stands in the landscape, and none of that holds;
- not known (None): nothing of it stands in the landscape. Silence never counts as ordinary.

These limits are a choice of ours: no norm gives them. A CISO can decide otherwise, with a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Tier = Literal["critical", "important", "ordinary"]
DAY, THREE_DAYS = 24.0, 72.0
MANY, SOME = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Fallen:
    """Something that stops when a supplier does: what, after how many hours, and what it is for.

    `misses` is for how many hours it may be missed at most; None is not known.
    """

    name: str
    after_hours: float
    statutory: bool = False
    service: bool = False
    residents: int | None = None
    misses: float | None = None
    highest: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why a level was reached: a key for the words, of what, after how many hours."""

    key: str
    name: str
    after_hours: float
    residents: int | None = None


def tier(fallen: Iterable[Fallen] | None) -> tuple[Tier | None, tuple[Why, ...]]:
    """Return the level and why; None when nothing of the supplier stands in the landscape."""
    if fallen is None:
        return None, ()
    rows = sorted(fallen, key=lambda one: (one.after_hours, one.name))
    if critical := [why for one in rows for why in _critical(one)]:
        return "critical", tuple(critical)
    if important := [why for one in rows for why in _important(one)]:
        return "important", tuple(important)
    return "ordinary", ()


def _critical(one: Fallen) -> Iterable[Why]:
    if one.after_hours > DAY:
        return
    if one.statutory:
        yield _why("statutory", one)
    if one.misses is not None and one.misses <= DAY:
        yield _why("misses", one)
    if (one.residents or 0) >= MANY:
        yield _why("residents", one)


def _important(one: Fallen) -> Iterable[Why]:
    if one.highest:
        yield _why("highest", one)
    if one.after_hours > THREE_DAYS:
        return
    if one.statutory:
        yield _why("statutory", one)
    if one.service:
        yield _why("service", one)
    if (one.residents or 0) >= SOME:
        yield _why("residents", one)


def _why(key: str, one: Fallen) -> Why:
    return Why(key, one.name, one.after_hours, one.residents)
