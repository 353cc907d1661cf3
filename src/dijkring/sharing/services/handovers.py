# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing something to another organisation: sent by the one, taken up once by the other.

A higher room registers a kind with a handler in its `apps.py`. Nobody writes another's rows: the
handler runs as a job that acts for the receiver.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover

LARGEST = 256 * 1024
Handler = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of handover: its words, the right to send it and what the receiver does with it."""

    id: str
    label: Promise | str
    right: str
    handler: Handler


_kinds: dict[str, Kind] = {}


def register(kind: str, label: Promise | str, right: str, handler: Handler) -> None:
    """Register a kind; the handler gets `actor` (Dijkring for the receiver) and `handover`."""
    _kinds[kind] = Kind(kind, label, right, handler)


def label_of(kind: str) -> str:
    """Return the words of a kind; the kind itself when no room knows it any more."""
    return str(_kinds[kind].label) if kind in _kinds else kind


def send(*, actor: Actor, receiver_id: int, kind: str, payload: dict[str, Any]) -> Handover:
    """Bring something to another organisation; a job takes it up there. JSON up to 256 kB."""
    if kind not in _kinds:
        raise Refused(_("This cannot be handed over."), "kind")
    actor.require(_kinds[kind].right)
    if receiver_id == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "receiver_id")
    if not Organisation.objects.filter(pk=receiver_id).exists():
        raise Refused(_("This organisation does not exist."), "receiver_id")
    if len(json.dumps(payload)) > LARGEST:
        raise Refused(_("This is too large to hand over."), "payload")
    made = Handover.objects.create(
        organisation_id=actor.organisation_id,
        receiver_id=receiver_id,
        kind=kind,
        payload=payload,
        sent_by_id=actor.user_id,
        made_at=clock.now(),
    )
    app.configure_task("sharing.take").defer(handover_id=made.pk, receiver_id=receiver_id)
    return made


def take(*, receiver_id: int, handover_id: int) -> bool:
    """Take a handover up, acting for the receiver; False when it was taken or is not for it.

    What the handler refuses stays visible for the sender, with the reason, and changes nothing.
    """
    actor = system_actor(receiver_id)
    with transaction.atomic(), acting_for([receiver_id], actor):
        found = (
            Handover.objects.select_for_update()
            .filter(pk=handover_id, receiver_id=receiver_id, taken_at=None)
            .first()
        )
        if found is None:
            return False
        try:
            with transaction.atomic():
                _kinds[found.kind].handler(actor=actor, handover=found)
        except Refused as refused:
            found.refusal = refused.message[:500]
        found.taken_at = clock.now()
        found.save(update_fields=["taken_at", "refusal"])
    return True
