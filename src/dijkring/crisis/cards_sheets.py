# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cards on paper: one page each, or all of them as a binder with a page in front."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.crisis import partners_words as words
from dijkring.crisis.cards import question
from dijkring.crisis.panels.cards import Drawn, drawn
from dijkring.crisis.selectors.cards import Filled
from dijkring.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
)
from dijkring.ui import words as ui_words


def card_sheet(card: Filled, organisation: str) -> Document:
    """Return one card as a document of one page."""
    made = drawn(card)
    return _document(_named(made), organisation, tuple(_page(made, 1)))


def binder(cards: Sequence[Filled], organisation: str) -> Document:
    """Return all cards together, each on a page of its own, behind a page with whose they are."""
    made = [drawn(one) for one in cards]
    front = Facts(tuple((card.title, _who(card)) for card in made))
    blocks: list[Block] = [Heading(1, _("Whose card is it")), front]
    for card in made:
        blocks += [PageBreak(), Heading(1, _named(card)), *_page(card, 2)]
    return _document(_("Role cards for a crisis"), organisation, tuple(blocks))


def _document(title: str, organisation: str, blocks: tuple[Block, ...]) -> Document:
    today = clock.today()
    return Document(
        title=title,
        # The day stands under the title already; a card has no line to spare.
        subtitle="",
        language=ui_words.language(),
        author_organisation=organisation,
        date=today,
        marking=_("Keep with you: holds numbers of people"),
        blocks=blocks,
        compact=True,
    )


def _named(card: Drawn) -> str:
    return _("%(function)s, card %(version)s") % {"function": card.title, "version": card.version}


def _who(card: Drawn) -> str:
    return "; ".join(card.who) or _("nobody is named")


def _page(card: Drawn, level: int) -> Iterator[Block]:
    asked, why = (words.said(one) for one in question())
    clocks = [(_("Clocks"), "; ".join(card.clocks))] if card.clocks else []
    yield Facts(((_("Who"), _who(card)), *clocks))
    yield Notice("warning", f"{asked} {why}")
    yield Heading(level, _("The first hour"))
    yield Bullets(tuple(card.hour))
    yield Heading(level, _("What you decide"))
    yield Bullets(tuple(card.decide))
    yield Paragraph(_("Leave this: %(lines)s") % {"lines": " ".join(card.avoid)})
    yield Heading(level, _("Whom you call"))
    yield Facts(tuple(card.call))
    yield Heading(level, _("What may be done, by whom"))
    if card.given:
        yield Facts(tuple(card.given))
    yield Bullets(tuple(f"{holder}: {' '.join(lines)}" for holder, lines in card.may))
    if card.not_law:
        yield Paragraph(_("No law, so not possible: %(lines)s") % {"lines": " ".join(card.not_law)})
