# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carrying out requirements for others: what a service covers, and to whom it is published."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Offer, Scope, Taker
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.services import provisions, standings
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Agreement

# What the provider does after the end of an agreement, when its taker is done.
OVER = "agreement.over"


def cover(*, actor: Actor, service: Scope, requirements: Sequence[Requirement]) -> list[Offer]:
    """Say which leaves a service covers; the standing for it is computed from now on."""
    actor.require("evidence.provide")
    _check_service(service)
    if not requirements or any(not requirement.leaf for requirement in requirements):
        raise Refused(_("Choose at least one requirement."), "requirements")
    standings.begin_change(actor.organisation_id)
    current = Offer.objects.filter(service=service, until=None)
    covered = set(current.values_list("requirement_id", flat=True))
    stays = current.filter(requirement__in=requirements, ends_at__isnull=False)
    if stays.update(ends_at=None, end_reason=""):
        _tell(service)
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


def take_out(*, actor: Actor, offer: Offer, reason: str, ends_at: datetime | None = None) -> None:
    """Cover a leaf no longer, from a moment on or at once; the service itself goes on.

    Every taker is not measured on it from then on, and is told the reason. Raises Refused without
    a reason, for a moment in the past and for what is not covered any more.
    """
    actor.require("evidence.provide")
    if not reason.strip():
        raise Refused(_("Give the reason for ending it."), "reason")
    now = clock.now()
    if ends_at is not None and ends_at < now:
        raise Refused(_("Choose today or a date in the future."), "ends_on")
    standings.begin_change(actor.organisation_id)
    found = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if found.until is not None:
        raise Refused(_("This is not covered any more."))
    tenancy.note_reason(reason)
    found.ends_at, found.end_reason = ends_at or now, reason.strip()[:500]
    found.save(update_fields=["ends_at", "end_reason"])
    if found.ends_at <= now:
        _carry_out(found)
    _tell(found.service)


def carry_out_ends(organisation_id: int, offers: Collection[int]) -> None:
    """End what is over by the clock; takers knew already until when it held."""
    standings.begin_change(organisation_id)
    rows = Offer.objects.select_related("service").filter(
        pk__in=offers, until=None, ends_at__lte=clock.now()
    )
    for offer in rows:
        _carry_out(offer)
        _tell(offer.service)


def _carry_out(offer: Offer) -> None:
    offer.until = offer.ends_at
    offer.save(update_fields=["until"])
    standings.recompute(offer.organisation_id, [offer.requirement_id], changed_at=offer.until)


def publish_to(
    *, actor: Actor, service: Scope, taker: Organisation, agreement: Agreement | None = None
) -> Taker:
    """Publish the standing for a service to an organisation, and nothing else than that.

    Published under an agreement, it ends with that agreement. Raises Refused for an agreement
    with another, or by which no standings are shared now.
    """
    actor.require("evidence.provide")
    _check_service(service)
    fitting = select.agreements(actor.organisation_id, taker.pk)
    if agreement is not None and not fitting.filter(pk=agreement.pk).exists():
        raise Refused(
            _("By this agreement you share no standings with this organisation now."), "agreement"
        )
    if taker.pk == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "taker")
    if Taker.objects.filter(service=service, taker=taker, until=None).exists():
        raise Refused(_("It takes this service already."), "taker")
    made = Taker.objects.create(
        organisation_id=actor.organisation_id,
        service=service,
        taker=taker,
        agreement=agreement,
        since=clock.now(),
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


def on_agreement_end(*, agreement_id: int, giver_id: int, receiver_id: int) -> None:
    """End what a taker inherited under an agreement that is over; acts for the taker."""
    provisions.receive([receiver_id])
    events.publish(OVER, organisation_id=giver_id, agreement=agreement_id)


def on_agreement_over(*, organisation_id: int, agreement: int) -> None:
    """Write with the provider that what it published under an agreement has ended."""
    rows = Taker.objects.filter(organisation_id=organisation_id, agreement_id=agreement, until=None)
    rows.update(until=clock.now(), end_reason=_("the agreement ended"))
