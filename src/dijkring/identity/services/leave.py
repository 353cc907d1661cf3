# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Access that ends because the provider says so."""

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.leaving import Leaving, carry_out
from dijkring.organisations.models import Membership
from dijkring.organisations.services import MANAGERS


def by_provider(actor: Actor, membership: Membership | None) -> None:
    """End the access of somebody whom no rule lets in; the last who can give access stays one.

    The provider itself lets nobody in then, either way; a password or passkey may still.
    """
    if membership is None or is_last_manager(membership, ""):
        return
    tenancy.note_reason("no rule")
    membership.until = clock.now()
    membership.save(update_fields=["until"])
    carry_out(Leaving(actor, membership.user_id))


def is_last_manager(membership: Membership, role: str) -> bool:
    """Tell whether nobody could give access any more if this person got another role."""
    if role in MANAGERS or membership.role not in MANAGERS:
        return False
    others = Membership.objects.select_for_update().filter(
        organisation_id=membership.organisation_id, until=None, role__in=MANAGERS
    )
    return set(others.values_list("user_id", flat=True)) == {membership.user_id}
