# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accepting that something deviates, by whom, why and until when; it turns nothing green."""

from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.actions import services as actions
from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Deviation
from dijkring.evidence.services import follow_up


def accept(
    *,
    actor: Actor,
    reason: str,
    ends_at: datetime,
    requirement: Requirement | None = None,
    kind: str = "",
    subject: str = "",
) -> Deviation:
    """Accept a deviation of a requirement or of one fact until an end date.

    Raises Refused without a reason, with a date in the past, or without something to deviate from.
    """
    actor.require("evidence.deviate")
    if not reason.strip():
        raise Refused(_("Give the reason for accepting this."), "reason")
    if ends_at <= clock.now():
        raise Refused(_("Choose a date in the future."), "ends_at")
    if (requirement is None) == (not kind):
        raise Refused(_("Accept a deviation of one requirement or of one fact."))
    tenancy.note_reason(reason)
    made = Deviation.objects.create(
        organisation_id=actor.organisation_id,
        requirement=requirement,
        kind=kind,
        subject=subject,
        reason=reason,
        accepted_by_id=actor.user_id,
        accepted_at=clock.now(),
        ends_at=ends_at,
    )
    if kind:
        actions.end_line(actor=actor, origin_kind=kind, subject=subject, reason=reason)
    return made


def end(*, actor: Actor, deviation: Deviation) -> None:
    """End an accepted deviation before its date; what still fails needs mending again."""
    actor.require("evidence.deviate")
    deviation.ended_at = clock.now()
    deviation.save(update_fields=["ended_at"])
    follow_up.follow(actor.organisation_id, {deviation.kind} - {""})
