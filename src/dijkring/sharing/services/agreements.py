# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of an agreement: drafted, signed by the giver, signed by the receiver, ended."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.sharing.models import (
    FLOW,
    ONLY_AS_FACT,
    Agreement,
    Detail,
    Record,
    Signature,
    Tlp,
)
from dijkring.sharing.services import mandates

DRAFT, SIGNED, ENDED = Agreement.State.DRAFT, Agreement.State.SIGNED, Agreement.State.ENDED


def draft(
    *,
    actor: Actor,
    receiver_id: int,
    records: Collection[str],
    legal_basis: str,
    purpose: str,
    starts_at: datetime,
    ends_at: datetime,
    detail: str = Detail.AGGREGATE,
    tlp: str = Tlp.AMBER,
) -> Agreement:
    """Draft an agreement by which the actor's organisation lets another see something."""
    actor.require("sharing.draft")
    terms: dict[str, Any] = {
        "receiver_id": receiver_id,
        "records": sorted(records),
        "detail": detail,
        "legal_basis": legal_basis.strip(),
        "purpose": purpose.strip(),
        "tlp": tlp,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    _check(actor, terms)
    return Agreement.objects.create(
        organisation_id=actor.organisation_id,
        drafted_by_id=actor.user_id,
        drafted_at=clock.now(),
        **terms,
    )


def change(*, actor: Actor, agreement: Agreement, **terms: Any) -> None:
    """Change a draft; what has been signed stands."""
    actor.require("sharing.draft")
    _ours(actor, agreement)
    if agreement.state != DRAFT:
        raise Refused(_("This agreement has been signed. End it and make a new one."))
    terms["records"] = sorted(terms["records"])
    _check(actor, terms)
    for name, value in terms.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(terms))


def _check(actor: Actor, terms: dict[str, Any]) -> None:
    if terms["receiver_id"] == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "receiver_id")
    if not terms["records"] or set(terms["records"]) - set(Record.values):
        raise Refused(_("Choose what is shared."), "records")
    if terms["detail"] not in Detail.values or terms["tlp"] not in Tlp.values:
        raise Refused(_("Choose from the list."), "detail")
    if terms["detail"] != Detail.FACT and ONLY_AS_FACT & set(terms["records"]):
        raise Refused(
            _(
                "Judgements, actions and the landscape can only be shared as they are: choose "
                "'the facts'."
            ),
            "detail",
        )
    if not terms["legal_basis"] or not terms["purpose"]:
        raise Refused(_("Name the legal ground and the purpose."), "legal_basis")
    if not clock.now() < terms["ends_at"] > terms["starts_at"]:
        raise Refused(_("Choose an end after the start and after today."), "ends_at")


def _ours(actor: Actor, agreement: Agreement) -> None:
    if agreement.organisation_id != actor.organisation_id:
        raise Refused(_("Only the organisation that shares can do this."))


def sign(*, actor: Actor, agreement: Agreement) -> Signature:
    """Sign for one's own side: the giver offers by signing, the receiver accepts by signing.

    Raises Refused for a person without a mandate, for a receiver before the giver, and for what
    has ended.
    """
    actor.require("sharing.sign")
    ground = mandates.ground_of(actor)
    found = Agreement.objects.filter(pk=agreement.pk).first()
    if found is None:
        # The database hides from the receiver what has not been offered.
        raise Refused(_("This agreement has not been offered to you."))
    if found.state == ENDED or found.ends_at <= clock.now():
        raise Refused(_("This agreement has ended."))
    if actor.organisation_id == found.organisation_id:
        return _offer(actor, agreement, ground)
    if actor.organisation_id != found.receiver_id or found.state != SIGNED:
        raise Refused(_("This agreement has not been offered to you."))
    return _sign(actor, found, ground, found.organisation_id)


def _offer(actor: Actor, agreement: Agreement, ground: str) -> Signature:
    # Two who sign at once wait for each other.
    found = Agreement.objects.select_for_update().get(pk=agreement.pk)
    FLOW.move(found.state, SIGNED)
    made = _sign(actor, found, ground, found.receiver_id)
    found.state = agreement.state = SIGNED
    found.offered_at = made.signed_at
    found.save(update_fields=["state", "offered_at"])
    return made


def _sign(actor: Actor, agreement: Agreement, ground: str, other_id: int) -> Signature:
    if Signature.objects.filter(
        agreement=agreement, organisation_id=actor.organisation_id
    ).exists():
        raise Refused(_("Your organisation has signed this already."))
    return Signature.objects.create(
        organisation_id=actor.organisation_id,
        other_id=other_id,
        agreement=agreement,
        signed_by_id=actor.user_id,
        name=actor.name,
        ground=ground,
        signed_at=clock.now(),
    )


def end(*, actor: Actor, agreement: Agreement, reason: str) -> None:
    """End an agreement at once, from either side, with a reason; inherited copies end with it."""
    actor.require("sharing.end")
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    if agreement.organisation_id == actor.organisation_id:
        _end(agreement, reason)
    else:
        _withdraw(actor, agreement, reason)
    app.configure_task("sharing.ended").defer(
        agreement_id=agreement.pk, receiver_id=agreement.receiver_id
    )


def _end(agreement: Agreement, reason: str) -> None:
    found = Agreement.objects.select_for_update().get(pk=agreement.pk)
    FLOW.move(found.state, ENDED)
    found.state = agreement.state = ENDED
    found.ended_at, found.end_reason = clock.now(), reason
    found.save(update_fields=["state", "ended_at", "end_reason"])


def _withdraw(actor: Actor, agreement: Agreement, reason: str) -> None:
    changed = Signature.objects.filter(
        agreement=agreement, organisation_id=actor.organisation_id, withdrawn_at=None
    ).update(withdrawn_at=clock.now(), withdrawal_reason=reason)
    if not changed:
        raise Refused(_("Your organisation has not signed this."))
