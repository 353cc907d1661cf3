# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The duty of a second step: decided per organisation, with time to prepare, kept at the door."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.identity.models import SecondStepDuty
from dijkring.identity.services import sessions

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LONGEST_PREPARATION = timedelta(days=366)


def duty_of(organisation_id: int) -> SecondStepDuty | None:
    """Return what the organisation decided; None when it never did."""
    found = SecondStepDuty.objects.select_related("decided_by")
    return found.filter(organisation_id=organisation_id).first()


def decide(*, actor: Actor, required: bool, from_at: datetime | None = None) -> SecondStepDuty:
    """Decide that everybody needs a second step from a moment on (default: now), or not."""
    actor.require("identity.manage")
    now = clock.now()
    moment = max(from_at or now, now) if required else None
    if moment and moment > now + LONGEST_PREPARATION:
        raise Refused(_("Choose a date within a year."), "from_at")
    found, _new = SecondStepDuty.objects.update_or_create(
        organisation_id=actor.organisation_id,
        defaults={
            "required": required,
            "from_at": moment,
            "decided_by_id": actor.user_id,
            "decided_at": now,
        },
    )
    return found


def is_in_force(organisation_id: int) -> bool:
    """Tell whether everybody needs a second step now."""
    return SecondStepDuty.objects.filter(
        organisation_id=organisation_id, required=True, from_at__lte=clock.now()
    ).exists()


def took_second_step(request: Any) -> bool:
    """Tell whether this session was opened with two steps; asks the database nothing."""
    way = sessions.opened(request)
    if way is not None and way["two_steps"]:
        return True
    records = get_authentication_records(request, request.user)
    return "mfa" in [record.get("method") for record in records]


def has_second_step(user_id: int) -> bool:
    """Tell whether a person has set up a second step; whoever has is always asked for it."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=STEPS).exists())


def with_second_step(user_ids: list[int]) -> set[int]:
    """Return who of these people have set up a second step."""
    rows = Authenticator.objects.filter(user_id__in=user_ids, type__in=STEPS)
    return set(rows.values_list("user_id", flat=True))
