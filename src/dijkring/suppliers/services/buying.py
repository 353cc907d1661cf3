# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the procurement calendar, and the explanations of open standards."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.suppliers import demands
from dijkring.suppliers.models import Procurement, StandardException
from dijkring.suppliers.services.suppliers import check_colleague

RIGHT = "suppliers.keep"
FIELDS = (
    "name", "state", "publish_on", "award_on", "start_on", "replaces", "contact", "owner_id",
    "shared", "joint", "note",
)  # fmt: skip
EXPLAINED = ("standard", "what", "procurement", "reason", "decided_on", "until", "reported_in")


def plan(*, actor: Actor, values: dict[str, Any], found: Procurement | None = None) -> Procurement:
    """Add or change something that is going to be bought; Refused for days out of order."""
    actor.require(RIGHT)
    found = found or Procurement(organisation_id=actor.organisation_id, added_at=clock.now())
    if not str(values.get("name", "")).strip():
        raise Refused(_("Say what is bought."), "name")
    days = [(field, values.get(field)) for field in ("publish_on", "award_on", "start_on")]
    known = [(field, day) for field, day in days if day]
    for (_field, before), (field, after) in pairwise(known):
        if after < before:
            raise Refused(_("This day comes before the first one."), field)
    replaces = values.get("replaces")
    if replaces is not None and replaces.organisation_id != actor.organisation_id:
        raise Refused(_("Choose from the list."), "replaces")
    check_colleague(actor, values.get("owner_id"), found.owner_id)
    for field in FIELDS:
        if field in values:
            setattr(found, field, values[field])
    found.save()
    return found


def explain(
    *, actor: Actor, values: dict[str, Any], found: StandardException | None = None
) -> StandardException:
    """Write down why an open standard was not asked for ('leg uit'), for the annual report."""
    actor.require(RIGHT)
    found = found or StandardException(organisation_id=actor.organisation_id, added_at=clock.now())
    if values["standard"] not in {*demands.standards(), found.standard}:
        raise Refused(_("Choose from the list."), "standard")
    if not values["reason"].strip():
        raise Refused(_("Give a reason."), "reason")
    if values["decided_on"] > clock.today():
        raise Refused(_("Choose today or a day in the past."), "decided_on")
    for field in EXPLAINED:
        if field in values:
            setattr(found, field, values[field])
    found.save()
    return found


def take_out(*, actor: Actor, found: StandardException, reason: str) -> None:
    """Take an explanation out that should not have been there, with a reason."""
    _toggle(actor, found, reason, out=True)


def put_back(*, actor: Actor, found: StandardException, reason: str) -> None:
    """Put an explanation back."""
    _toggle(actor, found, reason, out=False)


def _toggle(actor: Actor, found: StandardException, reason: str, *, out: bool) -> None:
    actor.require(RIGHT)
    if (found.removed_at is not None) == out:
        raise Refused(_("This was done already."))
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    found.removed_at = clock.now() if out else None
    found.save(update_fields=["removed_at"])
