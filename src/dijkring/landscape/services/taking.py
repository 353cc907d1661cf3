# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting a service of another into our own landscape, so that ours can depend on it."""

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors.services import Service, offered
from dijkring.landscape.services import watching
from dijkring.landscape.services.assets import RIGHT


def take(*, actor: Actor, service: int) -> Asset:
    """Put a published service into the landscape; its objectives follow those of the provider.

    Refused for what is not shown to us, and for what stands there already.
    """
    actor.require(RIGHT)
    found = {one.service: one for one in offered(actor.organisation_id)}.get(service)
    if found is None:
        raise Refused(_("This service is not shown to you (any more)."))
    rows = Asset.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    if rows.filter(service=service).exists():
        raise Refused(_("This service stands in your landscape already."))
    if rows.filter(kind=found.kind, name__iexact=found.name).exists():
        raise Refused(_("There is one of this kind with this name already."))
    made = Asset.objects.create(**_values(actor, found))
    watching.changed(actor.organisation_id)
    return made


def _values(actor: Actor, found: Service) -> dict[str, object]:
    return {
        "organisation_id": actor.organisation_id,
        "kind": found.kind,
        "name": found.name,
        "description": found.description,
        "provider_id": found.provider_id,
        "service": found.service,
        "rto_hours": found.rto_hours,
        "rpo_hours": found.rpo_hours,
        "confirmed_on": clock.today(),
        "confirmed_by_id": actor.user_id,
        "added_at": clock.now(),
    }


def refresh(organisation_id: int) -> int:
    """Let what stands for services of others promise what those promise now; returns how many.

    What is not shown any more keeps what was known of it last.
    """
    shown = {one.service: one for one in offered(organisation_id)}
    rows = Asset.objects.filter(
        organisation_id=organisation_id, retired_at=None, service__in=list(shown)
    )
    moved = []
    for asset in rows:
        found = shown[asset.service or 0]
        if (asset.rto_hours, asset.rpo_hours) != (found.rto_hours, found.rpo_hours):
            asset.rto_hours, asset.rpo_hours = found.rto_hours, found.rpo_hours
            moved.append(asset)
    Asset.objects.bulk_update(moved, ["rto_hours", "rpo_hours"])
    return len(moved)
