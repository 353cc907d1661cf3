# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident on paper: for who reads it without a screen, and for the file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.documents.blocks import Block, Document, Facts, Heading, Notice, Paragraph, Table
from dijkring.incidents import dossier_sheets
from dijkring.incidents import words as said
from dijkring.incidents.models import Incident
from dijkring.incidents.panels.incidents import known_rows, learnt_rows, moments
from dijkring.incidents.selectors import clocks, reports
from dijkring.ui import words
from dijkring.workplace.files import hand_out


def hand_out_sheet(found: Incident, kind: str, organisation: str) -> HttpResponse:
    """Return an incident as PDF, ODT or HTML; Http404 for another kind."""
    return hand_out(sheet(found, organisation), kind, found.organisation_id)


def sheet(found: Incident, organisation: str) -> Document:
    """Return an incident as a document, as it stands now."""
    return Document(
        title=_("Incident %(incident)s") % {"incident": found},
        subtitle=_("as it stood on %(at)s") % {"at": words.moment_words(clock.now())},
        language=words.language(),
        author_organisation=organisation,
        date=clock.today(),
        marking=_("EXERCISE") if found.exercise else found.get_tlp_display(),
        blocks=tuple(_blocks(found)),
    )


def _blocks(found: Incident) -> Iterator[Block]:
    if found.exercise:
        yield Notice("warning", _("Exercise: this is not real."))
    running = clocks.of_incident(found, clocks.known(found.organisation_id))
    yield Heading(1, _("Every clock"))
    if running:
        yield _clock_table(running)
    else:
        yield Paragraph(_("It is not recorded since when you are aware; no clock runs."))
    yield Heading(1, _("What is known"))
    yield _facts(known_rows(found))
    if found.closed_at or found.cause:
        yield Heading(1, _("What was learnt"))
        yield _facts(learnt_rows(found))
    yield Heading(1, _("What happened when"))
    yield _timeline(found)
    yield from dossier_sheets.blocks(found)


def _clock_table(running: list[clocks.Clock]) -> Table:
    return Table(
        _("By when what must be reported"),
        (_("Report"), _("At the latest"), _("State"), _("Article"), _("To whom")),
        tuple(
            (
                said.title(one),
                words.moment_words(one.due),
                str(said.clock_look(one).word),
                said.article(one),
                said.to_whom(one),
            )
            for one in running
        ),
    )


def _facts(rows: list[tuple[Any, Any]]) -> Facts:
    return Facts(tuple((str(label), _plain(value)) for label, value in rows))


def _plain(value: Any) -> str:
    shown = words.moment_words(value) if hasattr(value, "tzinfo") else words.shown(value)
    return str(shown)


def _timeline(found: Incident) -> Table:
    rows = reversed(moments(found, reports.of_incident(found)))
    return Table(
        _("What happened, by the time it happened"),
        (_("When"), _("What"), _("Who"), _("Beside it")),
        tuple(
            (words.moment_words(one.when), str(one.what), words.person_words(one.who), str(one.why))  # type: ignore[arg-type]  # a timeline of incidents has moments
            for one in rows
        ),
    )
