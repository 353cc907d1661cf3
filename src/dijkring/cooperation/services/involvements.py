# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one organisation records about a co-operation for itself; nobody else sees it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dijkring.cooperation.models import Cooperation, Involvement, InvolvementDocument
from dijkring.cooperation.selectors import register
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Upload
from dijkring.organisations.services import colleagues

RIGHT = "cooperation.record"
FIELDS = (
    "our_task",
    "contact",
    "owner_id",
    "representative",
    "share",
    "contribution",
    "council",
)


def require_involved(actor: Actor, cooperation: Cooperation) -> None:
    """Raise Refused unless the organisation has something to do with the co-operation."""
    if not register.is_involved(cooperation, actor.organisation_id):
        raise Refused(_("Your organisation does not take part in this co-operation."))


def record(*, actor: Actor, cooperation: Cooperation, **values: Any) -> Involvement:
    """Record our side of a co-operation; `values` are some of FIELDS, the rest stays as it was."""
    actor.require(RIGHT)
    require_involved(actor, cooperation)
    _check(actor, values)
    found, _new = Involvement.objects.select_for_update().get_or_create(
        organisation_id=actor.organisation_id, cooperation=cooperation, defaults=values
    )
    for field, value in values.items():
        setattr(found, field, value)
    found.save()
    return found


def _check(actor: Actor, values: dict[str, Any]) -> None:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"no such fields: {', '.join(sorted(unknown))}")
    share, contribution = values.get("share"), values.get("contribution")
    if share is not None and not Decimal(0) <= share <= Decimal(100):
        raise Refused(_("A share lies between 0 and 100 percent."), "share")
    if contribution is not None and contribution < 0:
        raise Refused(_("A contribution is not below zero."), "contribution")
    known = {member.user_id for member in colleagues(actor.organisation_id)}
    if values.get("owner_id") is not None and values["owner_id"] not in known:
        raise Refused(_("Choose somebody of your own organisation."), "owner_id")


def attach(*, actor: Actor, cooperation: Cooperation, upload: Upload) -> InvolvementDocument:
    """Keep a document of our own with a co-operation; again it changes nothing."""
    actor.require(RIGHT)
    require_involved(actor, cooperation)
    found, _new = InvolvementDocument.objects.get_or_create(
        organisation_id=actor.organisation_id, cooperation=cooperation, upload=upload
    )
    return found


def detach(*, actor: Actor, document: InvolvementDocument) -> None:
    """Let go of a document; the document itself stays among the documents."""
    actor.require(RIGHT)
    document.delete()
