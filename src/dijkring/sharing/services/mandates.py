# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may sign agreements for an organisation."""

from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS, Actor, Role
from dijkring.core.errors import Refused
from dijkring.organisations.models import Membership
from dijkring.sharing import selectors
from dijkring.sharing.models import Mandate

BY_ROLE = frozenset({Role.BOARD, Role.SECRETARY})


def give(*, actor: Actor, user_id: int, decision: str, until: datetime) -> Mandate:
    """Let a colleague sign agreements until a moment, by a decision that is named."""
    actor.require("sharing.mandate")
    now = clock.now()
    if until <= now:
        raise Refused(_("Choose an end in the future."), "until")
    members = Membership.objects.filter(organisation_id=actor.organisation_id, until=None)
    if not members.filter(user_id=user_id).exists():
        raise Refused(_("Choose a colleague with access."), "user_id")
    return Mandate.objects.create(
        organisation_id=actor.organisation_id,
        user_id=user_id,
        decision=decision,
        since=now,
        until=until,
        given_by_id=actor.user_id,
    )


def withdraw(*, actor: Actor, mandate: Mandate, reason: str) -> None:
    """Take a mandate back at once; what was signed under it stands."""
    actor.require("sharing.mandate")
    tenancy.note_reason(reason)
    mandate.withdrawn_at = clock.now()
    mandate.save(update_fields=["withdrawn_at"])


def ground_of(actor: Actor) -> str:
    """Return in words on what ground a person may sign; raise Refused when there is none."""
    if actor.user_id is not None and actor.role in BY_ROLE:
        return str(ROLE_LABELS[Role(actor.role)])
    found = None
    if actor.user_id is not None:
        found = selectors.running_mandate(actor.organisation_id, actor.user_id)
    if found is None:
        raise Refused(
            _(
                "You have no mandate to sign this. Let the board or the secretary sign, or let "
                "them register a mandate for you."
            )
        )
    return found.decision
