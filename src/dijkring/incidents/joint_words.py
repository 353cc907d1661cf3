# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a joint incident is put in words, and how its members and services look."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.incidents.models import JointEntry, JointMandate
from dijkring.incidents.obligations import ours
from dijkring.incidents.selectors.joint import Member, Side, Standing, holds
from dijkring.ui import words
from dijkring.ui.states import State

NOT_ANSWERED = State(gettext_lazy("waits for your answer"), "warning", "not-met")
LEADS = State(gettext_lazy("we lead it"), "info")
STANDINGS = {
    Standing.UNDER_WAY: State(gettext_lazy("under way"), "waiting", "partly"),
    Standing.NOT_REACHED: State(gettext_lazy("not reached: call them"), "warning", "not-met"),
    Standing.REACHED: State(gettext_lazy("reached, no answer yet"), "waiting", "partly"),
    Standing.ACCEPTED: State(gettext_lazy("takes part"), "met", "met"),
    Standing.DECLINED: State(pgettext_lazy("member", "declined"), "not-applicable"),
    Standing.LEFT: State(gettext_lazy("has left"), "not-applicable"),
    Standing.REMOVED: State(gettext_lazy("taken out"), "not-applicable"),
}
SERVICES = {
    JointEntry.State.RUNNING: State(gettext_lazy("runs"), "met", "met"),
    JointEntry.State.HINDERED: State(gettext_lazy("hindered"), "warning", "partly"),
    JointEntry.State.DOWN: State(gettext_lazy("out of order"), "not-met", "not-met"),
}
HOLDS = State(gettext_lazy("holds"), "met", "met")
ENDED = State(gettext_lazy("does not hold"), "not-applicable", "not-applicable")
# Of these the leading organisation is told; the others are between the member and its authority.
TELLS = ("cbw.early_warning", "cbw.notification", "cbw.final_report")


def report_title(obligation: str) -> str:
    """Return the name of a report, or its id where nobody knows it."""
    titles = {one.id: one.title for one in ours()}
    return in_language(dict(titles[obligation])) if obligation in titles else obligation


def side_look(side: Side) -> State:
    """Return how a joint incident stands for one's own organisation."""
    if side.leads:
        return LEADS
    if side.over:
        return STANDINGS[Standing(side.over)]
    return STANDINGS[Standing.ACCEPTED] if side.answered else NOT_ANSWERED


def member_look(one: Member) -> State:
    """Return how a member stands."""
    return STANDINGS[one.standing]


def member_why(one: Member) -> str:
    """Return why a member does not take part, in its own words or those of who took it out."""
    handover = one.invite.handover
    left = one.place.leaving if one.place else ""
    reasons = {
        Standing.DECLINED: handover.answer_reason,
        Standing.NOT_REACHED: handover.refusal,
        Standing.LEFT: left,
        Standing.REMOVED: one.invite.removal,
    }
    return reasons.get(one.standing, "")


def told(one: Member) -> str:
    """Return what a member shows of its reports; the rest is not ours to know."""
    if not one.active:
        return ""
    known = {row.obligation: row for row in one.told}
    lines = []
    for id in (*TELLS, *(id for id in known if id not in TELLS)):
        if id in known:
            at = known[id].at
            said = _("reported, %(at)s") % {"at": words.moment_words(at)} if at else _("reported")
        else:
            said = _("not told us")
        lines.append(f"{report_title(id)}: {said}")
    return "; ".join(lines)


def service_look(one: JointEntry) -> State:
    """Return how a service runs."""
    return SERVICES[JointEntry.State(one.state)]


def entry_words(one: JointEntry) -> str:
    """Return an entry of the dossier in one text."""
    if one.kind == JointEntry.Kind.SITUATION:
        return _("Situation: %(text)s") % {"text": one.text}
    if one.kind == JointEntry.Kind.SERVICE:
        return f"{one.subject}: {service_look(one).word}"
    return one.text


def mandate_look(one: JointMandate) -> State:
    """Return whether a mandate holds now."""
    return HOLDS if holds(one, clock.now()) else ENDED


def mandate_reports(one: JointMandate) -> str:
    """Return for which reports a mandate is."""
    return ", ".join(report_title(id) for id in one.obligations)
