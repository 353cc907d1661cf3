# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: the powers of the law beside what was given, with who holds them here."""

from collections.abc import Sequence
from dataclasses import dataclass

from dijkring.core import clock
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.powers import Measure, Power, lawful, measures, not_law
from dijkring.crisis.selectors.partners import given, in_use, running


@dataclass(frozen=True, slots=True)
class Held:
    """A power of the law with who holds it here; nobody is a gap in the register."""

    power: Power
    holders: Sequence[Partner]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who may do a measure by law, who was given it, and what is no law."""

    measure: Measure
    lawful: Sequence[Held]
    given: Sequence[GivenPower]
    not_law: Sequence[Power]

    @property
    def nobody(self) -> bool:
        """Whether no law and nobody gives this power to anybody."""
        return not self.lawful and not self.given


def who_may(organisation_id: int, *wanted: str) -> list[Answer]:
    """Return who may do the wanted measures, or all of them; two queries."""
    holders = by_function(organisation_id)
    rows = list(given(organisation_id).filter(running(clock.today())))
    return [
        Answer(
            one,
            [Held(power, holders.get(power.holder, [])) for power in lawful(one.id)],
            [row for row in rows if row.measure == one.id],
            not_law(one.id),
        )
        for one in measures().values()
        if not wanted or one.id in wanted
    ]


def by_function(organisation_id: int) -> dict[str, list[Partner]]:
    """Return the partners of each function."""
    found: dict[str, list[Partner]] = {}
    for one in in_use(organisation_id):
        found.setdefault(one.function, []).append(one)
    return found
