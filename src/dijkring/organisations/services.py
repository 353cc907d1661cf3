# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of organisations: invite, accept, end access, give and withdraw tokens."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS, Actor, Role, system_actor
from dijkring.core.errors import Refused
from dijkring.organisations.models import ApiToken, Invitation, Membership, User

INVITATION_DAYS = 14
LONGEST_TOKEN = timedelta(days=366)


def hash_token(token: str) -> str:
    """Return the hash under which a token is kept: SHA-256 of 256 random bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, actor: Actor, email: str, role: str) -> tuple[Invitation, str]:
    """Invite somebody by e-mail address; returns the invitation and the token for the link."""
    actor.require("organisations.invite")
    if role not in ROLE_LABELS:
        raise Refused(_("Choose a role from the list."), "role")
    token = secrets.token_urlsafe(32)
    now = clock.now()
    invitation = Invitation.objects.create(
        organisation_id=actor.organisation_id,
        email=email.lower(),
        role=role,
        token_hash=hash_token(token),
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return invitation, token


def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Withdraw an invitation that was not accepted yet."""
    actor.require("organisations.invite")
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])


def find_invitation(token: str) -> tuple[int, int] | None:
    """Return (invitation, organisation) of a token, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, organisation_id FROM door_invitation(%s)", [hash_token(token)])
        return cursor.fetchone()  # type: ignore[no-any-return]


def accept_invitation(*, token: str, name: str, password: str) -> User:
    """Accept an invitation: makes the account (or uses the one with that address and password)."""
    found = find_invitation(token)
    if found is None:
        raise Refused(_("This invitation does not exist. Ask for a new one."))
    with transaction.atomic(), tenancy.acting_for([found[1]], system_actor(found[1])):
        invitation = Invitation.objects.select_for_update().get(id=found[0])
        _check_open(invitation)
        user = _account(invitation.email, name, password)
        add_member(organisation_id=found[1], user=user, role=invitation.role)
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
    return user


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= clock.now():
        raise Refused(_("This invitation has been used or has ended. Ask for a new one."))


def _account(email: str, name: str, password: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), "password") from error
        return User.objects.create_user(email, password, name=name)
    if not user.check_password(password):
        raise Refused(_("You have an account already. Enter the password of that account."), "password")
    return user


def add_member(*, organisation_id: int, user: User, role: str) -> Membership:
    """Give a person a role from now on; an earlier role ends."""
    now = clock.now()
    Membership.objects.filter(organisation_id=organisation_id, user=user, until=None).update(until=now)
    return Membership.objects.create(organisation_id=organisation_id, user=user, role=role, since=now)


def end_membership(*, actor: Actor, membership: Membership) -> None:
    """End somebody's access; the last CISO or administrator stays."""
    actor.require("organisations.invite")
    managers = Membership.objects.filter(
        organisation_id=actor.organisation_id, until=None, role__in=[Role.CISO, Role.ADMINISTRATOR]
    ).exclude(id=membership.id)
    if not managers.exists():
        raise Refused(_("This is the last person who can give access. Give somebody else that role first."))
    membership.until = clock.now()
    membership.save(update_fields=["until"])


def create_token(
    *, actor: Actor, name: str, scopes: Sequence[str], kinds: Sequence[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """Make an API token; the token itself is returned once and kept nowhere."""
    actor.require("organisations.tokens")
    now = clock.now()
    if not now < expires_at <= now + LONGEST_TOKEN:
        raise Refused(_("A token is valid for at most a year. Choose an earlier date."), "expires_at")
    token = f"dr_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        prefix=token[:8],
        token_hash=hash_token(token),
        scopes=list(scopes),
        kinds=list(kinds),
        created_by_id=actor.user_id,
        created_at=now,
        expires_at=expires_at,
    )
    return made, token


def withdraw_token(*, actor: Actor, token: ApiToken) -> None:
    """Withdraw a token at once."""
    actor.require("organisations.tokens")
    token.withdrawn_at = clock.now()
    token.save(update_fields=["withdrawn_at"])


def colleagues(organisation_id: int, roles: Iterable[str] = ()) -> list[Membership]:
    """Return the current members of an organisation, ordered by name."""
    members = Membership.objects.filter(organisation_id=organisation_id, until=None).select_related("user")
    wanted = set(roles)
    return [m for m in members.order_by("user__name") if not wanted or m.role in wanted]
