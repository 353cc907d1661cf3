# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coming in through the provider: identities keyed on issuer and subject, roles by the rules."""

from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.identity.models import Identity, IdentityProvider
from dijkring.identity.oidc.roles import role_of
from dijkring.identity.services import leave, providers
from dijkring.identity.services.accounts import new_account
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member

MOST_NAME, MOST_EMAIL = 120, 254


class NoAccess(Exception):
    """The provider vouches for the person, but the person may not come in; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def come_in(*, provider: IdentityProvider, claims: dict[str, Any]) -> User:
    """Return the account of whom the provider vouches for, with the role of the rules.

    Without rules the provider only proves who somebody is. With rules they decide: another role
    starts now, no rule means that access ends now. The outcome is stored also when it is no.
    """
    organisation_id = provider.organisation_id
    actor = Actor(organisation_id, provider.name, kind="system")
    with transaction_for([organisation_id], actor):
        _one_at_a_time(provider)
        rules = providers.rules_of(provider)
        role = role_of(claims, rules)
        identity = _known(provider, claims) or (_first_time(provider, claims) if role else None)
        allowed = identity is not None and _settle(actor, identity.user, role, bool(rules))
    if identity is None or not allowed or not identity.user.is_active:
        raise NoAccess("access")
    return identity.user


def _one_at_a_time(provider: IdentityProvider) -> None:
    """Wait for others who come in now, so that two first logins at once make one account."""
    row = IdentityProvider.objects.select_for_update().filter(pk=provider.pk, active=True).first()
    if row is None or row.issuer != provider.issuer:
        raise NoAccess("state")


def _known(provider: IdentityProvider, claims: dict[str, Any]) -> Identity | None:
    found = (
        Identity.objects.select_related("user")
        .filter(
            organisation_id=provider.organisation_id, issuer=provider.issuer, subject=claims["sub"]
        )
        .first()
    )
    if found is not None:
        found.claimed_email, found.seen_at = _text(claims, "email", MOST_EMAIL), clock.now()
        found.save(update_fields=["claimed_email", "seen_at"])
    return found


def _first_time(provider: IdentityProvider, claims: dict[str, Any]) -> Identity:
    """Make a new account; never the one of somebody who happens to have that e-mail address."""
    name = _text(claims, "name", MOST_NAME) or _text(claims, "preferred_username", MOST_NAME)
    return _tie(provider, claims, new_account(name or provider.name))


def _tie(provider: IdentityProvider, claims: dict[str, Any], user: User) -> Identity:
    now = clock.now()
    return Identity.objects.create(
        organisation_id=provider.organisation_id,
        user=user,
        issuer=provider.issuer,
        subject=claims["sub"],
        claimed_email=_text(claims, "email", MOST_EMAIL),
        created_at=now,
        seen_at=now,
    )


def _text(claims: dict[str, Any], name: str, most: int) -> str:
    found = claims.get(name)
    return found.replace("\x00", "").strip()[:most] if isinstance(found, str) else ""


def _settle(actor: Actor, user: User, role: str | None, ruled: bool) -> bool:
    """Give the role of the rules, from now; tell whether the person has access."""
    current = Membership.objects.filter(
        organisation_id=actor.organisation_id, user=user, until=None
    ).first()
    if not ruled:
        return current is not None
    if role is None:
        leave.by_provider(actor, current)
        return False
    if current is None or current.role != role:
        _change(actor, user, role, current)
    return True


def _change(actor: Actor, user: User, role: str, current: Membership | None) -> None:
    if current is not None and leave.is_last_manager(current, role):
        return
    add_member(organisation_id=actor.organisation_id, user=user, role=role)


def connect(*, user: User, provider: IdentityProvider, claims: dict[str, Any]) -> Identity:
    """Tie a login of the provider to the account of who is logged in and has access here.

    Raises NoAccess when that login belongs to another account or the person has no access.
    """
    organisation_id = provider.organisation_id
    actor = Actor(organisation_id, str(user), user_id=user.pk)
    with transaction_for([organisation_id], actor):
        _one_at_a_time(provider)
        mine = Membership.objects.filter(organisation_id=organisation_id, user=user, until=None)
        if not mine.exists():
            raise NoAccess("access")
        known = _known(provider, claims)
        if known is not None and known.user_id != user.pk:
            raise NoAccess("other")
        return known or _tie(provider, claims, user)


def provider_for_login(organisation_id: int) -> IdentityProvider:
    """Return the provider in use, before anybody is logged in; Refused when there is none."""
    actor = Actor(organisation_id, "Dijkring", kind="system")
    with transaction_for([organisation_id], actor):
        found = providers.provider_of(organisation_id)
    if found is None or not found.active:
        raise Refused("no provider")
    return found
