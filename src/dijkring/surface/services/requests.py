# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a supplier to mend: one request with its link, withdrawing it, sharing the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices.by_link import Offer
from dijkring.notices.models import Ask
from dijkring.notices.services import asking
from dijkring.surface.models import AnswerSharing, MendRequest, RequestLine
from dijkring.surface.request_doors import PURPOSE
from dijkring.surface.selectors.requests import Finding, shares

RIGHT, SHARE = "surface.request", "surface.share_answers"
SUBJECT = "surface-request"
MOST_LINES = 200
# Who answers late still has a link that works.
DAYS_AFTER = 14


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a supplier, of whom there, and whom to answer."""

    supplier: str
    due_on: date
    name: str
    email: str
    answer_to: str
    message: str = ""
    language: str = "nl"


def make(*, actor: Actor, wanted: Wanted, findings: Sequence[Finding]) -> MendRequest:
    """Ask a supplier to mend what fails; it is mailed with a link by which it answers.

    Raises Refused for nothing to ask, a day in the past, what is of another supplier, and what an
    open request is about already.
    """
    actor.require(RIGHT)
    _check(wanted, findings)
    made = MendRequest.objects.create(
        organisation_id=actor.organisation_id,
        supplier=wanted.supplier,
        message=wanted.message.strip(),
        due_on=wanted.due_on,
        answer_to=wanted.answer_to.strip(),
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    RequestLine.objects.bulk_create(_line(made, one) for one in findings)
    ask(actor=actor, request=made, wanted=wanted)
    return made


def _check(wanted: Wanted, findings: Sequence[Finding]) -> None:
    if not findings:
        raise Refused(_("Choose what is to be mended."), "findings")
    if len(findings) > MOST_LINES:
        words = _("Ask at most %(most)d things at once.")
        raise Refused(words % {"most": MOST_LINES}, "findings")
    if any(one.supplier != wanted.supplier for one in findings):
        raise Refused(_("This is not of %(supplier)s.") % {"supplier": wanted.supplier})
    if any(one.asked for one in findings):
        raise Refused(_("A part of this has been asked already."), "findings")
    if wanted.due_on < clock.today():
        raise Refused(_("Choose today or a date in the future."), "due_on")


def _line(made: MendRequest, one: Finding) -> RequestLine:
    return RequestLine(
        organisation_id=made.organisation_id,
        request=made,
        kind=one.fact.kind,
        subject=one.fact.subject,
        member=one.fact.member,
        since=one.fact.state_since,
    )


def ask(*, actor: Actor, request: MendRequest, wanted: Wanted) -> Ask:
    """Send the link of a request; the supplier can answer until two weeks after the day."""
    days = (request.due_on - clock.today()).days + DAYS_AFTER
    return asking.ask(
        actor=actor,
        subject=SUBJECT,
        subject_id=request.pk,
        offer=Offer(PURPOSE, request.pk, ""),
        name=wanted.name,
        email=wanted.email,
        question=request.message or _("Will you mend this, and when?"),
        days=min(days, asking.MOST_DAYS),
        language=wanted.language,
    )


def withdraw(*, actor: Actor, request: MendRequest, reason: str) -> None:
    """Withdraw a request; its links stop working at once."""
    actor.require(RIGHT)
    found = MendRequest.objects.select_for_update().get(
        pk=request.pk, organisation_id=actor.organisation_id
    )
    if found.withdrawn_at is not None:
        raise Refused(_("This request has been withdrawn already."))
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    found.withdrawn_at, found.withdrawal = clock.now(), reason.strip()[:500]
    found.save(update_fields=["withdrawn_at", "withdrawal"])
    asks = Ask.objects.filter(
        organisation_id=actor.organisation_id, purpose=PURPOSE, object_id=found.pk
    )
    for one in asks.filter(answered_at=None, withdrawn_at=None):
        asking.withdraw(actor=actor, ask=one, reason=reason)


def share_answers(*, actor: Actor) -> AnswerSharing:
    """Agree to share what suppliers answer with others that have the same name; see theirs."""
    actor.require(SHARE)
    known = shares(actor.organisation_id)
    return known or AnswerSharing.objects.create(
        organisation_id=actor.organisation_id, agreed_by_id=actor.user_id, agreed_at=clock.now()
    )


def stop_sharing(*, actor: Actor) -> None:
    """End the sharing of answers, both ways, at once."""
    actor.require(SHARE)
    AnswerSharing.objects.filter(organisation_id=actor.organisation_id, ended_at=None).update(
        ended_at=clock.now()
    )
