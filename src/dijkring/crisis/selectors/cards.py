# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card with the people, powers and clocks of one organisation put in."""

from collections.abc import Sequence
from dataclasses import dataclass

from dijkring.core import clock
from dijkring.crisis.cards import Card, cards
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.partners import Function, functions
from dijkring.crisis.powers import Power, powers
from dijkring.crisis.selectors.partners import given, running
from dijkring.crisis.selectors.powers import by_function
from dijkring.incidents.obligations import Obligation, ours


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a card says to call, with who that is here."""

    function: Function
    partners: Sequence[Partner]


@dataclass(frozen=True, slots=True)
class Filled:
    """A card as one organisation prints it."""

    card: Card
    function: Function
    holders: Sequence[Partner]
    powers: Sequence[Power]
    given: Sequence[GivenPower]
    call: Sequence[Called]
    clocks: Sequence[Obligation]


def filled(organisation_id: int, *wanted: str) -> list[Filled]:
    """Return the wanted cards, or all; two queries."""
    people = by_function(organisation_id)
    rows = list(given(organisation_id).filter(running(clock.today())))
    return [
        _filled(card, people, rows)
        for card in cards().values()
        if not wanted or card.function in wanted
    ]


def _filled(card: Card, people: dict[str, list[Partner]], rows: list[GivenPower]) -> Filled:
    known = functions()
    today = clock.today()
    return Filled(
        card,
        known[card.function],
        people.get(card.function, []),
        [powers()[id] for id in card.powers],
        [row for row in rows if row.holder.function == card.function],
        [Called(known[id], people.get(id, [])) for id in card.call],
        [one for one in ours() if one.id in card.clocks and one.holds_on(today)],
    )
