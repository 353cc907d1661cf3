# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of who shares them with us, in a group of at least five; never of one."""

from dataclasses import dataclass

from dijkring.core import clock
from dijkring.core.rows import fetch


@dataclass(frozen=True, slots=True)
class Line:
    """One month (2026-03) or kind; counts in steps of five, shares in percent or None."""

    name: str
    incidents: int
    in_time: int | None
    avoidable: int | None


@dataclass(frozen=True, slots=True)
class Together:
    """The last twelve months of a group; `organisations` is None where there are too few."""

    organisations: int | None
    months: list[Line]
    kinds: list[Line]


def together() -> Together:
    """Return the figures that others let us see as a group."""
    moment = clock.now()
    [(size,)] = fetch("SELECT door_incident_givers(%s)", [moment])
    rows = fetch("SELECT * FROM door_incident_figures(%s)", [moment])
    found: dict[str, list[Line]] = {"month": [], "kind": []}
    for part, name, incidents, in_time, avoidable in rows:
        found[part].append(Line(name, incidents, in_time, avoidable))
    kinds = sorted(found["kind"], key=lambda one: -one.incidents)
    return Together(size, found["month"], kinds)
