# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the clocks run on: awareness, the weighing with its second person, reports and requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from dijkring.core import clock, events
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import uploads
from dijkring.incidents.guides import NO, UNKNOWN, YES, guides
from dijkring.incidents.models import Awareness, Incident, Request, Significance, Submission
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.obligations import REQUESTED, Obligation
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.services import checking, judging
from dijkring.ui import words

DECIDE = judging.DECIDE
WAITS = "incident.waits"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What is told of a report that was handed in through the recipient's own channel."""

    at: datetime
    by: str
    how: str
    reference: str = ""
    receipt: str = ""


def become_aware(
    *,
    actor: Actor,
    incident: Incident,
    of: str,
    at: datetime,
    who: str,
    evidence: str,
    reason: str = "",
) -> Awareness:
    """State since when the organisation is aware; a later statement amends the earlier one.

    Raises Refused for a moment in the future, an amendment without a reason, and a moment after
    something that was already done with it.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    checking.past(at, "at")
    before = selectors.latest(found, of)
    if before is not None:
        checking.needed(reason, "reason", _("Say why the moment of before was not right."))
    if of == Awareness.Of.EVENT:
        _not_after_what_was_done(found, at)
    else:
        checking.not_before_awareness(found, at, "at")
    return Awareness.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        of=of,
        at=at,
        who=checking.needed(who, "who", _("Say who became aware."))[:120],
        evidence=checking.needed(evidence, "evidence", _("Say from what this shows."))[:2000],
        reason=reason.strip()[:2000],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def _not_after_what_was_done(found: Incident, at: datetime) -> None:
    done = [row.at for row in found.submissions.filter(withdrawn_at=None)]
    done += [row.asked_at for row in found.requests.all()]
    done += [row.at for row in selectors.statements(found, Awareness.Of.SIGNIFICANCE)]
    done += [found.ended_at] if found.ended_at else []
    if done and at > min(done):
        raise Refused(
            _("By %(moment)s something had been done with it already, so you were aware.")
            % {"moment": words.moment_words(min(done))},
            "at",
        )


def weigh(
    *,
    actor: Actor,
    incident: Incident,
    regime: str,
    answers: Mapping[str, str],
    report: bool,
    reason: str,
    standing_in: str = "",
) -> Significance:
    """Decide whether an incident must be reported; not to do so waits for a second person.

    On personal data the privacy officer decides; who stands in says why. Raises Refused for
    unanswered questions, a missing reason, and an unknown regime.
    """
    actor.require(judging.right_to(regime))
    found = checking.locked(actor, incident)
    checking.open_still(found)
    guide = guides().get(regime)
    if guide is None:
        raise Refused(_("There is nothing to weigh for this."))
    # What decides must be answered; of the rest no answer is not known.
    given = {one.id: answers.get(one.id, "" if one.counts else UNKNOWN) for one in guide.questions}
    for id, answer in given.items():
        if answer not in (YES, NO, UNKNOWN):
            raise Refused(_("Answer every question; 'not known' is an answer too."), id)
    said = checking.needed(reason, "reason", _("Give the reason of this decision."))
    made = Significance.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        regime=regime,
        content_version=guide.version,
        answers=given,
        report=report,
        reason=said[:2000],
        standing_in=judging.standing_in(actor, regime, standing_in)[:500],
        decided_at=clock.now(),
        decided_by_id=actor.user_id,
    )
    if not made.holds:
        events.publish(WAITS, organisation_id=made.organisation_id, weighing=made.pk)
    return made


def confirm(*, actor: Actor, weighing: Significance, why: str) -> Significance:
    """Agree, as another person, that an incident need not be reported; its clocks stop with it."""
    actor.require(DECIDE)
    rows = Significance.objects.select_for_update()
    found = rows.get(pk=weighing.pk, organisation_id=actor.organisation_id)
    if found.holds:
        raise Refused(_("This decision does not wait for anybody."))
    newest = rows.filter(incident_id=found.incident_id, regime=found.regime).latest("pk")
    if newest.pk != found.pk:
        raise Refused(_("A later decision has taken the place of this one."))
    if actor.user_id is None or found.decided_by_id == actor.user_id:
        raise Refused(_("A second person must confirm this: not the one who decided it."))
    if not judging.may_confirm(actor, found):
        raise Refused(_("The privacy officer must confirm this: somebody else stood in."))
    found.confirmed_at, found.confirmed_by_id = clock.now(), actor.user_id
    found.confirmation = checking.needed(why, "reason", _("Say why you agree."))[:2000]
    found.save(update_fields=["confirmed_at", "confirmed_by", "confirmation"])
    return found


def obligation_of(incident: Incident, id: str) -> Obligation:
    """Return an obligation that this incident has; Refused for another one."""
    every = selectors.known(incident.organisation_id)
    for one in selectors.of_incident(incident, every):
        if one.obligation.id == id:
            return one.obligation
    raise Refused(_("This incident has no such report."))


def hand_in(
    *,
    actor: Actor,
    incident: Incident,
    obligation: str,
    wanted: HandedIn,
    document: tuple[str, BinaryIO] | None = None,
) -> Submission:
    """Record that a report was handed in; nothing is ever sent from here.

    Raises Refused for a moment in the future or before awareness, and a report that was recorded.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    not_recorded(found, obligation)
    return record(actor=actor, incident=found, report=obligation, wanted=wanted, document=document)


