# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words in which people are told of incidents and their deadlines."""

from django.utils.translation import gettext_lazy as _

from dijkring.notices import kinds

REPORTED, WAITS = "incident.reported", "incident.waits"
STAGES = {
    "day": _("Within a day: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "hours": _("Within four hours: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "hour": _("Within an hour: %(report)s of incident %(incident)s, at the latest %(due)s"),
    "due": _("The deadline has passed: %(report)s of incident %(incident)s, was due %(due)s"),
    "late": _("Still not reported: %(report)s of incident %(incident)s, was due %(due)s"),
    "day_late": _("A day too late: %(report)s of incident %(incident)s, was due %(due)s"),
}


def register() -> None:
    """Register the kinds of notice of this room."""
    kinds.register(REPORTED, _("Incident"), _("%(who)s reported an incident: %(incident)s"))
    waits = _("%(who)s decided not to report %(incident)s; a second person must confirm it")
    kinds.register(WAITS, _("Incident"), waits)
    for stage, words in STAGES.items():
        kinds.register(kind_of(stage), _("Deadline of an incident"), words)


def kind_of(stage: str) -> str:
    """Return the kind of notice of a stage."""
    return f"incident.deadline.{stage}"
