# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Adding a whole landscape at once, in a few statements: all of it, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset, Dependency, DependencyGroup, Party
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.services import watching
from dijkring.landscape.services.assets import RIGHT
from dijkring.landscape.services.wanted import (
    AssetWanted,
    DependencyWanted,
    check_asset,
    check_dependency,
    explained,
    rounded,
    tidied,
)
from dijkring.organisations.services import colleagues


@dataclass(frozen=True, slots=True)
class Need:
    """That one needs another, both by the name under which they stand in the landscape."""

    dependent: str
    needed: str
    how: DependencyWanted = field(default_factory=DependencyWanted)


def add_all(
    *,
    actor: Actor,
    assets: Sequence[AssetWanted],
    needs: Sequence[Need] = (),
    jurisdictions: Mapping[str, str] | None = None,
) -> list[Asset]:
    """Add assets with what they need, beside what is there; names must be unique over all kinds.

    `jurisdictions` gives the country of suppliers that are new. Refused, with the name in the
    words, for the first thing that is wrong; then nothing is written.
    """
    actor.require(RIGHT)
    with transaction.atomic():
        return _Adding(actor, jurisdictions or {}).run(assets, needs)


class _Adding:
    def __init__(self, actor: Actor, jurisdictions: Mapping[str, str]) -> None:
        self.actor = actor
        self.organisation_id = actor.organisation_id
        self.jurisdictions = jurisdictions
        self.now = clock.now()
        self.levels = len(selectors.levels(self.organisation_id))
        self.people = {one.user_id for one in colleagues(self.organisation_id)}
        rows = Asset.objects.filter(organisation_id=self.organisation_id, retired_at=None)
        self.there = {one.name.casefold(): one for one in rows}

    def run(self, assets: Sequence[AssetWanted], needs: Sequence[Need]) -> list[Asset]:
        """Write everything; what is wrong is refused before anything is."""
        parties = self._parties(one.party for one in assets)
        made = Asset.objects.bulk_create([self._asset(one, parties) for one in assets])
        self._depend(needs)
        watching.changed(self.organisation_id)
        return made

    def _asset(self, wanted: AssetWanted, parties: Mapping[str, Party]) -> Asset:
        values = tidied(wanted)
        key = str(values["name"]).casefold()
        try:
            check_asset(wanted, self.levels)
            if key in self.there:
                raise Refused(_("There is one of this kind with this name already."), "name")
            if wanted.owner_id is not None and wanted.owner_id not in self.people:
                raise Refused(_("Choose a colleague with access."), "owner_id")
        except Refused as refused:
            raise Refused(f"{wanted.name}: {explained(refused)}", refused.field) from refused
        made = Asset(
            organisation_id=self.organisation_id,
            party=parties.get(" ".join(wanted.party.split()).casefold()),
            confirmed_by_id=self.actor.user_id if wanted.confirmed_on else None,
            added_at=self.now,
            **values,
        )
        self.there[key] = made
        return made

    def _parties(self, names: Iterable[str]) -> dict[str, Party]:
        rows = Party.objects.filter(organisation_id=self.organisation_id, retired_at=None)
        found = {one.name.casefold(): one for one in rows}
        wanted = {" ".join(name.split()): None for name in names if name.strip()}
        new = [
            Party(
                organisation_id=self.organisation_id,
                name=name,
                jurisdiction=self.jurisdictions.get(name, ""),
                added_at=self.now,
            )
            for name in wanted
            if name.casefold() not in found
        ]
        made = Party.objects.bulk_create(new)
        return found | {one.name.casefold(): one for one in made}

    def _depend(self, needs: Sequence[Need]) -> None:
        ends = [(self._end(one.dependent), self._end(one.needed), one) for one in needs]
        groups = self._groups(ends)
        rows = [
            Dependency(
                organisation_id=self.organisation_id,
                dependent=dependent,
                needed=needed,
                kind=one.how.kind,
                group=groups.get((dependent.pk, one.how.group)),
                delay_hours=rounded(one.how.delay_hours),
                since=one.how.since,
                source=one.how.source,
                note=one.how.note,
                confirmed_on=one.how.confirmed_on,
                added_at=self.now,
            )
            for dependent, needed, one in ends
        ]
        Dependency.objects.bulk_create(rows)

    def _end(self, name: str) -> Asset:
        found = self.there.get(" ".join(name.split()).casefold())
        if found is None:
            words = _("'%(name)s' does not stand in the landscape.")
            raise Refused(words % {"name": name}, "needed")
        return found

    def _groups(
        self, ends: Sequence[tuple[Asset, Asset, Need]]
    ) -> dict[tuple[int, str], DependencyGroup]:
        wanted: dict[tuple[int, str], DependencyGroup] = {}
        counts: dict[tuple[int, str], int] = {}
        seen: set[tuple[int, int]] = set()
        for dependent, needed, one in ends:
            check_dependency(one.how)
            self._check_pair(dependent, needed, seen)
            if not one.how.group:
                continue
            key = (dependent.pk, one.how.group)
            counts[key] = counts.get(key, 0) + 1
            wanted[key] = DependencyGroup(
                organisation_id=self.organisation_id,
                asset=dependent,
                name=one.how.group,
                needed=one.how.least or 1,
            )
        for key, group in wanted.items():
            if group.needed > counts[key]:
                words = _("The group '%(name)s' would need %(needed)d of %(there)d.")
                said = {"name": group.name, "needed": group.needed, "there": counts[key]}
                raise Refused(words % said, "least")
        DependencyGroup.objects.bulk_create(wanted.values())
        return wanted

    def _check_pair(self, dependent: Asset, needed: Asset, seen: set[tuple[int, int]]) -> None:
        pair = (dependent.pk, needed.pk)
        if dependent.pk == needed.pk:
            raise Refused(_("Nothing can need itself."), "needed")
        if pair in seen:
            raise Refused(_("This dependency is there already."), "needed")
        seen.add(pair)
