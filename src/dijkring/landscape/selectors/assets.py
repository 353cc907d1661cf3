# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about what there is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.landscape.models import USUAL_MOST, Asset, Method, Party
from dijkring.landscape.words import USUAL_LEVELS

# A look once a year keeps the inventory current enough to rely on (BIO2 5.09.01).
CONFIRM_DAYS = 365
LEVELS = ("availability", "integrity", "confidentiality")
IN_USE = Q(retired_at=None)
# What bears the work itself; below it lies what the work relies on.
WORK = (Asset.Kind.TASK, Asset.Kind.SERVICE, Asset.Kind.PROCESS)
# What holds or handles information, and is classified (BIO2 5.12.01).
CLASSIFIED = (
    Asset.Kind.SYSTEM,
    Asset.Kind.DATA,
    Asset.Kind.PLATFORM,
    Asset.Kind.OT,
    Asset.Kind.SUPPLIED,
)
# What another provides has its owner there.
WITHOUT_OWNER = Q(owner=None, provider=None)
UNCLASSIFIED = Q(kind__in=CLASSIFIED, provider=None) & (
    Q(availability=None) | Q(integrity=None) | Q(confidentiality=None)
)
WITHOUT_OBJECTIVES = Q(kind__in=WORK) & (Q(mtpd_hours=None) | Q(rto_hours=None))


def assets(organisation_id: int) -> QuerySet[Asset]:
    """Return every asset, retired ones too, with how much it needs and how much needs it."""
    rows = Asset.objects.filter(organisation_id=organisation_id)
    now = Q(needs__ended_at=None, needs__isnull=False)
    then = Q(needed_by__ended_at=None, needed_by__isnull=False)
    return (
        rows.select_related("owner", "party", "provider")
        .annotate(
            n_needs=Count("needs", filter=now, distinct=True),
            n_needed_by=Count("needed_by", filter=then, distinct=True),
        )
        .order_by("name", "pk")
    )


def in_use(organisation_id: int) -> QuerySet[Asset]:
    """Return the assets in use, by name."""
    rows = Asset.objects.filter(IN_USE, organisation_id=organisation_id)
    return rows.select_related("owner", "party", "provider").order_by("name", "pk")


def begun(organisation_id: int) -> bool:
    """Tell whether there is a landscape at all; without one nothing can be said of it."""
    return Asset.objects.filter(organisation_id=organisation_id).exists()


def oldest_good_day() -> date:
    """Return the day before which a confirmation is too long ago."""
    return clock.today() - timedelta(days=CONFIRM_DAYS)


def to_confirm() -> Q:
    """Return what was never confirmed, or too long ago."""
    return Q(confirmed_on=None) | Q(confirmed_on__lt=oldest_good_day())


def method(organisation_id: int) -> Method | None:
    """Return how the organisation classifies, None before it has said so."""
    return Method.objects.filter(organisation_id=organisation_id).first()


def levels(organisation_id: int) -> Sequence[Any]:
    """Return the words of the levels, the lowest first."""
    found = method(organisation_id)
    return found.levels if found else USUAL_LEVELS


def most_on_one(organisation_id: int) -> int:
    """Return how many percent of the statutory tasks may fall with one supplier or country."""
    found = method(organisation_id)
    return found.most_on_one if found else USUAL_MOST


def parties(organisation_id: int) -> QuerySet[Party]:
    """Return who delivers to us, with how many assets in use they deliver (`delivers`)."""
    rows = Party.objects.filter(organisation_id=organisation_id, retired_at=None)
    delivers = Count("assets", filter=Q(assets__retired_at=None))
    return rows.annotate(delivers=delivers).select_related("body").order_by("name")


def lacks(asset: Asset) -> list[str]:
    """Return what an asset in use lacks: an owner, a classification, objectives, a look."""
    found = []
    if asset.owner_id is None and asset.provider_id is None:
        found.append("owner")
    levels_of = (asset.availability, asset.integrity, asset.confidentiality)
    if asset.kind in CLASSIFIED and asset.provider_id is None and None in levels_of:
        found.append("classification")
    if asset.kind in WORK and None in (asset.mtpd_hours, asset.rto_hours):
        found.append("objectives")
    if asset.confirmed_on is None or asset.confirmed_on < oldest_good_day():
        found.append("confirmation")
    return found


def counted(organisation_id: int) -> dict[str, int]:
    """Return how many are in use, and how many lack something; empty for an empty landscape."""
    rows = Asset.objects.filter(IN_USE, organisation_id=organisation_id)
    found: dict[str, int] = rows.aggregate(
        all=Count("pk"),
        owner=Count("pk", filter=WITHOUT_OWNER),
        classification=Count("pk", filter=UNCLASSIFIED),
        objectives=Count("pk", filter=WITHOUT_OBJECTIVES),
        confirmation=Count("pk", filter=to_confirm()),
    )
    return found if found["all"] else {}


def due_confirmations(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return per owner what is to be confirmed before a moment, as one item on its first day.

    What was never confirmed is due since it was added.
    """
    last = clock.day_of(until) - timedelta(days=CONFIRM_DAYS)
    rows = Asset.objects.filter(IN_USE, organisation_id=organisation_id, provider=None)
    waiting = rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lte=last))
    found: dict[str, tuple[date, int, str]] = {}
    columns = ("pk", "name", "confirmed_on", "added_at", "owner__name")
    for pk, name, confirmed_on, added_at, owner in waiting.values_list(*columns):
        day = (
            confirmed_on + timedelta(days=CONFIRM_DAYS) if confirmed_on else clock.day_of(added_at)
        )
        first = found.get(owner or "")
        if first is None or day < first[0]:
            found[owner or ""] = (day, pk, name)
    return [
        DueItem(day, name, "landscape:asset", (pk,), "landscape.confirm", owner)
        for owner, (day, pk, name) in found.items()
    ]
