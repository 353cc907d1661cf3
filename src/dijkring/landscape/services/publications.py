# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Providing an asset to others as a service: what is promised, to whom, and how it runs."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset, Publication, ServiceTaker
from dijkring.landscape.selectors.services import norm_services
from dijkring.landscape.services.assets import check_in_use
from dijkring.landscape.services.wanted import check_hours, rounded
from dijkring.organisations.models import Organisation

RIGHT = "landscape.publish"


@dataclass(frozen=True, slots=True)
class ServiceWanted:
    """What takers see of a service."""

    name: str
    description: str = ""
    rto_hours: Decimal | None = None
    rpo_hours: Decimal | None = None
    norms_id: int | None = None


def publish(*, actor: Actor, asset: Asset, wanted: ServiceWanted) -> Publication:
    """Provide an asset to others as a service; nobody sees it before it is shown to them."""
    actor.require(RIGHT)
    check_in_use(asset)
    if asset.provider_id is not None:
        raise Refused(_("This is another's service. Only its provider can show it to others."))
    if Publication.objects.filter(asset=asset, until=None).exists():
        raise Refused(_("This is provided as a service already."))
    now = clock.now()
    made = Publication(
        organisation_id=actor.organisation_id, asset=asset, since=now, state_since=now
    )
    return _write(made, wanted)


def change(*, actor: Actor, publication: Publication, wanted: ServiceWanted) -> Publication:
    """Change what takers see of a service."""
    actor.require(RIGHT)
    _check_runs(publication)
    return _write(publication, wanted)


def _write(publication: Publication, wanted: ServiceWanted) -> Publication:
    if not wanted.name.strip():
        raise Refused(_("Give it a name."), "name")
    for field, most in (("name", 160), ("description", 2000)):
        if len(getattr(wanted, field)) > most:
            raise Refused(_("Write at most %(most)d characters.") % {"most": most}, field)
    check_hours(wanted.rto_hours, "rto_hours")
    check_hours(wanted.rpo_hours, "rpo_hours")
    _check_norms(publication, wanted.norms_id)
    publication.norms_id = wanted.norms_id
    publication.name = " ".join(wanted.name.split())
    publication.description = wanted.description.strip()
    publication.rto_hours = rounded(wanted.rto_hours)
    publication.rpo_hours = rounded(wanted.rpo_hours)
    publication.save()
    return publication


def _check_norms(publication: Publication, norms_id: int | None) -> None:
    ours = norm_services(publication.organisation_id)
    if norms_id is not None and not ours.filter(pk=norms_id).exists():
        raise Refused(_("Choose from the list."), "norms_id")


def set_state(*, actor: Actor, publication: Publication, state: str, note: str = "") -> Publication:
    """Tell takers how a service runs from now on."""
    actor.require(RIGHT)
    _check_runs(publication)
    if state not in Publication.State.values:
        raise Refused(_("Choose from the list."), "state")
    if len(note) > 500:
        raise Refused(_("Write at most %(most)d characters.") % {"most": 500}, "note")
    if state != publication.state:
        publication.state, publication.state_since = state, clock.now()
    publication.state_note = note.strip()
    publication.save(update_fields=["state", "state_since", "state_note"])
    return publication


def show_to(
    *,
    actor: Actor,
    publication: Publication,
    takers: Collection[Organisation],
) -> list[ServiceTaker]:
    """Show a service to some organisations; they see it for as long as they co-operate with us."""
    actor.require(RIGHT)
    _check_runs(publication)
    there = set(publication.takers.filter(until=None).values_list("taker_id", flat=True))
    if any(one.pk == actor.organisation_id for one in takers):
        raise Refused(_("Choose another organisation than your own."), "takers")
    made = [
        ServiceTaker(
            organisation_id=actor.organisation_id,
            publication=publication,
            taker=one,
            since=clock.now(),
        )
        for one in takers
        if one.pk not in there
    ]
    return ServiceTaker.objects.bulk_create(made)


def stop_showing(*, actor: Actor, taker: ServiceTaker, reason: str) -> ServiceTaker:
    """Show a service to one organisation no longer; it sees nothing more of it from now on."""
    actor.require(RIGHT)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    taker.until, taker.end_reason = clock.now(), reason.strip()[:500]
    taker.save(update_fields=["until", "end_reason"])
    return taker


def end(*, actor: Actor, publication: Publication, reason: str) -> Publication:
    """Provide a service no longer; the asset itself stays where it is."""
    actor.require(RIGHT)
    _check_runs(publication)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    publication.until, publication.end_reason = clock.now(), reason.strip()[:500]
    publication.save(update_fields=["until", "end_reason"])
    publication.takers.filter(until=None).update(
        until=publication.until, end_reason=publication.end_reason
    )
    return publication


def _check_runs(publication: Publication) -> None:
    if publication.until is not None:
        raise Refused(_("This service is not provided any more."))
