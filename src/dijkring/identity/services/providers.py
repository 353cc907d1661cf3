# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting up the identity provider of an organisation, trying it out and taking it in use."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.core.cache import cache
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS, Actor
from dijkring.core.errors import Refused
from dijkring.identity import environment, words
from dijkring.identity.models import Identity, IdentityProvider, RoleRule
from dijkring.identity.oidc.client import Client
from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.oidc.metadata import check_issuer
from dijkring.identity.oidc.roles import Rule
from dijkring.identity.sealing import seal, unseal
from dijkring.identity.services import sessions

log = structlog.get_logger(__name__)
MOST_RULES = 100


def provider_of(organisation_id: int) -> IdentityProvider | None:
    """Return the provider of an organisation, in use or not."""
    return IdentityProvider.objects.filter(organisation_id=organisation_id).first()


def client_of(provider: IdentityProvider) -> Client:
    """Return us as this provider knows us; ProviderError when the secret cannot be read."""
    secret = unseal(provider.sealed_secret)
    if secret is None:
        raise ProviderError("client", "secret sealed with another key")
    return Client(provider.issuer, provider.client_id, secret, environment.reach(), cache)


def set_up(*, actor: Actor, secret: str = "", **values: Any) -> IdentityProvider:
    """Set up the provider, or change it; another issuer or client needs its secret and a test.

    `values` are name, issuer, client_id, domains and two_steps.
    """
    actor.require("identity.manage")
    _check_address(values["issuer"])
    found = provider_of(actor.organisation_id) or IdentityProvider(
        organisation_id=actor.organisation_id
    )
    other = (found.issuer, found.client_id) != (values["issuer"], values["client_id"])
    for name in ("name", "issuer", "client_id", "domains", "two_steps"):
        setattr(found, name, values[name])
    # A secret never goes to another address than the one it was filled in for.
    if secret or other:
        found.sealed_secret = seal(secret)
        found.active, found.checked_at, found.check_result = False, None, ""
    found.save()
    if other:
        _end_sessions(found)
    return found


def _check_address(issuer: str) -> None:
    try:
        check_issuer(issuer)
    except ProviderError as error:
        raise Refused(words.result_words(error.code), "issuer") from None


def test(*, actor: Actor, provider: IdentityProvider) -> str:
    """Try the provider out and keep what came of it: "ok" or what is wrong."""
    actor.require("identity.manage")
    try:
        client_of(provider).check()
        provider.check_result = words.OK
    except ProviderError as error:
        log.warning("identity provider fails its test", code=error.code, detail=error.detail)
        provider.check_result = error.code
    provider.checked_at = clock.now()
    provider.save(update_fields=["checked_at", "check_result"])
    return provider.check_result


def switch(*, actor: Actor, provider: IdentityProvider, active: bool, reason: str = "") -> None:
    """Take the provider in use, after a good test, or out of use, which ends its sessions."""
    actor.require("identity.manage")
    if provider.active == active:
        raise Refused(_("That is how it stands already."))
    if active and provider.check_result != words.OK:
        raise Refused(_("Test the provider first. It can be used when the test succeeds."))
    tenancy.note_reason(reason)
    provider.active = active
    provider.save(update_fields=["active"])
    if not active:
        _end_sessions(provider)


def _end_sessions(provider: IdentityProvider) -> None:
    known = Identity.objects.filter(organisation_id=provider.organisation_id)
    for user_id in known.values_list("user_id", flat=True).distinct():
        sessions.end(user_id, provider.organisation_id)


def set_rules(*, actor: Actor, provider: IdentityProvider, rules: Sequence[Rule]) -> None:
    """Replace the rules that turn claims into roles; their order is the order that decides."""
    actor.require("identity.manage")
    if len(rules) > MOST_RULES or any(rule.role not in ROLE_LABELS for rule in rules):
        raise Refused(_("Choose a role from the list."), "rules")
    provider.rules.all().delete()
    RoleRule.objects.bulk_create(
        RoleRule(
            organisation_id=actor.organisation_id,
            provider=provider,
            position=position,
            **rule._asdict(),
        )
        for position, rule in enumerate(rules)
    )


def rules_of(provider: IdentityProvider) -> list[Rule]:
    """Return the rules of a provider, in their order."""
    return [Rule(rule.claim, rule.value, rule.role) for rule in provider.rules.all()]


def forget(*, actor: Actor, identity: Identity, reason: str = "") -> None:
    """Cut the tie between a login of the provider and an account; the sessions end."""
    actor.require("identity.manage")
    tenancy.note_reason(reason)
    sessions.end(identity.user_id, identity.organisation_id)
    identity.delete()
