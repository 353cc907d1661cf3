# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card in words, for the page and for paper alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dijkring.crisis import partners_words as words
from dijkring.crisis.powers import Power, Status
from dijkring.crisis.selectors.cards import Called, Filled

Lines = list[str]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card in the language of the reader, with the organisation's own people."""

    title: str
    version: str
    who: Lines
    hour: Lines
    decide: Lines
    avoid: Lines
    given: Pairs
    may: list[tuple[str, Lines]]
    not_law: Lines
    call: Pairs
    clocks: Lines


def drawn(found: Filled) -> Drawn:
    """Put a card in words."""
    card = found.card
    return Drawn(
        title=words.said(found.function.words),
        version=card.version,
        who=[words.contact_words(one) for one in found.holders],
        hour=list(words.lines(card.hour)),
        decide=list(words.lines(card.decide)),
        avoid=list(words.lines(card.avoid)),
        given=_given(found),
        may=_may(found),
        not_law=[_not_law(one) for one in found.powers if one.status is not Status.LAW],
        call=[_called(one) for one in found.call],
        clocks=[words.clock_words(one) for one in found.clocks],
    )


def _given(found: Filled) -> Pairs:
    """Return what was given to this function; each text as it was typed."""
    return [
        (label, text)
        for row in found.given
        for label, text in (
            (_("You, because it was given"), row.what),
            (_("With which limit"), row.limit),
            (_("On the ground of"), words.ground(row)),
        )
        if text
    ]


def _may(found: Filled) -> list[tuple[str, Lines]]:
    """Return per holder what the law lets them do."""
    by_holder: dict[str, Lines] = {}
    for one in found.powers:
        if one.status is Status.LAW:
            by_holder.setdefault(words.holder_words(one), []).append(_power(one))
    return list(by_holder.items())


def _power(power: Power) -> str:
    return f"{words.said(power.what).rstrip('.')} ({words.short_article(power)})."


def _not_law(power: Power) -> str:
    return f"{words.said(power.what)} {words.said(power.limit)}"


def _called(one: Called) -> tuple[str, str]:
    reached = "; ".join(words.number_words(partner) for partner in one.partners)
    return words.said(one.function.words), reached or _("not filled in")
