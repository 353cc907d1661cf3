# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis and its situation reports on paper and as plain text."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dijkring.core import clock
from dijkring.crisis import look
from dijkring.crisis.forms.telling import LABELS
from dijkring.crisis.models import Crisis, Decision, Sitrep
from dijkring.crisis.plain import to_text
from dijkring.crisis.selectors import crises
from dijkring.crisis.selectors.picture import Stand, stand
from dijkring.crisis.selectors.sitreps import shown
from dijkring.crisis.selectors.whatif import at_stake, course, failing
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
from dijkring.incidents import words as clock_words
from dijkring.ui import words
from dijkring.workplace import files


def hand_out(document: Document, kind: str, organisation_id: int) -> HttpResponse:
    """Return a document as PDF, ODT, HTML or plain text; Http404 for another kind."""
    if kind != "txt":
        return files.hand_out(document, kind, organisation_id)
    response = HttpResponse(to_text(document), content_type="text/plain; charset=utf-8")
    name = f"{slugify(document.title)}-{document.date.isoformat()}.txt"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def of_sitrep(sitrep: Sitrep, crisis: Crisis, organisation: str) -> Document:
    """Return a situation report as a document."""
    state = str(look.sitrep_look(sitrep).word)
    subtitle = f"{crisis} · {words.moment_words(sitrep.at)} · {state}"
    title = _("Situation report %(number)s") % {"number": sitrep.number}
    return _document(crisis, organisation, title, subtitle, _report_blocks(sitrep, crisis))


def whole(crisis: Crisis, organisation: str) -> Document:
    """Return the picture, the decisions and the whole log as a document, as it stands now."""
    subtitle = _("as it stood on %(at)s") % {"at": words.moment_words(clock.now())}
    title = _("Crisis %(crisis)s") % {"crisis": crisis}
    return _document(crisis, organisation, title, subtitle, _blocks(crisis))


def _document(
    crisis: Crisis, organisation: str, title: str, subtitle: str, blocks: Iterator[Block]
) -> Document:
    warning = [Notice("warning", _("Exercise: this is not real."))] if crisis.exercise else []
    return Document(
        title=look.titled(crisis, title),
        subtitle=subtitle,
        language=words.language(),
        author_organisation=organisation,
        date=clock.today(),
        marking=_("EXERCISE") if crisis.exercise else _("Confidential"),
        blocks=(*warning, *blocks),
    )


def _report_blocks(sitrep: Sitrep, crisis: Crisis) -> Iterator[Block]:
    level = " · ".join(filter(None, [crisis.level, crisis.grip])) or words.NOTHING
    by = words.person_words(sitrep.approved_by) if sitrep.approved else _("nobody yet")
    yield Facts(((pgettext("crisis", "Level"), level), (_("Approved by"), by)))
    for label, text in shown(sitrep, LABELS):
        yield Heading(1, label)
        yield Paragraph(text)


def _blocks(crisis: Crisis) -> Iterator[Block]:
    now = stand(crisis)
    yield Facts(tuple(_state(now)))
    if crisis.summary:
        yield Paragraph(crisis.summary)
    answer = failing(crisis)
    if answer is not None:
        yield Heading(1, _("What fails when"))
        yield Bullets((*at_stake(answer), *course(answer)))
    yield from _clocks(now)
    yield from _decisions(list(crises.decisions(crisis)))
    yield Heading(1, _("People"))
    yield Table(
        _("Who is needed, and whether they were reached"),
        (_("Function"), _("Name"), _("Telephone"), _("State")),
        tuple(
            (one.function, one.name, one.phone, str(look.person_look(one).word))
            for one in crises.people(crisis)
        ),
    )
    yield Heading(1, _("Log"))
    yield Table(
        _("The log, in the order in which it was written"),
        (_("When"), _("What happened"), _("Written by")),
        tuple(
            (words.moment_words(one.at), one.text, one.recorded_by)
            for one in crises.lines(crisis).order_by("serial")
        ),
    )


def _state(now: Stand) -> Iterator[tuple[str, str]]:
    yield pgettext("crisis", "Level"), now.crisis.level or words.NOTHING
    yield _("GRIP"), now.crisis.grip or _("no GRIP level")
    yield _("Opened"), words.moment_words(now.crisis.opened_at)
    if now.crisis.ended_at:
        yield _("Ended"), f"{words.moment_words(now.crisis.ended_at)}. {now.crisis.end_reason}"
    hack = now.hack.get_answer_display() if now.hack else _("not asked yet")
    yield _("Could this be a hack?"), str(hack)


def _clocks(now: Stand) -> Iterator[Block]:
    if not now.clocks:
        return
    yield Heading(1, _("Clocks of the law"))
    yield Table(
        _("What must be reported, and by when"),
        (_("Report"), _("At the latest")),
        tuple((clock_words.title(one), clock_words.by_when(one)) for one in now.clocks),
    )


def _decisions(rows: list[Decision]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(1, _("Decisions"))
    for one in rows:
        yield Heading(2, str(one))
        yield Facts(tuple(_decision(one)))


def _decision(one: Decision) -> Iterator[tuple[str, str]]:
    yield _("State"), str(look.decision_look(one).word)
    yield _("Put to"), one.asked
    if one.dilemma:
        yield _("Dilemma"), one.dilemma
    for option in one.options:
        yield _("Option"), f"{option['text']} (+ {option['good']} – {option['bad']})"
    for ruling in one.rulings.all():
        said = f"{words.moment_words(ruling.at)}, {ruling.by}: {ruling.text}. {ruling.reason}"
        yield str(ruling.get_kind_display()), said
