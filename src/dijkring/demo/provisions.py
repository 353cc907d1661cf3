# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The joint body carries out requirements for its participants, who keep their own part."""

from datetime import timedelta
from typing import Any

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.services import judgements, offers, provisions, scopes
from dijkring.organisations.models import Organisation

VALID = timedelta(days=365)


def offer(row: dict[str, Any]) -> None:
    """Let a provider describe a service, say what it covers and publish it to its takers."""
    actor = region.in_role(row["provider"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        service = scopes.add(
            actor=actor, kind="service", name=row["name"], description=row["description"]
        )
        offers.cover(actor=actor, service=service, requirements=_leaves(row["covers"]))
        for slug in row["takers"]:
            taker = Organisation.objects.get(slug=slug)
            offers.publish_to(actor=actor, service=service, taker=taker)


def take(row: dict[str, Any], slug: str) -> None:
    """Let one participant take the service, and judge its own part."""
    actor = region.in_role(slug, "ciso")
    with transaction_for([actor.organisation_id], actor):
        (found,) = select.offered(actor.organisation_id)
        leaves = _leaves(row["covers"])
        provisions.take(
            actor=actor,
            provider=found.provider,
            service=found.service,
            service_name=found.name,
            requirements=leaves,
            layers=["existence", "operation"],
            document=row["document"],
        )
        for leaf in leaves:
            for layer, reason in row["own"].items():
                _judge(actor, leaf, layer, "met", reason)


def judge(row: dict[str, Any], said: dict[str, Any]) -> None:
    """Let the provider judge what it carries out, once for all."""
    actor = region.in_role(row["provider"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        for leaf in _leaves(said["refs"]):
            for layer in said["layers"]:
                _judge(actor, leaf, layer, said["verdict"], said["reason"])
    pass_on(row["provider"])


def pass_on(slug: str) -> None:
    """Do at this moment what the worker does with what a provider has changed."""
    actor = region.in_role(slug, "ciso")
    with transaction_for([actor.organisation_id], actor):
        services = select.takers(actor.organisation_id).values_list("service_id", flat=True)
        for service in sorted(set(services)):
            offers.on_scope_changed(organisation_id=actor.organisation_id, scope=service)


def leave(slug: str, ref: str, reason: str) -> None:
    """Let one participant stop letting the other carry out a requirement."""
    actor = region.in_role(slug, "ciso")
    with transaction_for([actor.organisation_id], actor):
        rows = select.taken(actor.organisation_id).filter(requirement__ref=ref)
        provisions.end(actor=actor, provisions=list(rows), reason=reason)


def _judge(actor: Actor, leaf: Requirement, layer: str, verdict: str, reason: str) -> None:
    judgements.judge(
        actor=actor,
        requirement=leaf,
        layer=layer,
        line="owner",
        verdict=verdict,
        reason=reason,
        valid_until=clock.now() + VALID,
    )


def _leaves(refs: list[str]) -> list[Requirement]:
    found = Requirement.objects.filter(
        framework__key="bio2", framework__organisation=None, leaf=True, ref__in=refs
    )
    return list(found.order_by("position"))
