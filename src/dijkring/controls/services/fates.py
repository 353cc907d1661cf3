# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of the leaves of one version in the next: the same, moved, reworded or gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from dijkring.controls.importers.pack import Pack, Text
from dijkring.controls.models import (
    Framework,
    LookAgain,
    Requirement,
    WasBecomes,
    version_key,
)
from dijkring.controls.services.places import owned_by, visible

Cause = LookAgain.Cause


@dataclass(frozen=True, slots=True)
class Fate:
    """One leaf of the old version and what takes its place; without a cause it stayed the same."""

    old: Requirement
    new: tuple[Requirement, ...] = ()
    cause: str = ""
    note: Text = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.old.ref} → {', '.join(one.ref for one in self.new) or '×'}"


# --- storing the list ---------------------------------------------------------------------------


def store(
    pack: Pack, organisation_id: int | None, *, only_new: bool = False
) -> tuple[int, int, int]:
    """Store the was-becomes list of a pack; returns how many are new, changed and unchanged.

    The list is about the version that the pack names for its framework, else its own version.
    `only_new` leaves what is stored already as it is.
    """
    rows = [
        WasBecomes(
            organisation_id=organisation_id,
            key=one.was[0],
            version=pack.names_versions.get(one.was[0], pack.version),
            was=one.was[1],
            becomes=[":".join(place) for place in one.becomes],
            note=one.note,
        )
        for one in pack.was_becomes
    ]
    asked = {(row.key, row.version, row.was): row for row in rows}
    keys = {row.key for row in rows}
    mine = WasBecomes.objects.filter(owned_by(organisation_id), key__in=keys)
    stored = {(row.key, row.version, row.was): row for row in mine} if rows else {}
    again = set() if only_new else asked.keys() & stored.keys()
    changed = [name for name in again if _set(stored[name], asked[name])]
    WasBecomes.objects.bulk_update([stored[name] for name in changed], ["becomes", "note"])
    add = [row for name, row in asked.items() if name not in stored]
    WasBecomes.objects.bulk_create(add)
    return len(add), len(changed), len(asked) - len(add) - len(changed)


def _set(row: WasBecomes, wanted: WasBecomes) -> bool:
    same = (row.becomes, row.note) == (wanted.becomes, wanted.note)
    row.becomes, row.note = wanted.becomes, wanted.note
    return not same


# --- following a number -------------------------------------------------------------------------


def version_before(framework: Framework, organisation_id: int | None = None) -> Framework | None:
    """Return the newest older version of the same framework.

    It is for everybody, of the framework's own organisation, or of the one that asks.
    """
    seen = visible(organisation_id or framework.organisation_id)
    versions = Framework.objects.filter(seen, key=framework.key, requirements__leaf=True).distinct()
    own = version_key(framework.version)
    older = [one for one in versions if version_key(one.version) < own]
    return max(older, key=lambda one: one.age, default=None)


def was_becomes(old_framework: Framework, new_framework: Framework) -> dict[int, list[int]]:
    """Return for each leaf of the old version what takes its place in the new one, as ids.

    An empty list: nothing takes its place by number.
    """
    found = what_became(old_framework, new_framework)
    return {fate.old.pk: [new.pk for new in fate.new] for fate in found}


def what_became(old: Framework, new: Framework) -> list[Fate]:
    """Return what became of each active leaf of the old version, in the order of the norm."""
    leaves = list(old.requirements.filter(leaf=True, status="active").order_by("position"))
    follow = _Following(old, new)
    found = [follow.fate(leaf) for leaf in leaves]
    return _with_reworded(found)


class _Following:
    """The lists between two versions, and what stands in the new one."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.key = new.key
        self.rows = {row.ref.casefold(): row for row in new.requirements.all()}
        self.lists = list(_between(old, new))

    def fate(self, leaf: Requirement) -> Fate:
        refs, note, listed = [leaf.ref.casefold()], {}, False
        for steps in self.lists:
            for step in [steps[ref] for ref in refs if ref in steps]:
                listed, note = True, step.note
            refs = [new for ref in refs for new in self._step(steps, ref)]
        new = [self._standing(ref) for ref in refs]
        moved = listed or any(row is not None and hop for row, hop in new)
        rows = tuple(row for row, _hop in new if row is not None)
        cause = Cause.GONE if not rows else Cause.MOVED if moved else ""
        return Fate(leaf, rows, cause, note)

    def _step(self, steps: dict[str, WasBecomes], ref: str) -> Iterable[str]:
        if ref not in steps:
            return [ref]
        places = (place.partition(":") for place in steps[ref].becomes)
        return [new.casefold() for key, _colon, new in places if key == self.key]

    def _standing(self, ref: str) -> tuple[Requirement | None, bool]:
        """Return the leaf that a number means in the new version, and whether it moved there."""
        row = self.rows.get(ref)
        hop = bool(row and row.moved_to and row.status != Requirement.Status.ACTIVE)
        if row is not None and hop:
            row = self.rows.get(row.moved_to.casefold())
        stands = row is not None and row.leaf and row.status == Requirement.Status.ACTIVE
        return row if stands else None, hop


def _between(old: Framework, new: Framework) -> Iterable[dict[str, WasBecomes]]:
    owners = Q(organisation=old.organisation_id) | Q(organisation=new.organisation_id)
    rows = WasBecomes.objects.filter(Q(organisation=None) | owners, key=new.key)
    low, high = version_key(old.version), version_key(new.version)
    wanted: dict[tuple[object, ...], dict[str, WasBecomes]] = {}
    for row in rows:
        version = version_key(row.version)
        if low < version <= high:
            wanted.setdefault(version, {})[row.was.casefold()] = row
    return [wanted[version] for version in sorted(wanted)]


def _with_reworded(found: list[Fate]) -> list[Fate]:
    """Mark what kept its number and changed its text.

    Two sources word everything differently: only when most texts are the same does a difference
    say that the norm changed.
    """
    kept = [fate for fate in found if not fate.cause]
    differ = [fate for fate in kept if not _same_text(fate.old, fate.new[0])]
    if len(differ) * 2 > len(kept):
        return found
    marked = {fate.old.pk: Fate(fate.old, fate.new, Cause.REWORDED) for fate in differ}
    return [marked.get(fate.old.pk, fate) for fate in found]


def _same_text(old: Requirement, new: Requirement) -> bool:
    pairs = [(old.official_text, new.official_text), (old.text, new.text)]
    before, after = next((pair for pair in pairs if all(pair)), (old.text, new.text))
    common = before.keys() & after.keys()
    return all(before[language] == after[language] for language in common)
