# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Break-glass: an account in an envelope, opened once with the code on paper, never quietly."""

import secrets
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock, events, tenancy
from dijkring.core.access import ROLE_LABELS, Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving, carry_out
from dijkring.core.tenancy import transaction_for
from dijkring.identity.models import BreakGlass, BreakGlassUse
from dijkring.identity.services import sessions
from dijkring.identity.services.accounts import new_account
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member, hash_token

USED, TESTED = "identity.break_glass_used", "identity.break_glass_tested"
# Without letters and digits that look alike on paper; 30 of 31 signs hold 148 bits.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, GROUP = 6, 5


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that was broken: who is let in, and where."""

    user: User
    use: BreakGlassUse


def make(*, actor: Actor, name: str, role: str, keeper: str) -> tuple[BreakGlass, str]:
    """Make an account for one role in a crisis; returns it with the code, which exists only now."""
    actor.require("identity.manage")
    if role not in ROLE_LABELS:
        raise Refused(_("Choose a role from the list."), "role")
    account = BreakGlass.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        role=role,
        keeper=keeper,
        user=new_account(_("Break-glass: %(name)s") % {"name": name}),
    )
    add_member(organisation_id=actor.organisation_id, user=account.user, role=role)
    return account, seal(actor=actor, account=account)


def seal(*, actor: Actor, account: BreakGlass) -> str:
    """Seal an account with a new code; the old one stops working. Only its hash is kept."""
    actor.require("identity.manage")
    if account.withdrawn_at:
        raise Refused(_("This account was withdrawn."))
    code = "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS)
    )
    account.code_hash = hash_token(plain(code))
    account.sealed_at, account.sealed_by_id = clock.now(), actor.user_id
    account.save(update_fields=["code_hash", "sealed_at", "sealed_by"])
    return code


def plain(code: str) -> str:
    """Return a code as it is hashed: capitals and digits only, however it was typed."""
    return "".join(sign for sign in code.upper() if sign in SIGNS)


def withdraw(*, actor: Actor, account: BreakGlass, reason: str = "") -> None:
    """Withdraw an account: its code stops working, its access and sessions end."""
    actor.require("identity.manage")
    tenancy.note_reason(reason)
    account.code_hash, account.withdrawn_at = None, clock.now()
    account.save(update_fields=["code_hash", "withdrawn_at"])
    Membership.objects.filter(
        organisation_id=account.organisation_id, user=account.user, until=None
    ).update(until=clock.now())
    carry_out(Leaving(actor, account.user_id))


def break_seal(
    *, organisation_id: int, code: str, why: str, who: str, reason: str, address: str | None
) -> Broken:
    """Let somebody in with the code; it works once, and everybody will know.

    Raises Refused for a code that is not the one of a sealed account of this organisation.
    """
    account_id = _find(organisation_id, hash_token(plain(code)))
    actor = Actor(organisation_id, who, kind="system")
    with transaction_for([organisation_id], actor):
        account = BreakGlass.objects.select_for_update().get(pk=account_id)
        if account.code_hash != hash_token(plain(code)):
            raise _wrong()
        use = BreakGlassUse.objects.create(
            organisation_id=organisation_id,
            account=account,
            why=why,
            who=who,
            reason=reason,
            address=address,
            used_at=clock.now(),
        )
        account.code_hash, account.tested_at = None, use.used_at
        account.save(update_fields=["code_hash", "tested_at"])
        events.publish(USED, organisation_id=organisation_id, use=use.pk)
        events.publish(TESTED, organisation_id=organisation_id, use=use.pk)
        return Broken(User.objects.get(pk=account.user_id), use)


def _find(organisation_id: int, hash: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, organisation_id FROM door_break_glass(%s)", [hash])
        found = cursor.fetchone()
    if found is None or found[1] != organisation_id:
        raise _wrong()
    return int(found[0])


def _wrong() -> Refused:
    return Refused(
        _("This code does not work. A code works once, until a new one is made."), "code"
    )


def review(*, actor: Actor, use: BreakGlassUse, text: str) -> None:
    """Write down what a look at the use brought; the notice on today's page ends."""
    actor.require("identity.review")
    if use.reviewed_at:
        raise Refused(_("Somebody has looked at this already."))
    use.reviewed_at, use.reviewed_by_id, use.review = clock.now(), actor.user_id, text
    use.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    sessions.end(use.account.user_id)
