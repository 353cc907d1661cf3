# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A Cbw test, and what the council sees of a co-operation, as blocks of a document."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.cooperation.cbw import CANNOT_BE_SAID
from dijkring.cooperation.models import CbwTest
from dijkring.cooperation.selectors.cbw_tests import answer_words, outcome_words
from dijkring.cooperation.selectors.councils import CouncilView
from dijkring.core import clock
from dijkring.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
)
from dijkring.ui import words
from dijkring.ui.words import NOTHING


def _day(moment: Any) -> str:
    return words.date_words(moment) if moment else NOTHING


def _document(title: str, organisation: str, day: date, blocks: list[Block]) -> Document:
    return Document(
        title=title,
        subtitle=organisation,
        language=words.language(),
        author_organisation=organisation,
        date=day,
        marking="",
        blocks=tuple(blocks),
    )


# --- the Cbw test -------------------------------------------------------------------------------


def test_document(test: CbwTest, organisation: str) -> Document:
    """Return a finished test as a document, with the texts of then."""
    done = clock.day_of(test.finished_at or test.started_at)
    title = _("Cbw test: %(cooperation)s") % {"cooperation": test.cooperation}
    return _document(title, organisation, done, list(test_blocks(test)))


def test_blocks(test: CbwTest) -> Iterator[Block]:
    """Give what came out, the answers with their reasons and articles, and what was not known."""
    found = test.result
    yield Heading(1, in_language(found["label"]))
    yield Paragraph(in_language(found["meaning"]))
    yield Facts(tuple(_test_facts(test)))
    yield Notice("info", in_language(found["caution"]))
    if test.outcome == CANNOT_BE_SAID:
        yield from _listed(_("What is missing"), found["missing"])
        yield from _listed(_("What can still come out"), found["possible"])
    yield Heading(2, _("Answers"))
    yield Table(
        _("Questions with answers, reasons and articles"),
        (_("Question"), _("Answer"), _("Reason"), _("Article")),
        tuple(_answer_row(row) for row in found["findings"]),
    )
    yield Paragraph(_("* On this the outcome rests."))
    yield from _flags(found["flags"])
    yield from _listed(_("What to do now"), found["next"])


def _test_facts(test: CbwTest) -> Iterator[tuple[str, str]]:
    yield _("Done on"), _day(test.finished_at)
    yield _("Done by"), words.person_words(test.done_by)
    yield _("Version of the questions"), f"{test.version} ({_dated(test)})"
    yield _("Article"), article_words(test.result)
    yield _("Source"), in_language(test.result["source"])


def _dated(test: CbwTest) -> str:
    return words.date_words(date.fromisoformat(test.result["dated"]))


def article_words(row: dict[str, Any]) -> str:
    """Return the article of a part, and whether it is a rule or our reading of one."""
    return row["article"] if row["official"] else f"{row['article']} ({_('our reading')})"


def _answer_row(row: dict[str, Any]) -> tuple[str, str, str, str]:
    mark = " *" if row["decisive"] else ""
    return (
        in_language(row["question"]) + mark,
        answer_words(row["answer"]),
        row["reason"] or NOTHING,
        article_words(row),
    )


def _listed(title: str, texts: list[dict[str, str]]) -> Iterator[Block]:
    if texts:
        yield Heading(2, title)
        yield Bullets(tuple(in_language(text) for text in texts))


def _flags(flags: list[dict[str, Any]]) -> Iterator[Block]:
    for flag in flags:
        open_ = _("This was not answered. ") if flag["open"] else ""
        yield Notice("warning", f"{open_}{in_language(flag['text'])} ({article_words(flag)})")


# --- the council --------------------------------------------------------------------------------


def council_document(view: CouncilView, organisation: str) -> Document:
    """Return what the council of a participant sees as a document of today."""
    today = clock.today()
    return _document(str(view.cooperation), organisation, today, list(council_blocks(view)))


