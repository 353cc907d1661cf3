# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the page of one incident: every clock, what is known, what happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from dijkring.controls.models import in_language
from dijkring.incidents import report_words
from dijkring.incidents import words as said
from dijkring.incidents.guides import guides
from dijkring.incidents.models import Awareness, Incident, Report, Significance
from dijkring.incidents.panels import intake, reports
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.selectors import reports as report_selectors
from dijkring.incidents.selectors.clocks import Clock, Standing
from dijkring.incidents.selectors.incidents import category_words
from dijkring.incidents.services.judging import DECIDE, may_confirm, right_to
from dijkring.organisations.history import history
from dijkring.ui import words
from dijkring.ui.panels import Facts, Markup, Moment, Panel, Part, Timeline, for_slot

AT_ONCE = timedelta(minutes=2)
# The subjects of this room and rooms above hang theirs here; they get the incident. What hangs
# nowhere else stands under what is to be done now.
SLOT = "incidents.incident"
# The parts of the page, as they stand in its address.
NOW, REPORTS, IMPACT, INQUIRY, FILE = "nu", "meldingen", "gevolgen", "onderzoek", "dossier"
PARTS = {
    NOW: pgettext_lazy("part", "Now"),
    REPORTS: pgettext_lazy("part", "Reports"),
    IMPACT: pgettext_lazy("part", "Consequences"),
    INQUIRY: pgettext_lazy("part", "Inquiry"),
    FILE: pgettext_lazy("part", "File"),
}
# What asks for nothing now, and is folded away.
QUIET = (
    Standing.WAITING,
    Standing.CONDITIONAL,
    Standing.NOT_APPLICABLE,
    Standing.DECIDED_NOT,
    Standing.FOLLOWS,
)


def slot(part: str) -> str:
    """Return the slot of a part of the page."""
    return SLOT if part == NOW else f"{SLOT}.{part}"


def of_incident(request: Any, found: Incident, clocks: Sequence[Clock]) -> list[Part]:
    """Return the parts of the page of an incident: what is to be done now stands in the first."""
    versions = report_selectors.of_incident(found)
    learnt = [Facts(_("What was learnt"), learnt_rows(found))]
    own: dict[str, list[Panel]] = {
        NOW: [intake.who_has_it(request, found)],
        REPORTS: [
            _clocks(request, found, clocks),
            _weighings(request, found, clocks),
            reports.of_incident(request, found, clocks, versions),
        ],
        IMPACT: [],
        INQUIRY: [
            Facts(_("What is known"), known_rows(found)),
            Timeline(_("What happened when"), moments(found, versions)),
            *(learnt if found.closed_at or found.cause else []),
        ],
        FILE: [],
    }
    drawn = {part: [*rows, *for_slot(slot(part), request, found)] for part, rows in own.items()}
    drawn[FILE].append(history(found))
    return [Part(part, PARTS[part], rows) for part, rows in drawn.items()]


def _clocks(request: Any, found: Incident, clocks: Sequence[Clock]) -> Panel:
    statements = list(found.awareness.all())
    asks = [one for one in clocks if one.standing not in QUIET]
    asks.sort(key=lambda one: (not one.runs, one.due or found.reported_at))
    context = {
        "incident": found,
        "clocks": [said.drawn(one) for one in asks],
        "rest": [said.drawn(one) for one in clocks if one.standing in QUIET],
        "may": request.can("incidents.handle") and found.is_open,
        "statements": statements[::-1],
    }
    return Markup(_("Every clock"), "incidents/clocks.html", context)


def known_rows(found: Incident) -> list[tuple[Any, Any]]:
    """Return what is known of an incident, with labels."""
    return [
        *([(_("What happened"), found.description)] if found.description else []),
        (_("Category"), category_words(found.category)),
        (_("Severity"), found.get_severity_display()),
        (_("May be shared with"), found.get_tlp_display()),
        (_("Personal data involved"), found.get_personal_data_display()),
        (_("Happened"), found.occurred_at),
        (_("Noticed"), found.detected_at),
        (_("Reported"), found.reported_at),
        (_("Reported by"), found.reporter),
        (_("Handled by"), words.person_words(found.owner)),
        *([(_("Handling ended"), found.ended_at)] if found.ended_at else []),
    ]


