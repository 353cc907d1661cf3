# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing the answers of a supplier over to a municipality that agreed to share answers.

Both organisations share answers, the supplier said that others may use them, and somebody there
takes them over or declines. What is handed over is a copy: what changes here stays here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.organisations.models import Organisation
from dijkring.sharing import kinds
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.suppliers import words
from dijkring.suppliers.models import Inquiry, Reply, Supplier, SupplierSharing
from dijkring.suppliers.selectors import inquiries as selectors
from dijkring.suppliers.services import suppliers, watching
from dijkring.suppliers.services.inquiries import LONGEST, MOST_DEMANDS, RIGHT
from dijkring.ui.words import date_words

KIND = selectors.KIND
ANSWERS = SupplierSharing.What.ANSWERS


def register() -> None:
    """Register the kind of handover of this room."""
    kinds.register(
        kinds.Kind(
            KIND,
            gettext_lazy("Answers of a supplier"),
            right=RIGHT,
            handler=take_up,
            answering=RIGHT,
            title=lambda payload: str(payload.get("supplier", "")),
            rows=rows_of,
        )
    )


def rows_of(payload: dict[str, Any]) -> Sequence[tuple[Any, Any]]:
    """Show what goes to the other, as labels with values."""
    moment = payload.get("submitted_at")
    return [
        (_("Supplier"), payload.get("supplier")),
        (_("Number in the trade register (KvK)"), payload.get("kvk")),
        (_("Demands"), words.in_tongue(payload.get("title") or {"nl": "", "en": ""})),
        (_("Version"), payload.get("version")),
        (_("Answers"), len(payload.get("replies") or {})),
        (_("Answered by"), payload.get("submitted_by")),
        (_("Answered"), date_words(datetime.fromisoformat(moment)) if moment else None),
    ]


def hand_over(*, actor: Actor, inquiry: Inquiry, receiver: Organisation) -> Handover:
    """Hand the answers of a supplier over to an organisation with which we co-operate.

    Refused when they were not sent in, when the supplier did not agree, when they came from
    another, and while we do not share answers ourselves.
    """
    actor.require(RIGHT)
    found = Inquiry.objects.select_related("supplier").get(
        pk=inquiry.pk, organisation_id=actor.organisation_id
    )
    if found.submitted_at is None or found.taken_from:
        raise Refused(_("Only what a supplier answered to us can be handed over."))
    if not found.may_travel:
        raise Refused(_("The supplier did not agree that others use these answers."))
    if ANSWERS not in selectors.shares(actor.organisation_id):
        raise Refused(_("Share answers of suppliers first."))
    payload = payload_of(found)
    return handovers.send(actor=actor, receiver_id=receiver.pk, kind=KIND, payload=payload)


def payload_of(found: Inquiry) -> dict[str, Any]:
    """Return what goes to the other."""
    return {
        "supplier": found.supplier.name,
        "kvk": found.supplier.kvk,
        "pack": found.pack,
        "version": found.version,
        "title": found.title,
        "demands": found.demands,
        "submitted_at": found.submitted_at.isoformat() if found.submitted_at else "",
        "submitted_by": found.submitted_by,
        "replies": {one.demand: [one.choice, one.words] for one in found.replies.all()},
    }


def take_up(*, actor: Actor, handover: Handover) -> None:
    """Let it wait for somebody there; Refused when the receiver did not agree to share answers."""
    _check(handover.payload)
    if ANSWERS not in selectors.shares(actor.organisation_id):
        raise Refused(_("The receiver does not share answers of suppliers."))


def _check(payload: dict[str, Any]) -> None:
    """Refuse what no questionnaire of ours could have been."""
    demands, replies = payload.get("demands"), payload.get("replies")
    if not isinstance(demands, list) or not isinstance(replies, dict):
        raise Refused(_("This is no questionnaire."))
    if not str(payload.get("supplier") or "").strip():
        raise Refused(_("This is no questionnaire."))
    known = {row.get("id") for row in demands if isinstance(row, dict)}
    if len(demands) > MOST_DEMANDS or len(known) != len(demands) or set(replies) - known:
        raise Refused(_("This is no questionnaire."))
    for row in replies.values():
        choice, said = row if isinstance(row, list) and len(row) == 2 else ("", None)
        if choice not in Reply.Choice.values or len(str(said or "")) > LONGEST:
            raise Refused(_("This is no questionnaire."))


def accept(*, actor: Actor, handover: Handover) -> Inquiry:
    """Keep what was handed over with the same supplier of ours, which is added when it lacks."""
    actor.require(RIGHT)
    payload = handover.payload
    _check(payload)
    kept = Inquiry.objects.create(
        organisation_id=actor.organisation_id,
        supplier=_supplier(actor, payload),
        pack=str(payload["pack"])[:60],
        version=str(payload["version"])[:20],
        title=payload["title"],
        demands=payload["demands"],
        name=str(payload["submitted_by"])[:120],
        asked_by_id=actor.user_id,
        asked_at=clock.now(),
        expires_at=clock.now(),
        submitted_at=datetime.fromisoformat(payload["submitted_at"]),
        submitted_by=str(payload["submitted_by"])[:120],
        taken_from=str(handover.organisation)[:120],
    )
    Reply.objects.bulk_create(
        Reply(
            organisation_id=actor.organisation_id,
            inquiry=kept,
            demand=demand[:40],
            choice=choice,
            words=said or "",
            saved_at=kept.asked_at,
        )
        for demand, (choice, said) in payload["replies"].items()
    )
    handovers.answer(actor=actor, handover=handover, accepted=True)
    watching.observe(actor.organisation_id)
    return kept


def decline(*, actor: Actor, handover: Handover, reason: str) -> None:
    """Decline what was handed over; the sender sees the reason."""
    handovers.answer(actor=actor, handover=handover, accepted=False, reason=reason)


def _supplier(actor: Actor, payload: dict[str, Any]) -> Supplier:
    name, kvk = str(payload["supplier"])[:160], str(payload.get("kvk") or "")[:8]
    ours = Supplier.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    same = ours.filter(kvk=kvk).first() if kvk else None
    named = ours.filter(name__iexact=name).first()
    if same is None and named is not None and kvk and named.kvk not in ("", kvk):
        # Two companies can bear one name; the number in the trade register tells them apart.
        name, named = f"{name[:140]} (KvK {kvk})", None
    found = same or named
    return found or suppliers.add(actor=actor, wanted=suppliers.Wanted(name, kvk=kvk))
