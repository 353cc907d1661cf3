# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One object of every kind for the tests that visit every page."""

from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor, Role
from dijkring.identity.models import BreakGlassUse, EmergencyUse, Identity
from dijkring.identity.oidc.roles import Rule
from dijkring.identity.services import breaking, emergency, providers
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    """Make a provider, an identity and a break-glass account with a use of it."""
    provider = providers.set_up(
        actor=actor,
        name=f"aanbieder {n}",
        issuer="https://login.gemeente.example",
        client_id="dijkring",
        secret="geheim",
        domains="",
        two_steps=False,
    )
    providers.set_rules(actor=actor, provider=provider, rules=[Rule("groups", f"g{n}", "reader")])
    assert actor.user_id is not None
    own = Membership.objects.get(user_id=actor.user_id, organisation_id=actor.organisation_id)
    identity = Identity.objects.create(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        issuer=provider.issuer,
        subject=f"s-{n}",
        created_at=clock.now(),
        seen_at=clock.now(),
    )
    account, _code = breaking.make(actor=actor, name=f"rol {n}", role="board", keeper="kluis")
    use = BreakGlassUse.objects.create(
        organisation_id=actor.organisation_id,
        account=account,
        why="test",
        who="Pia Vos",
        reason="Jaarlijkse test.",
        used_at=clock.now(),
    )
    access = emergency.give(actor=actor, user_id=_colleague(actor, n), purpose=f"crisisteam {n}")
    entered = EmergencyUse.objects.create(
        organisation_id=actor.organisation_id,
        access=access,
        why="test",
        reason="Jaarlijkse test.",
        step="code",
        used_at=clock.now(),
    )
    return {
        "identity:end_emergency": {"pk": access.pk},
        "identity:review_emergency": {"pk": entered.pk},
        "identity:forget": {"pk": identity.pk},
        "identity:end_sessions": {"pk": own.pk},
        "identity:seal": {"pk": account.pk},
        "identity:withdraw": {"pk": account.pk},
        "identity:review": {"pk": use.pk},
    }


def _colleague(actor: Actor, n: int) -> int:
    """Return who gets emergency access: first the actor, who can enrol then, and then others."""
    if n == 1 and actor.user_id is not None:
        return actor.user_id
    email = f"crisis{n}.{actor.organisation_id}@dijkring.example"
    person = User.objects.create_user(email, name=f"Crisis {n}")
    add_member(organisation_id=actor.organisation_id, user=person, role=Role.BOARD)
    return int(person.pk)
