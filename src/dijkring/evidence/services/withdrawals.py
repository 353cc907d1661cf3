# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Withdrawing a wrong fact: it stays readable, with the reason, and does not count any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact, Round, Withdrawal
from dijkring.evidence.services import fact_rows, follow_up, standings
from dijkring.evidence.services.fact_rows import NOTHING_HOLDS, NewFact
from dijkring.evidence.services.rounds import Observation

WITHDRAWN = {
    "nl": "Wat hiervan bekend was, is ingetrokken. Het moet opnieuw worden bekeken.",
    "en": "What was known of this was withdrawn. It has to be looked at again.",
}


def withdraw(*, actor: Actor, fact: Fact, reason: str) -> Withdrawal:
    """Withdraw a current fact with a reason; what it was about is not known from then on.

    Raises Refused when it does not count already, and when who withdrew what was known of a
    subject also says that there is no such subject: nobody goes green alone by taking away.
    """
    actor.require("evidence.withdraw")
    if not reason.strip():
        raise Refused(_("Give the reason for withdrawing this fact."), "reason")
    if fact.until is not None:
        raise Refused(_("This fact does not count any more."))
    if fact.state == "not_measured" and _withdrew(actor, fact):
        raise Refused(
            _("You withdrew what was known of this. Somebody else must say that it does not exist.")
        )
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(reason)
    now = clock.now()
    _pin(fact)
    fact.until, fact.end_reason = now, _("withdrawn")
    fact.save(update_fields=["round", "confirmed_at", "until", "end_reason"])
    made = _withdrawal(actor, fact, reason, now)
    made.save()
    _leave_unknown(actor, [fact], now)
    standings.after_facts(actor.organisation_id, {fact.kind}, now)
    follow_up.follow(actor.organisation_id, {fact.kind})
    return made


def withdraw_imported(*, actor: Actor, facts: Collection[int], reason: str) -> int:
    """Withdraw the current facts among some ids, as the undoing of what a file brought.

    The caller has asked for the right to undo. Returns how many counted until now.
    """
    if not reason.strip():
        raise Refused(_("Give the reason for withdrawing this fact."), "reason")
    rows = Fact.objects.filter(
        organisation_id=actor.organisation_id, pk__in=list(facts), until=None
    ).select_related("round")
    found = list(rows)
    if not found:
        return 0
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(reason)
    now = clock.now()
    for fact in found:
        _pin(fact)
        fact.until, fact.end_reason = now, _("withdrawn")
    Fact.objects.bulk_update(found, ["round", "confirmed_at", "until", "end_reason"], 1000)
    Withdrawal.objects.bulk_create([_withdrawal(actor, fact, reason, now) for fact in found], 1000)
    _leave_unknown(actor, found, now)
    changed = {fact.kind for fact in found}
    standings.after_facts(actor.organisation_id, changed, now)
    follow_up.follow(actor.organisation_id, changed)
    return len(found)


def _withdrew(actor: Actor, fact: Fact) -> bool:
    """Tell whether the same person withdrew what was known last of the same, from any source."""
    same = Fact.objects.filter(
        organisation_id=fact.organisation_id, kind=fact.kind, subject=fact.subject
    )
    last = Withdrawal.objects.filter(fact__in=same).order_by("withdrawn_at", "pk").last()
    by = last.withdrawn_by_id if last else None
    return by is not None and by == actor.user_id


def _leave_unknown(actor: Actor, withdrawn: Sequence[Fact], now: datetime) -> None:
    """Let what was withdrawn stand as not measured: no subject turns good by being left out."""
    known = [fact for fact in withdrawn if fact.state != "not_measured"]
    fact_rows.insert([_unknown(actor, fact, now) for fact in known])


def _unknown(actor: Actor, fact: Fact, now: datetime) -> NewFact:
    seen = Observation(fact.kind, fact.subject, "not_measured", {"text": WITHDRAWN})
    return NewFact(
        organisation_id=fact.organisation_id,
        kind=fact.kind,
        subject=fact.subject,
        member=fact.member,
        source=fact.source,
        state=seen.state,
        detail=seen.text,
        digest=seen.digest,
        since=now,
        state_since=now,
        validity=NOTHING_HOLDS,
        confirmed_at=fact.confirmed_at,
        recorded_at=now,
        recorded_by=actor.name,
    )


def _withdrawal(actor: Actor, fact: Fact, reason: str, now: datetime) -> Withdrawal:
    return Withdrawal(
        organisation_id=actor.organisation_id,
        fact=fact,
        reason=reason,
        withdrawn_by_id=actor.user_id,
        withdrawn_at=now,
    )


def _pin(fact: Fact) -> None:
    if fact.round is not None:
        # The next round must look at every subject again.
        Round.objects.filter(pk=fact.round.pk).update(all_confirmed=False)
        fact.confirmed_at, fact.round = fact.round.observed_at, None
