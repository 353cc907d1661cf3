# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Adding a whole landscape at once, all of it or nothing; written as an import is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.services import watching
from dijkring.landscape.services.assets import RIGHT
from dijkring.landscape.services.import_plan import AssetChange, DependencyChange
from dijkring.landscape.services.import_write import Writing
from dijkring.landscape.services.wanted import (
    AssetWanted,
    DependencyWanted,
    check_asset,
    check_dependency,
    explained,
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
) -> None:
    """Add assets with what they need, beside what is there; names must be unique over all kinds.

    `jurisdictions` gives the country of suppliers that are new. Refused, with the name in the
    words, for the first thing that is wrong; then nothing is written.
    """
    actor.require(RIGHT)
    with transaction.atomic():
        _Adding(actor, jurisdictions or {}).run(assets, needs)


class _Adding:
    def __init__(self, actor: Actor, jurisdictions: Mapping[str, str]) -> None:
        self.organisation_id = actor.organisation_id
        self.writing = Writing(actor, jurisdictions)
        self.levels = len(selectors.levels(self.organisation_id))
        self.people = {one.user_id for one in colleagues(self.organisation_id)}
        rows = Asset.objects.filter(organisation_id=self.organisation_id, retired_at=None)
        self.there = {_key(one.name): one for one in rows}
        self.known = set(self.there)

    def run(self, assets: Sequence[AssetWanted], needs: Sequence[Need]) -> None:
        """Write everything; what is wrong is refused before anything is."""
        parts = [self._part(one) for one in assets]
        edges = [self._edge(one) for one in needs]
        _check_groups(needs)
        self.writing.assets(parts, self.there)
        self.writing.dependencies(edges)
        watching.changed(self.organisation_id)

    def _part(self, wanted: AssetWanted) -> AssetChange:
        key = _key(wanted.name)
        try:
            check_asset(wanted, self.levels)
            if key in self.known:
                raise Refused(_("There is one of this kind with this name already."), "name")
            if wanted.owner_id is not None and wanted.owner_id not in self.people:
                raise Refused(_("Choose a colleague with access."), "owner_id")
        except Refused as refused:
            raise Refused(f"{wanted.name}: {explained(refused)}", refused.field) from refused
        self.known.add(key)
        return AssetChange(key, wanted, None, ())

    def _edge(self, need: Need) -> DependencyChange:
        check_dependency(need.how)
        for name in (need.dependent, need.needed):
            if _key(name) not in self.known:
                words = _("'%(name)s' does not stand in the landscape.")
                raise Refused(words % {"name": name}, "needed")
        return DependencyChange(_key(need.dependent), _key(need.needed), need.how, None, ())


def _check_groups(needs: Sequence[Need]) -> None:
    """Refuse what needs itself or stands twice, and a group that needs more than there are."""
    seen: set[tuple[str, str]] = set()
    counts: dict[tuple[str, str], int] = {}
    for one in needs:
        pair = (_key(one.dependent), _key(one.needed))
        if pair[0] == pair[1]:
            raise Refused(_("Nothing can need itself."), "needed")
        if pair in seen:
            raise Refused(_("This dependency is there already."), "needed")
        seen.add(pair)
        counts[pair[0], one.how.group] = counts.get((pair[0], one.how.group), 0) + 1
    for one in needs:
        there = counts[_key(one.dependent), one.how.group]
        if one.how.group and (one.how.least or 1) > there:
            words = _("The group '%(name)s' would need %(needed)d of %(there)d.")
            said = {"name": one.how.group, "needed": one.how.least, "there": there}
            raise Refused(words % said, "least")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
