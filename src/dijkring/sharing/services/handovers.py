# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing something to another organisation: sent by the one, taken up once by the other.

A higher room registers a kind with a handler in its `apps.py`. Nobody writes another's rows: the
handler runs as a job that acts for the receiver, and somebody there accepts or declines.
"""

import json
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock, events
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.sharing import kinds, partners
from dijkring.sharing.models import Handover

LARGEST = 256 * 1024
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# What the sender is told of: an answer, and that it could not be taken up.
ANSWERED, FAILED = "handover.answered", "handover.failed"


def send(
    *,
    actor: Actor,
    receiver_id: int,
    kind: str,
    payload: dict[str, Any],
    repeats: Handover | None = None,
) -> Handover:
    """Bring something to an organisation with which one co-operates. JSON up to 256 kB.

    A job takes it up there. `repeats` is an earlier handover that was refused there.
    """
    known = kinds.find(kind)
    if known is None:
        raise Refused(_("This cannot be handed over."), "kind")
    actor.require(known.right)
    if receiver_id == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "receiver_id")
    if not partners.is_partner(actor.organisation_id, receiver_id):
        raise Refused(
            _("You can only hand something over to an organisation with which you co-operate."),
            "receiver_id",
        )
    if len(json.dumps(payload)) > LARGEST:
        raise Refused(_("This is too large to hand over."), "payload")
    made = Handover.objects.create(
        organisation_id=actor.organisation_id,
        receiver_id=receiver_id,
        kind=kind,
        payload=payload,
        sent_by_id=actor.user_id,
        made_at=clock.now(),
        repeats=repeats,
    )
    _queue(made)
    return made


def _queue(handover: Handover) -> None:
    ids = {"handover_id": handover.pk, "receiver_id": handover.receiver_id}
    app.configure_task("sharing.take").defer(**ids)


def retry(*, actor: Actor, handover: Handover) -> Handover:
    """Try again what failed: the same handover, or a new one for what was refused.

    Raises Refused while it is under way, and for what was taken up or repeated already.
    """
    known = kinds.find(handover.kind)
    if known is None:
        raise Refused(_("This cannot be handed over."))
    actor.require(known.right)
    # Two who press the button at once wait for each other.
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"handover {handover.pk}"])
    found = Handover.objects.get(pk=handover.pk, organisation_id=actor.organisation_id)
    if not may_retry(found):
        raise Refused(_("There is nothing to try again here."))
    if found.taken_at is None:
        _queue(found)
        return found
    return send(
        actor=actor,
        receiver_id=found.receiver_id,
        kind=found.kind,
        payload=found.payload,
        repeats=found,
    )


def may_retry(handover: Handover) -> bool:
    """Tell whether a handover failed: it could not be taken up, or was refused and not repeated."""
    if handover.taken_at is None:
        return handover.failed_at is not None
    refused = bool(handover.refusal)
    return refused and not Handover.objects.filter(repeats=handover).exists()


def take(*, receiver_id: int, handover_id: int) -> bool:
    """Take a handover up, acting for the receiver; False when it was taken or is not for it.

    What the handler refuses stays visible for the sender, with the reason, and changes nothing.
    """
    actor = system_actor(receiver_id)
    with transaction_for([receiver_id], actor):
        found = (
            Handover.objects.select_for_update()
            .filter(pk=handover_id, receiver_id=receiver_id, taken_at=None)
            .first()
        )
        if found is None:
            return False
        try:
            with transaction.atomic():
                kinds.get(found.kind).handler(actor=actor, handover=found)
        except Refused as refused:
            found.refusal = refused.message[:500]
            _tell_sender(FAILED, found)
        found.taken_at, found.failed_at = clock.now(), None
        found.save(update_fields=["taken_at", "failed_at", "refusal"])
    return True


def note_failure(*, receiver_id: int, handover_id: int) -> None:
    """Write down that taking it up failed, so that the sender sees it and can try again."""
    with transaction_for([receiver_id], system_actor(receiver_id)):
        found = Handover.objects.select_for_update().get(pk=handover_id)
        if found.taken_at is None:
            found.failed_at = clock.now()
            found.save(update_fields=["failed_at"])
            _tell_sender(FAILED, found)


def answer(*, actor: Actor, handover: Handover, accepted: bool, reason: str = "") -> None:
    """Accept or decline what was taken up, once, for the receiver; declining asks for a reason."""
    actor.require(kinds.get(handover.kind).answering)
    rows = Handover.objects.select_for_update().filter(receiver_id=actor.organisation_id)
    found = rows.filter(pk=handover.pk, taken_at__isnull=False, refusal="").first()
    if found is None:
        raise Refused(_("This was not handed over to you."))
    if found.answer:
        raise Refused(_("Somebody has answered this already."))
    if not accepted and not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    found.answer = Handover.Answer.ACCEPTED if accepted else Handover.Answer.DECLINED
    found.answered_at, found.answered_by = clock.now(), actor.name
    found.answer_reason = reason.strip()[:500]
    found.save(update_fields=["answer", "answered_at", "answered_by", "answer_reason"])
    _tell_sender(ANSWERED, found)


def _tell_sender(event: str, handover: Handover) -> None:
    events.publish(event, organisation_id=handover.organisation_id, handover=handover.pk)
