# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what a plan holds in few statements, and keeps what is needed to undo it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.landscape.models import Asset, Dependency, DependencyGroup, Party
from dijkring.landscape.services import watching
from dijkring.landscape.services.import_plan import AssetChange, DependencyChange, Plan
from dijkring.landscape.services.wanted import rounded, tidied

_BATCH = 1_000
_EDGE_FIELDS = (
    "kind", "group_id", "delay_hours", "since", "source", "note", "confirmed_on",
)  # fmt: skip
Old = dict[str, dict[str, list[Any]]]
Wrote = Callable[[int, int], None]
Row = TypeVar("Row")


def unseen(_done: int, _total: int) -> None:
    """Tell nobody how far the writing is."""


def in_batches(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Give rows some at a time, each with how many there were after it."""
    for at in range(0, len(rows), _BATCH):
        some = rows[at : at + _BATCH]
        yield at + len(some), some


def write(actor: Actor, plan: Plan, wrote: Wrote = unseen) -> dict[str, Any]:
    """Write new and changed parts and dependencies; returns what undoes it.

    `wrote` is told after each batch how many of how many lines are written.
    """
    writing = Writing(actor, wrote=_counting(plan, wrote))
    made, changed = writing.assets(plan.assets, plan.known)
    edges, changed_edges = writing.dependencies(plan.dependencies)
    watching.changed(actor.organisation_id)
    return {
        "model": plan.report.key,
        "assets": made,
        "changed": changed,
        "dependencies": edges,
        "edges": changed_edges,
        "groups": writing.group_sizes,
    }


def _counting(plan: Plan, wrote: Wrote) -> Callable[[int], None]:
    total, done = len(plan.assets) + len(plan.dependencies), 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        wrote(done, total)

    return count


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it, the same for the same value."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


class Writing:
    """Writes parts and then the dependencies between them, in few statements.

    `jurisdictions` gives the country of suppliers that are new, by their name; `wrote` is told
    after each batch how many more are written.
    """

    def __init__(
        self,
        actor: Actor,
        jurisdictions: Mapping[str, str] | None = None,
        wrote: Callable[[int], None] = lambda _more: None,
    ) -> None:
        self._jurisdictions = jurisdictions or {}
        self._wrote = wrote
        self._actor = actor
        self._now = clock.now()
        self._assets: dict[str, Asset] = {}
        self.group_sizes: dict[str, list[int]] = {}

    def assets(
        self, changes: list[AssetChange], known: Mapping[str, Asset]
    ) -> tuple[list[int], Old]:
        """Write parts; returns those that are new, and what changed as [before, after]."""
        parties = self._parties(one.wanted.party for one in changes)
        new = [one for one in changes if one.asset is None]
        rows = [self._filled(self._fresh(), one, parties) for one in new]
        self._create(Asset, rows)
        self._assets = {**known, **{one.key: row for one, row in zip(new, rows, strict=True)}}
        return [row.pk for row in rows], self._change(changes, parties)

    def _fresh(self) -> Asset:
        return Asset(organisation_id=self._actor.organisation_id, added_at=self._now)

    def _filled(self, asset: Asset, one: AssetChange, parties: dict[str, Party]) -> Asset:
        for name, value in tidied(one.wanted).items():
            setattr(asset, name, value)
        asset.party = parties.get(_title(one.wanted.party).casefold())
        if one.asset is None or "confirmed_on" in one.fields:
            asset.confirmed_by_id = self._actor.user_id if asset.confirmed_on else None
        return asset

    def _change(self, changes: list[AssetChange], parties: dict[str, Party]) -> Old:
        old: Old = {}
        rows, names = [], set()
        for one in changes:
            if one.asset is None:
                continue
            fields = ["party_id" if name == "party" else name for name in one.fields]
            if "confirmed_on" in fields:
                fields.append("confirmed_by_id")
            before = {name: plain(getattr(one.asset, name)) for name in fields}
            rows.append(self._filled(one.asset, one, parties))
            after = {name: plain(getattr(one.asset, name)) for name in fields}
            old[str(one.asset.pk)] = {name: [before[name], after[name]] for name in fields}
            names.update(fields)
        self._update(Asset, rows, names)
        return old

    def _create(self, model: type[Model], rows: list[Any]) -> None:
        for _done, some in in_batches(rows):
            model._default_manager.bulk_create(some)
            self._wrote(len(some))

    def _update(self, model: type[Model], rows: list[Any], names: Iterable[str]) -> None:
        columns = sorted(name.removesuffix("_id") for name in names)
        for _done, some in in_batches(rows):
            model._default_manager.bulk_update(some, columns)
            self._wrote(len(some))

    def _parties(self, names: Iterable[str]) -> dict[str, Party]:
        """Return the suppliers by name, new ones made."""
        wanted = {_title(name).casefold(): _title(name) for name in names if name.strip()}
        if not wanted:
            return {}
        rows = Party.objects.filter(organisation_id=self._actor.organisation_id, retired_at=None)
        found = {one.name.casefold(): one for one in rows}
        made = Party.objects.bulk_create(
            [
                Party(
                    organisation_id=self._actor.organisation_id,
                    name=name,
                    jurisdiction=self._jurisdictions.get(name, ""),
                    added_at=self._now,
                )
                for key, name in wanted.items()
                if key not in found
            ]
        )
        return found | {one.name.casefold(): one for one in made}

    def dependencies(self, changes: list[DependencyChange]) -> tuple[list[int], Old]:
        """Write dependencies between parts; returns the same as `assets`."""
        groups = self._groups(changes)
        new = [one for one in changes if one.found is None]
        made = [self._filled_edge(self._fresh_edge(one), one, groups) for one in new]
        self._create(Dependency, made)
        old: Old = {}
        rows = []
        for one in changes:
            if one.found is None:
                continue
            before = {name: plain(getattr(one.found, name)) for name in _EDGE_FIELDS}
            rows.append(self._filled_edge(one.found, one, groups))
            after = {name: plain(getattr(one.found, name)) for name in _EDGE_FIELDS}
            old[str(one.found.pk)] = {name: [before[name], after[name]] for name in _EDGE_FIELDS}
        self._update(Dependency, rows, _EDGE_FIELDS)
        return [row.pk for row in made], old

    def _fresh_edge(self, one: DependencyChange) -> Dependency:
        return Dependency(
            organisation_id=self._actor.organisation_id,
            dependent=self._assets[one.dependent],
            needed=self._assets[one.provider],
            added_at=self._now,
        )

    def _filled_edge(
        self, edge: Dependency, one: DependencyChange, groups: dict[tuple[int, str], Any]
    ) -> Dependency:
        said = one.wanted
        edge.kind, edge.since, edge.confirmed_on = said.kind, said.since, said.confirmed_on
        edge.delay_hours = rounded(said.delay_hours)
        edge.source, edge.note = said.source.strip(), said.note.strip()
        edge.group = groups.get((self._assets[one.dependent].pk, _title(said.group)))
        return edge

    def _groups(self, changes: list[DependencyChange]) -> dict[tuple[int, str], DependencyGroup]:
        """Return the groups by asset and name: new ones made, others asking what the file says."""
        wanted = {
            (self._assets[one.dependent].pk, _title(one.wanted.group)): one.wanted.least or 1
            for one in changes
            if one.wanted.group
        }
        rows = DependencyGroup.objects.filter(asset__in={asset for asset, _name in wanted})
        found = {(row.asset_id, row.name): row for row in rows}
        missing = [
            DependencyGroup(
                organisation_id=self._actor.organisation_id, asset_id=asset, name=name, needed=n
            )
            for (asset, name), n in wanted.items()
            if (asset, name) not in found
        ]
        made = DependencyGroup.objects.bulk_create(missing, batch_size=_BATCH)
        for key, needed in wanted.items():
            if key in found and found[key].needed != needed:
                self.group_sizes[str(found[key].pk)] = [found[key].needed, needed]
                found[key].needed = needed
                found[key].save(update_fields=["needed"])
        return found | {(row.asset_id, row.name): row for row in made}


def _title(text: str) -> str:
    return " ".join(text.split())
