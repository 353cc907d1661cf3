# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How clocks and incidents are put in words, and how they look."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.clocks import Clock, Standing
from dijkring.ui import words
from dijkring.ui.states import State

STANDINGS = {
    Standing.OPEN: State(_("still to do"), "waiting", "partly"),
    Standing.OVERDUE: State(_("too late"), "warning", "not-met"),
    Standing.MET: State(_("reported in time"), "met", "met"),
    Standing.LATE: State(_("reported, too late"), "not-met", "not-met"),
    Standing.WAITING: State(_("not asked for"), "not-applicable", "not-applicable"),
    Standing.CONDITIONAL: State(_("only if still going on then"), "info"),
    Standing.NOT_APPLICABLE: State(_("not needed"), "not-applicable", "not-applicable"),
    Standing.DECIDED_NOT: State(_("need not be reported"), "not-applicable", "not-applicable"),
    Standing.FOLLOWS: State(_("after the handling"), "info"),
}
# Without a fixed term there is nothing to be late for.
OPEN_ENDED = State(_("without delay"), "info")
STATES = {
    "reported": State(_("reported"), "warning", "not-met"),
    "triage": State(_("in triage"), "busy", "partly"),
    "handling": State(_("being handled"), "busy", "busy"),
    "ended": State(_("handling ended"), "met", ""),
    "closed": State(pgettext_lazy("incident", "closed"), "met", "met"),
}
ANCHORS = {
    "aware": _("counted from awareness, %(at)s"),
    "requested": _("asked for by %(at)s"),
    "submitted": _("counted from the report as it was handed in, %(at)s"),
    "due": _("counted from the deadline of the report before it, %(at)s"),
    "ended": _("counted from the end of the handling, %(at)s"),
}
REGIMES = {
    "cbw": _("Cyberbeveiligingswet"),
    "cbw_others": _("Cyberbeveiligingswet"),
    "avg": _("GDPR"),
}
RECIPIENTS = {
    "csirt": _("the CSIRT"),
    "authority": _("the competent authority"),
    "ap": _("the data protection authority (AP)"),
    "recipients": _("who uses the service"),
    "persons": _("the persons concerned"),
}


def marked(title: str, exercise: bool) -> str:
    """Return a title; that of an exercise cannot be mistaken."""
    return gettext("EXERCISE: %(title)s") % {"title": title} if exercise else title


def look(incident: Incident) -> State:
    """Return how an incident stands."""
    return STATES[incident.state]


def clock_look(one: Clock) -> State:
    """Return how a clock stands."""
    if one.standing == Standing.OPEN and one.due is None:
        return OPEN_ENDED
    return STANDINGS[one.standing]


def title(one: Clock) -> str:
    """Return the name of what is to be reported."""
    return in_language(dict(one.obligation.title))


def article(one: Clock) -> str:
    """Return the law and its article: Cyberbeveiligingswet, art. 26."""
    law = REGIMES.get(one.obligation.regime, one.obligation.regime)
    return gettext("%(law)s, art. %(article)s") % {"law": law, "article": one.deadline.article}


def to_whom(one: Clock) -> str:
    """Return who must be told."""
    return ", ".join(str(RECIPIENTS.get(name, name)) for name in one.obligation.to)


def content(one: Clock) -> list[str]:
    """Return what the report must hold at least."""
    found = one.obligation.content
    return list(found.get(words.language()) or found.get("nl", ()))


def notes(one: Clock) -> list[str]:
    """Return what must be said beside the instant."""
    at = words.moment_words(one.deadline.anchor_at)
    anchor = ANCHORS.get(one.deadline.anchor.split()[0])
    said = [str(anchor) % {"at": at}] if anchor and one.deadline.anchor_at else []
    said += [in_language(dict(text)) for text in (one.deadline.term, one.obligation.exception)]
    if one.waits_for_second:
        said.append(gettext("Decided not to report; it runs on until a second person confirms."))
    if one.deadline.submitted_at:
        at = words.moment_words(one.deadline.submitted_at)
        said.append(gettext("Handed in: %(at)s.") % {"at": at})
    return [line for line in said if line]


def left(one: Clock | None) -> str:
    """Return what is left until the deadline in words; nothing without one."""
    return words.deadline_words(one.due) if one and one.due else ""


def by_when(one: Clock) -> str:
    """Return the last moment in words, or that there is none."""
    return words.moment_words(one.due) if one.due else str(OPEN_ENDED.word)


def drawn(one: Clock) -> dict[str, Any]:
    """Return a clock as a template shows it."""
    return {
        "clock": one,
        "title": title(one),
        "look": clock_look(one),
        "article": article(one),
        "to": to_whom(one),
        "content": content(one),
        "notes": notes(one),
        "handed_in": [
            row
            for row in one.incident.submissions.all()
            if row.obligation == one.obligation.id and row.withdrawn_at is None
        ],
        "may_hand_in": one.standing not in (Standing.MET, Standing.LATE, Standing.WAITING),
    }
