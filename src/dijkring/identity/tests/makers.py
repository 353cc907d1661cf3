# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provider in use for an organisation, made by the real services."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

from dijkring.core.access import Actor
from dijkring.identity.models import IdentityProvider
from dijkring.identity.oidc.roles import Rule
from dijkring.identity.services import providers
from dijkring.identity.tests.practice import CLIENT_ID, SECRET, Practice
from dijkring.identity.tests.visiting import answered

RULES = [Rule("groups", "ciso", "ciso"), Rule("groups", "lezers", "reader")]


def in_use(
    actor: Actor, practice: Practice, rules: Sequence[Rule] = RULES, *, two_steps: bool = False
) -> IdentityProvider:
    """Set up, test and take in use the provider of the actor's organisation."""
    found = providers.set_up(
        actor=actor,
        name="Dijkerveen",
        issuer=practice.issuer,
        client_id=CLIENT_ID,
        secret=SECRET,
        domains="dijkerveen.example",
        two_steps=two_steps,
    )
    assert providers.test(actor=actor, provider=found) == "ok"
    providers.switch(actor=actor, provider=found, active=True)
    providers.set_rules(actor=actor, provider=found, rules=rules)
    return found


def way_back(
    client: Client, practice: Practice, slug: str, subject: str, connect: bool = False
) -> str:
    """Go to the provider, log in there, and return the path with which one comes back."""
    answer = client.get(f"/inloggen/bij/{slug}/naar/" + ("?connect=1" if connect else ""))
    assert answer.status_code == 302, answer.content.decode()
    query = parse_qsl(urlsplit(answer["Location"]).query)
    place = urlsplit(answered(practice, urlencode([*query, ("subject", subject)])))
    return f"{place.path}?{place.query}"


def through_provider(practice: Practice, slug: str, subject: str) -> Client:
    """Return a client of who has logged in through the provider, or was refused."""
    client = Client()
    client.get(way_back(client, practice, slug, subject), follow=True)
    return client