def learnt_rows(found: Incident) -> list[tuple[Any, Any]]:
    """Return what an incident was closed with, with labels."""
    return [
        (_("Cause"), found.cause),
        (_("Could it have been avoided?"), found.get_avoidable_display()),
        (_("Why"), found.avoidable_reason),
        (_("Did the logs show what happened?"), found.get_logs_display()),
        (_("Lessons"), found.lessons),
        (_("Closed"), found.closed_at),
    ]


def _weighings(request: Any, found: Incident, clocks: Sequence[Clock]) -> Panel:
    running = {one.obligation.regime for one in clocks}
    rows = [
        {
            "guide": guide,
            "title": in_language(dict(guide.title)),
            "basis": in_language(dict(guide.basis)),
            "weighing": (weighing := selectors.decision(found, regime)),
            "answers": _answers(weighing),
            "may_weigh": request.can(right_to(regime)) and found.is_open,
            "may_confirm": weighing is not None
            and not weighing.holds
            and may_confirm(request.actor, weighing),
        }
        for regime, guide in guides().items()
        if regime in running
    ]
    context = {
        "incident": found,
        "rows": rows,
        "may": request.can(DECIDE) and found.is_open,
    }
    return Markup(_("Must it be reported?"), "incidents/weighings.html", context)


def _answers(weighing: Significance | None) -> list[tuple[str, str]]:
    guide = guides().get(weighing.regime) if weighing else None
    if weighing is None or guide is None:
        return []
    labels = dict(Incident.Known.choices)
    return [
        (in_language(dict(one.words)), str(labels[Incident.Known(weighing.answers[one.id])]))
        for one in guide.questions
        if one.id in weighing.answers
    ]


def moments(found: Incident, versions: Sequence[Report]) -> list[Moment]:
    """Return what happened by the time it happened, the newest first; written down when beside."""
    rows = [
        *(Moment(one.at, one.text, _who(one.recorded_by, one.at, one.recorded_at), one.source)
          for one in found.entries.all()),
        *(_aware(one) for one in found.awareness.all()),
        *(_handed_in(one) for one in found.submissions.all()),
        *(Moment(one.asked_at, _("%(who)s asks for %(report)s by %(due)s") % {
            "who": one.asked_by,
            "report": report_words.title_of(one.obligation),
            "due": words.moment_words(one.due_at),
        }, _who(one.recorded_by, one.asked_at, one.recorded_at), one.words)
          for one in found.requests.all()),
        *(_weighed(one) for one in found.weighings.all()),
        Moment(found.reported_at, _("Reported in the register"), found.reporter),
        *reports.moments(versions),
    ]  # fmt: skip
    return sorted(rows, key=lambda one: one.when, reverse=True)


def _who(name: str, at: datetime, recorded_at: datetime) -> str:
    """Return who wrote something down, and when, unless that was at once."""
    if recorded_at - at < AT_ONCE:
        return name
    return f"{name}, " + _("written down %(at)s") % {"at": words.moment_words(recorded_at)}


def _aware(one: Awareness) -> Moment:
    text = _("Aware %(of)s: %(who)s") % {"of": one.get_of_display(), "who": one.who}
    more = " ".join(filter(None, [one.evidence, one.reason]))
    return Moment(one.at, text, _who(one.recorded_by, one.at, one.recorded_at), more)


def _handed_in(one: Any) -> Moment:
    text = _("Handed in: %(report)s, %(how)s") % {
        "report": report_words.title_of(one.obligation),
        "how": one.how,
    }
    if one.withdrawn_at is not None:
        text = _("Called back: %(what)s") % {"what": text}
    more = " ".join(filter(None, [one.reference, one.receipt, one.withdrawal]))
    return Moment(one.at, text, _who(one.by, one.at, one.recorded_at), more)


def _weighed(one: Significance) -> Moment:
    text = _("Decided: report it") if one.report else _("Decided: do not report it")
    if one.confirmed_at is not None:
        text = _("%(what)s, confirmed by a second person") % {"what": text}
    return Moment(one.decided_at, text, one.decided_by, one.reason)
