# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carrying out requirements for others: what a service covers, and to whom it is published."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Offer, Scope, Taker
from dijkring.evidence.services import provisions, standings
from dijkring.organisations.models import Organisation


def cover(*, actor: Actor, service: Scope, requirements: Sequence[Requirement]) -> list[Offer]:
    """Say which leaves a service covers; the standing for it is computed from now on."""
    actor.require("evidence.provide")
    _check_service(service)
    if not requirements or any(not requirement.leaf for requirement in requirements):
        raise Refused(_("Choose at least one requirement."), "requirements")
    standings.begin_change(actor.organisation_id)
    covered = set(
        Offer.objects.filter(service=service, until=None).values_list("requirement_id", flat=True)
    )
    made = [
        Offer(
            organisation_id=actor.organisation_id,
            service=service,
            requirement=requirement,
            since=clock.now(),
        )
        for requirement in requirements
        if requirement.pk not in covered
    ]
    Offer.objects.bulk_create(made)
    standings.recompute(actor.organisation_id, [offer.requirement_id for offer in made])
    return made


def publish_to(*, actor: Actor, service: Scope, taker: Organisation) -> Taker:
    """Publish the standing for a service to an organisation, and nothing else than that."""
    actor.require("evidence.provide")
    _check_service(service)
    if taker.pk == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "taker")
    if Taker.objects.filter(service=service, taker=taker, until=None).exists():
        raise Refused(_("It takes this service already."), "taker")
    made = Taker.objects.create(
        organisation_id=actor.organisation_id, service=service, taker=taker, since=clock.now()
    )
    _tell(service)
    return made


def stop_publishing(*, actor: Actor, taker: Taker, reason: str) -> None:
    """Withdraw what is published to one organisation."""
    actor.require("evidence.provide")
    if not reason.strip():
        raise Refused(_("Give the reason for ending it."), "reason")
    tenancy.note_reason(reason)
    taker.until, taker.end_reason = clock.now(), reason[:500]
    taker.save(update_fields=["until", "end_reason"])
    _tell(taker.service)


def _check_service(service: Scope) -> None:
    if service.kind != Scope.Kind.SERVICE or service.until is not None:
        raise Refused(_("Only a service that runs can be offered."))


def _tell(service: Scope) -> None:
    events.publish("scope.changed", organisation_id=service.organisation_id, scope=service.pk)


def on_scope_changed(*, organisation_id: int, scope: int) -> None:
    """Let every organisation that takes or took a service receive what it says now."""
    takers = Taker.objects.filter(organisation_id=organisation_id, service_id=scope)
    found = sorted(set(takers.values_list("taker_id", flat=True)))
    if found:
        provisions.receive(found)
