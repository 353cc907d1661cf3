# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of organisations: invite, end access, give and withdraw tokens."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import structlog
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS, Actor, Role
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving, carry_out
from dijkring.organisations import letters
from dijkring.organisations.models import (
    ApiToken,
    Invitation,
    Membership,
    Organisation,
    Participation,
    User,
    sort_key,
)

log = structlog.get_logger(__name__)
MANAGERS = frozenset({Role.CISO, Role.ADMINISTRATOR})
INVITATION_DAYS = 14
LONGEST_TOKEN = timedelta(days=366)


def hash_token(token: str) -> str:
    """Return the hash under which a token is kept: SHA-256 of 256 random bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def register_organisation(*, kind: str, name: str, slug: str = "", **values: Any) -> Organisation:
    """Register a body; only the owner of the tables can, since which bodies exist is content.

    `values` are other columns (code, province, population, source). Raises Refused for an unknown
    kind and for a slug that is taken.
    """
    if kind not in Organisation.Kind.values:
        raise Refused(
            _("Choose a kind: %(kinds)s.") % {"kinds": ", ".join(Organisation.Kind.values)}, "kind"
        )
    slug = slug or slugify(name)
    if not slug or Organisation.objects.filter(slug=slug).exists():
        raise Refused(_("The short name '%(slug)s' cannot be used.") % {"slug": slug}, "slug")
    return Organisation.objects.create(
        kind=kind, name=name, sort_name=sort_key(name), slug=slug, **values
    )


def participate(
    *, body: Organisation, participant: Organisation, since: date, task: str = ""
) -> Participation:
    """Let an organisation take part in a body from a day on; only the owner of the tables can."""
    found, _new = Participation.objects.get_or_create(
        body=body, participant=participant, since=since, defaults={"task": task}
    )
    return found


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


def mail_invitation(
    *, invitation: Invitation, organisation: str, address: Callable[[str], str]
) -> bool:
    """Mail a link with a token of its own, which nobody else sees; `address` makes the link of it.

    False when there is no mail server or it does not take the letter.
    """
    if not settings.EMAIL_HOST:
        return False
    token = secrets.token_urlsafe(32)
    invitation.mailed_token_hash = hash_token(token)
    invitation.save(update_fields=["mailed_token_hash"])
    letter = letters.invitation(
        to=invitation.email, organisation=organisation, address=address(token), days=INVITATION_DAYS
    )
    try:
        return letter.send() == 1
    except (SMTPException, OSError):
        log.exception("invitation not mailed", invitation=invitation.pk)
        return False


def withdraw_invitation(*, actor: Actor, invitation: Invitation, reason: str = "") -> None:
    """Withdraw an invitation that was not accepted yet."""
    actor.require("organisations.invite")
    tenancy.note_reason(reason)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])


def add_member(*, organisation_id: int, user: User, role: str) -> Membership:
    """Give a person a role from now on; an earlier role ends."""
    now = clock.now()
    Membership.objects.filter(organisation_id=organisation_id, user=user, until=None).update(
        until=now
    )
    return Membership.objects.create(
        organisation_id=organisation_id, user=user, role=role, since=now
    )


def change_role(*, actor: Actor, membership: Membership, role: str) -> Membership:
    """Give a colleague another role from now on; the last CISO or administrator stays one."""
    actor.require("organisations.invite")
    if role not in ROLE_LABELS:
        raise Refused(_("Choose a role from the list."), "role")
    if role not in MANAGERS:
        check_manager_stays(actor.organisation_id, membership.user_id)
    return add_member(organisation_id=actor.organisation_id, user=membership.user, role=role)


def end_membership(
    *,
    actor: Actor,
    membership: Membership,
    reason: str = "",
    successor: Membership | None = None,
) -> list[str]:
    """End all access of a colleague in one act; the last CISO or administrator stays.

    Every room hands what the person owned to the successor, or to nobody, and ends the rest:
    tokens, sessions, feeds, links. Returns in words what was done.
    """
    actor.require("organisations.invite")
    check_manager_stays(actor.organisation_id, membership.user_id)
    if successor is not None and (successor.until or successor.user_id == membership.user_id):
        raise Refused(_("Choose a colleague who stays."), "successor")
    tenancy.note_reason(reason)
    membership.until = clock.now()
    membership.save(update_fields=["until"])
    return carry_out(Leaving(actor, membership.user_id, successor.user_id if successor else None))


def end_tokens(leaving: Leaving) -> list[str]:
    """Withdraw the tokens that somebody who leaves gave; the part of this room in a leave."""
    tokens = ApiToken.objects.filter(
        organisation_id=leaving.organisation_id,
        created_by_id=leaving.user_id,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    ended = tokens.update(withdrawn_at=clock.now())
    text = ngettext("%(count)d API token withdrawn", "%(count)d API tokens withdrawn", ended)
    return [text % {"count": ended}] if ended else []


def end_invitations(leaving: Leaving) -> list[str]:
    """Withdraw the open invitations to the address of somebody who leaves."""
    address = User.objects.filter(pk=leaving.user_id).values("email")
    found = Invitation.objects.filter(
        organisation_id=leaving.organisation_id,
        email__in=address,
        accepted_at=None,
        withdrawn_at=None,
    )
    ended = found.update(withdrawn_at=clock.now())
    return [_("An open invitation was withdrawn")] if ended else []


def check_manager_stays(organisation_id: int, user_id: int) -> None:
    """Refuse when nobody else could give access; two who leave at once wait for each other."""
    managers = Membership.objects.select_for_update().filter(
        organisation_id=organisation_id, until=None, role__in=MANAGERS
    )
    ids = set(managers.values_list("user_id", flat=True))
    if ids == {user_id}:
        raise Refused(
            _("This is the last person who can give access. Give somebody else that role first.")
        )


def create_token(
    *, actor: Actor, name: str, scopes: Sequence[str], kinds: Sequence[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """Make an API token; the token itself is returned once and kept nowhere."""
    actor.require("organisations.tokens")
    if actor.user_id is None:
        raise Refused(_("Only a person can give a token."))
    now = clock.now()
    if not now < expires_at <= now + LONGEST_TOKEN:
        raise Refused(
            _("A token is valid for at most a year. Choose an earlier date."), "expires_at"
        )
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


def withdraw_token(*, actor: Actor, token: ApiToken, reason: str = "") -> None:
    """Withdraw a token at once."""
    actor.require("organisations.tokens")
    tenancy.note_reason(reason)
    token.withdrawn_at = clock.now()
    token.save(update_fields=["withdrawn_at"])


def colleagues(organisation_id: int, roles: Iterable[str] = ()) -> list[Membership]:
    """Return the current members of an organisation, ordered by name."""
    members = Membership.objects.filter(organisation_id=organisation_id, until=None).select_related(
        "user"
    )
    wanted = set(roles)
    return [m for m in members.order_by("user__name") if not wanted or m.role in wanted]
