# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an incident shows of its reports, and the panels of one report."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.incidents import help_requests
from dijkring.incidents import report_words as said
from dijkring.incidents import words as clock_words
from dijkring.incidents.models import Incident, Report
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.selectors.clocks import Clock
from dijkring.incidents.selectors.reports import Offered
from dijkring.ui import words
from dijkring.ui.panels import Facts, Markup, Moment, Panel


def of_incident(
    request: Any, found: Incident, running: Sequence[Clock], versions: Sequence[Report]
) -> Panel:
    """Return the reports of an incident: those that were begun, the others folded."""
    rows = selectors.offered(versions, running)
    context = {
        "incident": found,
        "rows": [_drawn(one) for one in rows if one.versions],
        "rest": [_drawn(one) for one in rows if not one.versions],
        "may": request.can(HANDLE) and found.is_open,
    }
    return Markup(_("Reports"), "incidents/reports.html", context)


def _drawn(one: Offered) -> dict[str, Any]:
    return {
        "id": one.form.id,
        "title": in_language(dict(one.form.title)),
        "due": one.clock.due if one.clock is not None and one.clock.runs else None,
        "versions": [(row, said.look(row)) for row in reversed(one.versions)],
        "last": one.last,
        "look": clock_words.clock_look(one.clock) if one.clock is not None else None,
    }


def moments(versions: Sequence[Report]) -> list[Moment]:
    """Return what happened to the reports of an incident, for its timeline."""
    rows = []
    for one in versions:
        name = {"report": said.title(one), "number": one.number}
        begun = _("Report begun: %(report)s, version %(number)s") % name
        rows.append(Moment(one.made_at, begun, one.made_by))
        if one.reviewed_at is not None:
            text = _("Report reviewed: %(report)s, version %(number)s") % name
            if one.reviewed_alone:
                text = _("%(what)s, by who wrote it") % {"what": text}
            rows.append(Moment(one.reviewed_at, text, one.reviewed_by, one.review))
    return rows


def of_report(request: Any, found: Report) -> list[Panel]:
    """Return the panels of a report: how it stands, and its fields to read and copy."""
    needed = selectors.needed(found)
    missing = {one["id"] for one in selectors.empty(found, needed)} if found.is_open else set()
    fields = [
        {
            "id": one["id"],
            "label": in_language(one["label"]),
            "article": said.field_article(one["article"]),
            "text": found.text(one["id"]),
            "source": said.source(found.texts.get(one["id"], {})),
            "missing": one["id"] in missing,
        }
        for one in found.fields
    ]
    context = {
        "report": found,
        "fields": fields,
        "missing": [one for one in fields if one["missing"]],
    }
    return [
        Facts(_("How it stands"), _state(found)),
        Markup(_("What it says"), "incidents/report_fields.html", context),
    ]


def _state(found: Report) -> list[tuple[str, Any]]:
    handed_in = found.submission
    channel = in_language(found.form_copy["channel"])
    rows: list[tuple[str, Any]] = [
        (_("To"), said.to_whom(found)),
        *([(_("By which way"), channel)] if channel else []),
        (_("On the ground of"), said.article(found)),
        (_("Changed"), f"{words.moment_words(found.changed_at)}, {_by(found)}"),
        (_("Reviewed"), said.reviewed(found)),
    ]
    if found.review:
        rows.append((_("Remark of the review"), found.review))
    if handed_in is not None:
        rows += [
            (_("Handed in"), f"{words.moment_words(handed_in.at)}, {handed_in.by}"),
            (_("In which way"), handed_in.how),
            (_("Reference of the recipient"), handed_in.reference),
            (_("Confirmation of receipt"), handed_in.receipt),
            (_("Called back, because"), handed_in.withdrawal),
            (_("Hash of the content (SHA-256)"), found.digest),
        ]
    return [(label, value) for label, value in rows if value]


def _by(found: Report) -> str:
    return words.person_words(found.changed_by)


def of_handover(request: Any, found: Any) -> list[Panel]:
    """Return the way to answer a request for help, on the page of the handover."""
    ours = found.receiver_id == request.actor.organisation_id
    if found.kind != help_requests.KIND or not ours or found.answer or not request.can(HANDLE):
        return []
    return [Markup(_("Answer"), "incidents/help_link.html", {"handover": found})]
