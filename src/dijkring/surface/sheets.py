# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sheet for a supplier: what is wrong, where, since when, how to mend it, by when, whom to ask.

It is made anew at every request, so that what was mended in the meantime is off it.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.documents.blocks import Block, Document, Facts, Heading, Notice, Paragraph, Table
from dijkring.evidence import kinds
from dijkring.evidence.selectors.lists import reason_of
from dijkring.surface.models import MendRequest
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.tables.findings import subject_words
from dijkring.ui import words
from dijkring.workplace.files import hand_out


def hand_out_sheet(request: MendRequest, kind: str, organisation: str) -> HttpResponse:
    """Return the sheet of a request as PDF, ODT or HTML; Http404 for another kind."""
    return hand_out(sheet(request, organisation), kind, request.organisation_id)


def sheet(request: MendRequest, organisation: str) -> Document:
    """Return a request as a document, as it stands now."""
    return Document(
        title=_("Request to %(supplier)s") % {"supplier": request.supplier},
        subtitle=_("from %(organisation)s") % {"organisation": organisation},
        language=words.language(),
        author_organisation=organisation,
        date=clock.today(),
        marking="",
        blocks=tuple(_blocks(request)),
    )


def _blocks(request: MendRequest) -> Iterator[Block]:
    rows = [one for one in selectors.lines(request) if one.fact is not None]
    yield Facts(
        (
            (_("Mended by"), words.date_words(request.due_on)),
            (_("Answer to"), request.answer_to),
            (_("Asked on"), words.date_words(request.made_at)),
        )
    )
    if request.message:
        yield Paragraph(request.message)
    yield Paragraph(_("You got a link by e-mail. With it you answer without an account."))
    if not rows:
        yield Notice("info", _("All of this has been mended since."))
        return
    yield Heading(1, _("What is wrong"))
    yield _table(rows)
    yield Heading(1, _("How to mend it"))
    yield from _how(rows)


def _table(rows: list[Any]) -> Table:
    return Table(
        _("What does not meet the standard now"),
        (_("Where"), _("What"), _("What was seen"), _("Since")),
        tuple(
            (
                subject_words(one.subject),
                in_language(kinds.get(one.kind).label),
                reason_of(one.fact),
                words.date_words(one.fact.state_since),
            )
            for one in rows
        ),
    )


def _how(rows: list[Any]) -> Iterator[Block]:
    for kind in dict.fromkeys(one.kind for one in rows):
        known = kinds.get(kind)
        yield Heading(2, in_language(known.label))
        said = ((_("Why"), known.why), (_("How to mend"), known.mend))
        yield Facts(tuple((label, in_language(text)) for label, text in said if text))