def council_blocks(view: CouncilView) -> Iterator[Block]:
    """Give what is done for a participant, how it is governed, what it tells, what is not known."""
    yield from _done_for_us(view)
    yield from _governed(view)
    yield from _law(view)
    yield from _told(view)
    yield Heading(1, _("What is not known"))
    if view.not_known:
        yield Bullets(tuple(view.not_known))
    else:
        yield Paragraph(_("Nothing that should be recorded is missing."))


def _done_for_us(view: CouncilView) -> Iterator[Block]:
    yield Heading(1, _("What is done for %(participant)s") % {"participant": view.participant})
    if view.cooperation.purpose:
        yield Paragraph(view.cooperation.said("purpose"))
    if not view.tasks:
        yield Paragraph(_("No tasks were recorded."))
        return
    yield Table(
        _("Tasks"),
        (_("Task"), _("What it comes down to"), _("Since")),
        tuple(
            (task.said("name"), task.said("description") or NOTHING, _day(task.since))
            for task in view.tasks
        ),
    )


def _governed(view: CouncilView) -> Iterator[Block]:
    found, mine = view.cooperation, view.involvement
    yield Heading(1, _("How it is governed"))
    rows = [
        (_("Legal form"), str(found.get_legal_form_display())),
        (_("Basis document"), found.said("basis") or NOTHING),
        (_("Since"), _day(found.since)),
    ]
    if found.until:
        rows.append((_("Until"), _day(found.until)))
    if mine:
        rows += _our_side(mine, view.documents)
    yield Facts(tuple(rows))
    if view.seats:
        yield Table(
            _("Who sits where"),
            (_("Place"), _("Function"), _("Organisation")),
            tuple(
                (
                    str(seat.get_organ_display()),
                    seat.said("function"),
                    str(seat.filled_by or NOTHING),
                )
                for seat in view.seats
            ),
        )


def _our_side(mine: Any, documents: list[str]) -> list[tuple[str, str]]:
    from dijkring.ui.dutch import number_words

    language = words.language()
    share = f"{number_words(mine.share, 2, language)} %" if mine.share is not None else NOTHING
    amount = mine.contribution
    euros = f"€ {number_words(amount, 0, language)}" if amount is not None else NOTHING
    return [
        (_("Who represents us"), mine.representative or NOTHING),
        (_("Our official owner"), words.person_words(mine.owner)),
        (_("Our share"), share),
        (_("Our contribution per year"), euros),
        (_("What we do ourselves"), mine.our_task or NOTHING),
        (_("How the council is informed"), mine.council or NOTHING),
        (_("Our documents"), ", ".join(documents) or NOTHING),
    ]


def _law(view: CouncilView) -> Iterator[Block]:
    yield Heading(1, _("Does the Cbw apply to it?"))
    if view.told:
        said = {"outcome": view.told.words, "day": _day(view.told.finished_at)}
        yield Paragraph(_("The co-operation says, on %(day)s: %(outcome)s.") % said)
    if view.own_test:
        own = outcome_words(view.own_test.outcome)
        said = {"outcome": own, "day": _day(view.own_test.finished_at)}
        yield Paragraph(_("Our own test, on %(day)s: %(outcome)s.") % said)
    if not (view.told or view.own_test):
        yield Paragraph(_("Nobody tested this, or the outcome was not told."))
    yield Paragraph(
        _("Whatever the outcome: each participant stays accountable for what it has done for it.")
    )


def _told(view: CouncilView) -> Iterator[Block]:
    yield Heading(1, _("What the co-operation tells about its security"))
    if not view.published:
        yield Paragraph(_("It publishes no standings to this participant."))
        return
    yield Table(
        _("Published standings per service"),
        (_("Service"), _("Requirements"), _("Standings"), _("Valid until")),
        tuple(
            (row.service, str(row.requirements), _in_words(row.verdicts), _day(row.until))
            for row in view.published
        ),
    )


def _in_words(verdicts: dict[str, int]) -> str:
    from dijkring.ui.states import state_of

    return ", ".join(f"{count} {state_of(verdict).word}" for verdict, count in verdicts.items())
