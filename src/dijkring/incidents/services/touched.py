# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saying what an incident touches, and what proved not to be touched."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Incident, TouchedAsset
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.services import checking
from dijkring.landscape.models import Asset

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Touched:
    """How an asset is touched."""

    since: datetime
    certainty: str = TouchedAsset.Certainty.SUSPECTED
    until: datetime | None = None
    note: str = ""


def touch(
    *, actor: Actor, incident: Incident, assets: Collection[int], wanted: Touched
) -> list[TouchedAsset]:
    """Say that an incident touches these assets (ids); one that was cleared counts again.

    Raises Refused for none or too many, an asset that is not in the landscape, and a moment in the
    future.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    _check(wanted)
    if not 0 < len(assets) <= MOST_AT_ONCE:
        raise Refused(_("Choose at least one, and at most a hundred at once."), "assets")
    rows = Asset.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    known = set(rows.filter(pk__in=assets).values_list("pk", flat=True))
    if known != set(assets):
        raise Refused(_("Not everything that you chose is in the landscape (any more)."), "assets")
    there = {one.asset_id: one for one in found.touched.select_for_update()}
    return [_set(there.get(pk) or _new(actor, found, pk), wanted) for pk in sorted(known)]


def _new(actor: Actor, found: Incident, asset: int) -> TouchedAsset:
    return TouchedAsset(
        organisation_id=actor.organisation_id,
        incident=found,
        asset_id=asset,
        added_at=clock.now(),
        added_by_id=actor.user_id,
    )


def change(*, actor: Actor, touched: TouchedAsset, wanted: Touched) -> TouchedAsset:
    """Say otherwise how an asset is touched, or since when it works again."""
    actor.require(HANDLE)
    rows = TouchedAsset.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    found = rows.get(pk=touched.pk)
    checking.open_still(found.incident)
    _check(wanted)
    return _set(found, wanted)


def _check(wanted: Touched) -> None:
    checking.past(wanted.since, "since")
    if wanted.until is not None:
        checking.past(wanted.until, "until")
        if wanted.until < wanted.since:
            raise Refused(_("It cannot work again before it was touched."), "until")
    if wanted.certainty not in TouchedAsset.Certainty.values:
        raise Refused(_("Say how sure it is."), "certainty")


def _set(row: TouchedAsset, wanted: Touched) -> TouchedAsset:
    row.certainty, row.since, row.until = wanted.certainty, wanted.since, wanted.until
    row.note = wanted.note.strip()[:500]
    row.save()
    return row
