# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an incident touches, and what comes next because of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from dijkring.incidents.models import Incident, TouchedAsset
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import starts, whatif
from dijkring.landscape.selectors.graph import Landscape, Node, landscape
from dijkring.landscape.selectors.whatif import Harm

SERVED = (Asset.Kind.TASK, Asset.Kind.SERVICE)
# As many moments at which something more was touched are reckoned apart; what came before them
# counts from the first of these.
MOST_MOMENTS = 8
MOST_FOUND = 60


@dataclass(frozen=True)
class Coming:
    """One asset that fails or is hindered because of an incident, and at which moment."""

    harm: Harm
    at: datetime

    @property
    def node(self) -> Node:
        """The asset."""
        return self.harm.node

    @property
    def fails(self) -> bool:
        """Whether it fails, and is not only hindered."""
        return self.harm.state == "fails"

    @property
    def too_long_at(self) -> datetime | None:
        """Since when it will have been missed for longer than it can be."""
        mtpd = self.node.mtpd
        return self.at + timedelta(seconds=mtpd) if self.fails and mtpd is not None else None


@dataclass(frozen=True)
class Consequences:
    """What follows from what is touched now, as the landscape knows it; the earliest first.

    `expected` is within how long what is touched promises to be back; None when that is unknown.
    """

    landscape: Landscape
    down: list[TouchedAsset]
    coming: list[Coming]
    expected: timedelta | None

    def served(self) -> list[Coming]:
        """Return the tasks and services to residents that fail."""
        return [one for one in self.coming if one.fails and one.node.kind in SERVED]

    def tasks(self) -> int:
        """Return how many statutory tasks fail."""
        return sum(one.node.statutory for one in self.coming if one.fails)

    def residents(self) -> int:
        """Return the residents touched by what fails: who misses two services counts twice."""
        return sum(one.node.residents for one in self.coming if one.fails)

    def promised_by(self) -> datetime | None:
        """Return by when all that is touched promised to be back; None when that is unknown."""
        if self.expected is None:
            return None
        promised = self.landscape.nodes
        return max(
            one.since + timedelta(seconds=promised[one.asset_id].promised) for one in self.down
        )

    def services_down_since(self) -> datetime | None:
        """Return when the first task or service fails."""
        return min((one.at for one in self.served()), default=None)


def of_incident(incident: Incident) -> QuerySet[TouchedAsset]:
    """Return what an incident touches, also what proved not to be touched."""
    return TouchedAsset.objects.filter(incident_id=incident.pk).select_related(
        "asset", "asset__party", "incident"
    )


def ever_touched(assets: Collection[int]) -> Iterable[int]:
    """Return which of some assets the file of an incident speaks of."""
    return TouchedAsset.objects.filter(asset__in=assets).values_list("asset_id", flat=True)


def open_on(asset: Asset) -> QuerySet[TouchedAsset]:
    """Return by which incidents that are not closed an asset is touched; exercises left out."""
    rows = TouchedAsset.objects.filter(asset_id=asset.pk, incident__exercise=False)
    rows = rows.exclude(certainty=TouchedAsset.Certainty.CLEARED)
    return rows.exclude(incident__state=Incident.State.CLOSED).select_related("incident", "asset")


def consequences(organisation_id: int, touched: Iterable[TouchedAsset]) -> Consequences | None:
    """Reckon what comes next; None while nothing is touched that the landscape has.

    What is suspected counts as touched. Of each asset the earliest moment counts, and that it fails
    before that it is hindered. An asset that needs several together is reckoned from the last.
    """
    wanted = [one for one in touched if one.is_down]
    if not wanted:
        return None
    known = landscape(organisation_id)
    down = [one for one in wanted if one.asset_id in known.nodes]
    if not down:
        return None
    found: dict[int, Coming] = {}
    for moment in sorted({one.since for one in down})[-MOST_MOMENTS:]:
        failing = [known.nodes[one.asset_id] for one in down if one.since <= moment]
        answer = whatif.answer(known, [starts.of_asset(node) for node in failing])
        for harm in answer.harms:
            _keep(found, Coming(harm, moment + timedelta(seconds=harm.seconds)))
    coming = sorted(found.values(), key=lambda one: (one.at, not one.fails, one.node.name))
    return Consequences(known, down, coming, _expected(known, down))


def _keep(found: dict[int, Coming], one: Coming) -> None:
    before = found.get(one.node.pk)
    if before is None or (not one.fails, one.at) < (not before.fails, before.at):
        found[one.node.pk] = one


def _expected(known: Landscape, down: Sequence[TouchedAsset]) -> timedelta | None:
    promised = [known.nodes[one.asset_id].promised for one in down]
    return timedelta(seconds=max(promised)) if min(promised) >= 0 else None


def to_choose(incident: Incident, words: str) -> list[Asset]:
    """Return assets with these words in name or reference; without words those of most weight."""
    rows = Asset.objects.filter(organisation_id=incident.organisation_id, retired_at=None)
    already = TouchedAsset.objects.filter(incident=incident).exclude(
        certainty=TouchedAsset.Certainty.CLEARED
    )
    rows = rows.exclude(pk__in=already.values("asset_id"))
    for word in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(reference__icontains=word))
    return list(rows.order_by("-availability", "name")[:MOST_FOUND])
