# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping what there is: add, change, confirm, take out and put back."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.landscape.models import Asset, Dependency, Publication
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.services import groups, parties, watching
from dijkring.landscape.services.wanted import (
    ASSET_FIELDS,
    AssetWanted,
    check_asset,
    tidied,
)
from dijkring.organisations.services import colleagues

RIGHT = "landscape.keep"
MOST_AT_ONCE = 500


def add(*, actor: Actor, wanted: AssetWanted) -> Asset:
    """Add something to the landscape; Refused, with the field, for what is wrong."""
    actor.require(RIGHT)
    asset = Asset(organisation_id=actor.organisation_id, added_at=clock.now())
    return _write(actor, asset, wanted)


def change(*, actor: Actor, asset: Asset, wanted: AssetWanted) -> Asset:
    """Change what is said of something in use."""
    actor.require(RIGHT)
    check_in_use(asset)
    return _write(actor, asset, wanted)


def _write(actor: Actor, asset: Asset, wanted: AssetWanted) -> Asset:
    check_asset(wanted, len(selectors.levels(actor.organisation_id)))
    values = tidied(wanted)
    _check_unique(actor, asset, values["kind"], values["name"], values["reference"])
    if wanted.owner_id not in (None, asset.owner_id):
        if wanted.owner_id not in {one.user_id for one in colleagues(actor.organisation_id)}:
            raise Refused(_("Choose a colleague with access."), "owner_id")
    if asset.confirmed_on != wanted.confirmed_on:
        asset.confirmed_by_id = actor.user_id if wanted.confirmed_on else None
    for name, value in values.items():
        setattr(asset, name, value)
    asset.party = parties.named(actor, wanted.party)
    asset.save()
    watching.changed(actor.organisation_id)
    return asset


def _check_unique(actor: Actor, asset: Asset, kind: str, name: str, reference: str) -> None:
    others = Asset.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    others = others.exclude(pk=asset.pk)
    if others.filter(kind=kind, name__iexact=name).exists():
        raise Refused(_("There is one of this kind with this name already."), "name")
    if reference and others.filter(reference=reference).exists():
        raise Refused(_("There is something with this reference already."), "reference")


def said_of(asset: Asset) -> AssetWanted:
    """Return what is said of an asset now, to change a part of it."""
    values = {name: getattr(asset, name) for name in ASSET_FIELDS if name != "party"}
    return AssetWanted(**values, party=asset.party.name if asset.party else "")


def confirm(*, actor: Actor, assets: Collection[Asset]) -> int:
    """Say that some assets, and what they need, stand here as they are; returns how many."""
    actor.require(RIGHT)
    if len(assets) > MOST_AT_ONCE:
        raise Refused(_("Choose at most %(most)d at once.") % {"most": MOST_AT_ONCE})
    chosen = [one.pk for one in assets if one.retired_at is None]
    rows = Asset.objects.filter(organisation_id=actor.organisation_id, pk__in=chosen)
    done = rows.update(confirmed_on=clock.today(), confirmed_by_id=actor.user_id)
    needs = Dependency.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    needs.filter(dependent__in=chosen).update(confirmed_on=clock.today())
    watching.changed(actor.organisation_id)
    return done


def retire(*, actor: Actor, asset: Asset, reason: str) -> Asset:
    """Take an asset out of the landscape, with its dependencies; it can be put back.

    Refused while it is published to others, and where a group would need more than is left.
    """
    actor.require(RIGHT)
    check_in_use(asset)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if Publication.objects.filter(asset=asset, until=None).exists():
        raise Refused(_("Others use this as a service. End the service first."))
    groups.check_without(asset)
    tenancy.note_reason(reason)
    asset.retired_at = clock.now()
    asset.save(update_fields=["retired_at"])
    _edges_of(asset).filter(ended_at=None).update(ended_at=asset.retired_at)
    watching.changed(actor.organisation_id)
    return asset


def restore(*, actor: Actor, asset: Asset) -> Asset:
    """Put an asset back as it was, with the dependencies that ended with it."""
    actor.require(RIGHT)
    if asset.retired_at is None:
        raise Refused(_("This is in use already."))
    _check_unique(actor, asset, asset.kind, asset.name, asset.reference)
    others = Asset.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    if asset.service is not None and others.filter(service=asset.service).exists():
        raise Refused(_("This service stands in your landscape already."))
    ended, asset.retired_at = asset.retired_at, None
    asset.save(update_fields=["retired_at"])
    _bring_back(asset, ended)
    watching.changed(actor.organisation_id)
    return asset


def _bring_back(asset: Asset, ended: datetime) -> None:
    """Let the dependencies that ended with it hold again, where the other end is still there."""
    rows = _edges_of(asset).filter(
        ended_at=ended, dependent__retired_at=None, needed__retired_at=None
    )
    there = Dependency.objects.filter(organisation_id=asset.organisation_id, ended_at=None)
    again = set(there.values_list("dependent_id", "needed_id"))
    wanted = [one.pk for one in rows if (one.dependent_id, one.needed_id) not in again]
    Dependency.objects.filter(pk__in=wanted).update(ended_at=None)
    _end_with_the_other(asset, ended)


def _end_with_the_other(asset: Asset, ended: datetime) -> None:
    """Let what stays ended, because the other end is out too, come back with that other end."""
    rows = _edges_of(asset).filter(ended_at=ended)
    for name in ("dependent", "needed"):
        for edge in rows.exclude(**{f"{name}__retired_at": None}).select_related(name):
            edge.ended_at = getattr(edge, name).retired_at
            edge.save(update_fields=["ended_at"])


def _edges_of(asset: Asset) -> QuerySet[Dependency]:
    return Dependency.objects.filter(Q(dependent=asset) | Q(needed=asset))


def check_in_use(asset: Asset) -> None:
    """Refuse what has been taken out."""
    if asset.retired_at is not None:
        raise Refused(_("This has been taken out of the landscape. Put it back first."))


def leave(leaving: Leaving) -> list[str]:
    """Give what somebody who leaves owned to the successor, or leave it without owner."""
    rows = Asset.objects.filter(
        organisation_id=leaving.organisation_id, owner_id=leaving.user_id, retired_at=None
    )
    moved = rows.update(owner_id=leaving.successor_id)
    if moved:
        watching.changed(leaving.organisation_id)
    words = _("Parts of the landscape that have no owner now: %(count)d")
    if leaving.successor_id is not None:
        words = _("Parts of the landscape handed over: %(count)d")
    return [words % {"count": moved}] if moved else []