def record(
    *,
    actor: Actor,
    incident: Incident,
    report: str,
    wanted: HandedIn,
    document: tuple[str, BinaryIO] | None = None,
) -> Submission:
    """Record that something was handed in, also what no clock asks for or adds to what was."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    checking.past(wanted.at, "at")
    checking.not_before_awareness(found, wanted.at, "at")
    upload = (
        uploads.upload(actor=actor, name=document[0], content=document[1]) if document else None
    )
    return Submission.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        obligation=report,
        at=wanted.at,
        by=checking.needed(wanted.by, "by", _("Say who handed it in."))[:120],
        how=checking.needed(wanted.how, "how", _("Say in which way it was handed in."))[:200],
        reference=wanted.reference.strip()[:120],
        receipt=wanted.receipt.strip()[:4000],
        document=upload,
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
    )


def not_recorded(found: Incident, obligation: str) -> None:
    """Refuse what was recorded already, unless it may be asked for, and handed in, again."""
    one = obligation_of(found, obligation)
    if one.anchor == REQUESTED:
        return
    there = found.submissions.filter(obligation=one.id, withdrawn_at=None).first()
    if there is not None:
        raise Refused(
            _("This was recorded already, handed in on %(moment)s. Call that back if it is wrong.")
            % {"moment": words.moment_words(there.at)}
        )


def call_back(*, actor: Actor, submission: Submission, reason: str) -> Submission:
    """Say that a recorded report was not handed in like that; it stays visible."""
    actor.require(HANDLE)
    rows = Submission.objects.select_for_update()
    found = rows.get(pk=submission.pk, organisation_id=actor.organisation_id)
    checking.open_still(found.incident)
    if found.withdrawn_at is not None:
        raise Refused(_("This has been called back already."))
    found.withdrawal = checking.needed(reason, "reason", _("Give a reason."))[:2000]
    found.withdrawn_at, found.withdrawn_by_id = clock.now(), actor.user_id
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal"])
    return found


def ask(
    *,
    actor: Actor,
    incident: Incident,
    obligation: str,
    asked_by: str,
    asked_at: datetime,
    due_at: datetime,
    what: str = "",
) -> Request:
    """Record that the CSIRT or the authority asks for a report, by when."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    if obligation_of(found, obligation).anchor != REQUESTED:
        raise Refused(_("This report has a term of its own; nobody has to ask for it."))
    checking.past(asked_at, "asked_at")
    checking.not_before_awareness(found, asked_at, "asked_at")
    if due_at.tzinfo is None or due_at < asked_at:
        raise Refused(_("It cannot be wanted before it was asked."), "due_at")
    return Request.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        obligation=obligation,
        asked_by=checking.needed(asked_by, "asked_by", _("Say who asks."))[:120],
        asked_at=asked_at,
        due_at=due_at,
        words=what.strip()[:2000],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )
