# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version of a report as a file: PDF and ODT to read, JSON to exchange, plain text to paste.

What was not handed in is marked as a draft on every page, and an exercise as an exercise.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.documents.blocks import Block, Document, Facts, Heading, Notice, Paragraph
from dijkring.incidents import report_words as said
from dijkring.incidents.models import Report
from dijkring.incidents.selectors import reports as selectors
from dijkring.ui import words
from dijkring.workplace import files

FORMAT, FORMAT_VERSION = "dijkring-incident-report", 1


def hand_out(report: Report, kind: str, organisation: str) -> HttpResponse:
    """Return a version of a report as PDF, ODT, HTML, JSON or plain text; Http404 otherwise."""
    with translation.override(report.language):
        if kind in OWN:
            write, media_type = OWN[kind]
            return _file(report, write(report, organisation), media_type, kind)
        return files.hand_out(document(report, organisation), kind, report.organisation_id)


def _file(report: Report, text: str, media_type: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    name = f"{slugify(_title(report))}-{report.number}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def data(report: Report, organisation: str) -> dict[str, Any]:
    """Return a version of a report as plain data: the content apart, since the hash is over that.

    Moments are ISO instants in UTC.
    """
    handed_in = report.submission
    return {
        "format": FORMAT,
        "formatVersion": FORMAT_VERSION,
        "state": report.state,
        "organisation": organisation,
        "madeAt": _instant(report.made_at),
        "changedAt": _instant(report.changed_at),
        "reviewedAt": _instant(report.reviewed_at),
        "reviewedAlone": report.reviewed_alone,
        "handedInAt": _instant(handed_in.at) if handed_in else None,
        "reference": handed_in.reference if handed_in else "",
        "calledBack": bool(handed_in and handed_in.withdrawn_at),
        "content": selectors.content(report),
        "sha256": report.digest or selectors.digest(report),
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def _json(report: Report, organisation: str) -> str:
    return json.dumps(data(report, organisation), ensure_ascii=False, indent=2) + "\n"


def _plain(report: Report, organisation: str) -> str:
    """Return every field under its label, to paste in the form of the recipient."""
    parts = [f"{_title(report)}\n{organisation}\n{marking(report)}"]
    parts += [f"{one['label'][report.language]}\n{report.text(one['id'])}" for one in report.fields]
    return "\n\n".join(parts) + "\n"


OWN: dict[str, tuple[Callable[[Report, str], str], str]] = {
    "json": (_json, "application/json"),
    "txt": (_plain, "text/plain"),
}


def _title(report: Report) -> str:
    return f"{said.title(report)} {report.incident.reference}"


def marking(report: Report) -> str:
    """Return what stands on every page: exercise, draft, and with whom it may be shared."""
    marks = [
        *([_("EXERCISE")] if report.exercise else []),
        *([_("DRAFT")] if report.is_open else []),
        report.incident.get_tlp_display(),
    ]
    return " · ".join(marks)


def document(report: Report, organisation: str) -> Document:
    """Return a version of a report as a document; that of what was handed in bears that day."""
    handed_in = report.submission
    return Document(
        title=_title(report),
        subtitle=_("version %(number)s") % {"number": report.number},
        language="en" if report.language == "en" else "nl",
        author_organisation=organisation,
        date=clock.day_of(handed_in.at) if handed_in else clock.today(),
        marking=marking(report),
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: Report) -> Iterator[Block]:
    if report.exercise:
        yield Notice("warning", _("Exercise: this is not real."))
    if report.is_open:
        yield Notice("warning", _("Draft: this was not handed in."))
    if report.submission and report.submission.withdrawn_at:
        yield Notice("warning", _("Called back: it was recorded as handed in, and was not."))
    yield Facts(_facts(report))
    for one in report.fields:
        yield Heading(1, one["label"][report.language])
        yield Paragraph(report.text(one["id"]) or words.NOTHING)
    if report.digest:
        yield Paragraph(_("Hash of the content (SHA-256): %(hash)s") % {"hash": report.digest})


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    handed_in = report.submission
    rows = [
        (_("To"), said.to_whom(report)),
        (_("On the ground of"), said.article(report)),
        (_("State"), report.get_state_display()),
        (_("Reviewed"), said.reviewed(report)),
        *(
            [
                (_("Handed in"), words.moment_words(handed_in.at)),
                (_("Reference of the recipient"), handed_in.reference),
            ]
            if handed_in
            else []
        ),
    ]
    return tuple((label, value or words.NOTHING) for label, value in rows)
