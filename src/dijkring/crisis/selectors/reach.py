# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who fills a function in a crisis, and under which number, as far as that is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dijkring.core import clock
from dijkring.crisis import prepared
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.selectors.partners import in_use
from dijkring.organisations.services import colleagues

OFFICE = range(8, 18)
WORKING_DAYS = range(5)


@dataclass(frozen=True, slots=True)
class Reach:
    """A person with a number, which may be empty."""

    name: str
    phone: str = ""
    user_id: int | None = None


def reach(organisation_id: int, functions: Iterable[str]) -> dict[str, Reach]:
    """Return of functions, by name, who fills them: as registered, else the only one of a role.

    Functions of which nobody is known are left out.
    """
    wanted = {name: _function(name) for name in functions}
    rows = list(in_use(organisation_id))
    by_name = {row.name.casefold(): row for row in rows}
    by_id = {row.function: row for row in reversed(rows) if row.function}
    alone = _alone(organisation_id, {one.role for one in wanted.values() if one and one.role})
    found = {}
    for name, one in wanted.items():
        row = by_name.get(name.casefold()) or (by_id.get(one.partner) if one else None)
        if row is not None and (row.who or number(row)):
            found[name] = Reach(row.who, number(row), row.holder_id)
        elif one is not None and one.role in alone:
            found[name] = alone[one.role]
    return found


def _function(name: str) -> prepared.Function | None:
    every = prepared.functions().values()
    words = name.casefold()
    return next((one for one in every if words in map(str.casefold, one.words.values())), None)


def _alone(organisation_id: int, roles: set[str]) -> dict[str, Reach]:
    """Return who alone holds a role; where there are more, a person must choose."""
    found: dict[str, list[Reach]] = {}
    for one in colleagues(organisation_id, roles) if roles else []:
        found.setdefault(one.role, []).append(Reach(str(one.user), "", one.user_id))
    return {role: held[0] for role, held in found.items() if len(held) == 1}


def number(row: Partner, now: datetime | None = None) -> str:
    """Return the number to call now: outside office hours that for the night, if there is one."""
    at = (now or clock.now()).astimezone(clock.AMSTERDAM)
    by_day = at.hour in OFFICE and at.weekday() in WORKING_DAYS
    first, second = row.phone_day, row.phone_night
    return (first or second) if by_day else (second or first)
