# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words in which people are told of incidents and their deadlines."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.selectors import still
from dijkring.notices import kinds

REPORTED, WAITS = "incident.reported", "incident.waits"
ADDED, NOTICED, HANDED_OVER = "incident.added", "incident.noticed", "incident.oncall"
PUT_ON, TAKEN_OFF = "incident.oncall.put_on", "incident.oncall.taken_off"
SLEPT, ASLEEP = "incident.slept", "incident.asleep"
# Where an entry of the timeline is known from; stored, and so one text.
BY_REPORTER = "de melder"
# What nobody outside may take for real, in both languages because it is stored.
EXERCISE = "OEFENING (EXERCISE):"
TOO_LATE = _("This comes late: it should have come on %(should)s.")
STAGES = {
    "day": _("Within a day: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "hours": _("Within four hours: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "hour": _("Within an hour: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "due": _("The deadline has passed: %(report)s of incident %(incident)s, was due %(due)s"),
    "late": _("Still not reported: %(report)s of incident %(incident)s, was due %(due)s"),
    "day_late": _("A day too late: %(report)s of incident %(incident)s, was due %(due)s"),
}
# What who reported sees of the state: one line, and nothing of what is done.
TO_REPORTER = {
    "reported": _("Received. Somebody is going to look at it."),
    "triage": _("Somebody is looking at it."),
    "handling": _("It is being worked on."),
    "ended": _("It has been solved."),
    "closed": _("It has been solved and closed. Thank you for reporting it."),
}


def register() -> None:
    """Register the kinds of notice of this room."""
    reported = _("%(who)s reported an incident: %(incident)s")
    _with_late(REPORTED, _("Incident"), reported, still.waits_for_somebody)
    waits = _("%(who)s decided not to report %(incident)s; a second person must confirm it")
    kinds.register(WAITS, _("Incident"), waits)
    for stage, words in STAGES.items():
        _with_late(kind_of(stage), _("Deadline of an incident"), words, still.runs)
    kinds.register(ADDED, _("Incident"), _("Who reported %(incident)s has added something"))
    noticed = _("%(who)s tells you of an incident: %(incident)s. Is it one for you as well?")
    kinds.register(NOTICED, _("Incident"), noticed)
    over = _("You are on call now, %(who)s handed over to you: %(note)s")
    kinds.register(HANDED_OVER, _("On call"), over)
    put_on = _("%(who)s put you on call from %(since)s until %(until)s")
    kinds.register(PUT_ON, _("On call"), put_on)
    taken_off = _("%(who)s ended your being on call, which began on %(since)s")
    kinds.register(TAKEN_OFF, _("On call"), taken_off)
    slept = _("From %(since)s until %(until)s nobody watched the deadlines of incidents. What"
              " should have been told then is told now. Look at the deadlines.")  # fmt: skip
    kinds.register(SLEPT, _("Deadline of an incident"), slept)
    asleep = _("Since %(since)s nobody watches the deadlines of incidents: the worker of Dijkring"
               " stands still. No reminders go out. Look at the deadlines yourself, and ask who"
               " runs Dijkring to start the worker.")  # fmt: skip
    kinds.register(ASLEEP, _("Deadline of an incident"), asleep, still.sleeps)


def _with_late(id: str, label: kinds.Words, words: kinds.Words, still: kinds.Still) -> None:
    kinds.register(id, label, words, still)
    kinds.register(late(id), label, format_lazy("{}. {}", words, TOO_LATE), still)


def kind_of(stage: str) -> str:
    """Return the kind of notice of a stage."""
    return f"incident.deadline.{stage}"


def late(kind: str) -> str:
    """Return the kind that says the same, and that it comes late; it needs the value `should`."""
    return f"{kind}.late"
