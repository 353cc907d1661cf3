# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who came along: invited by name, and confirmed as the same person by a colleague."""

import pgtrigger
from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS, Actor
from dijkring.core.errors import Refused
from dijkring.organisations import services as organisations
from dijkring.organisations.models import Membership, User
from dijkring.portability.models import Newcomer
from dijkring.portability.whole.tables import USERS, moving
from dijkring.portability.whole.taking_in import ignore


def invite(*, actor: Actor, newcomer: Newcomer, role: str) -> str:
    """Invite somebody who came along; returns the token of the invitation.

    Nothing is linked by it: that takes somebody who confirms, after the person has come.
    """
    actor.require("organisations.invite")
    if newcomer.joined_id is not None:
        raise Refused(_("This person is here already."))
    if role not in ROLE_LABELS:
        raise Refused(_("Choose a role from the list."), "role")
    if not newcomer.email:
        raise Refused(_("This person has no e-mail address."))
    _invitation, token = organisations.invite(actor=actor, email=newcomer.email, role=role)
    newcomer.invited_at = clock.now()
    newcomer.save(update_fields=["invited_at"])
    return token


def candidates(newcomer: Newcomer) -> list[User]:
    """Return the colleagues who may be this person: those who joined with the same address."""
    rows = Membership.objects.filter(
        organisation_id=newcomer.organisation_id, until=None, user__email=newcomer.email.lower()
    )
    return [row.user for row in rows.select_related("user")]


def confirm(*, actor: Actor, newcomer: Newcomer, user: User) -> Newcomer:
    """Confirm that a colleague is the person who came along: what the stand-in did is theirs.

    The audit trail keeps the names as they were. Raises Refused for somebody from outside, or with
    another address.
    """
    actor.require("organisations.invite")
    if newcomer.joined_id is not None:
        raise Refused(_("This person is here already."))
    if user not in candidates(newcomer):
        raise Refused(_("Only a colleague who joined with this e-mail address can be this person."))
    tenancy.note_reason(_("%(name)s is the same person") % {"name": newcomer.name})
    _hand_over(newcomer, user)
    newcomer.joined, newcomer.joined_at = user, clock.now()
    newcomer.save(update_fields=["joined", "joined_at"])
    return newcomer


def _guards() -> list[str]:
    return [
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, pgtrigger.ReadOnly | pgtrigger.Protect)
    ]


def _hand_over(newcomer: Newcomer, user: User) -> None:
    """Let every row of the organisation that names the stand-in name the person."""
    # Rows that may not change keep what they say: only the account of the same person is another.
    ignore(_guards())
    with connection.cursor() as cursor:
        for table in moving():
            columns = [name for name, target in table.references.items() if target == USERS]
            for column in [] if table.history else columns:
                cursor.execute(
                    f'UPDATE {table.name} SET "{column}" = %s '  # noqa: S608 -- own names
                    f'WHERE organisation_id = %s AND "{column}" = %s',
                    [user.pk, newcomer.organisation_id, newcomer.stand_in_id],
                )
    ignore([])
