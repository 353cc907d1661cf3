# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a file is here already: by its reference, else by its kind and name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from dijkring.landscape import importers
from dijkring.landscape.exporters.archimate import identifier
from dijkring.landscape.importers.found import GROUP
from dijkring.landscape.models import Asset, Dependency
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import dependencies
from dijkring.landscape.selectors.exchange import own_number
from dijkring.landscape.services.wanted import ASSET_FIELDS, AssetWanted, DependencyWanted
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues

# So long that nobody else has given it; many tools count from id-1 in every model.
_UNIQUE = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f-]{19,}")


class Landscape:
    """The landscape of one organisation, read once.

    `same_model` are the assets that an earlier version of this model brought; None for a file
    whose references are the organisation's own.
    """

    def __init__(self, organisation_id: int, same_model: Collection[int] | None = None) -> None:
        self._same_model = same_model
        self._slug = Organisation.objects.values_list("slug", flat=True).get(pk=organisation_id)
        self.assets = list(selectors.in_use(organisation_id))
        self._by_reference: dict[str, Asset] = {}
        for one in self.assets:
            if one.reference:
                # As it stands, and as an ArchiMate model has to write it.
                self._by_reference.setdefault(identifier(one.reference), one)
                self._by_reference[one.reference] = one
        self._by_number = {one.pk: one for one in self.assets}
        self._by_name = {(one.kind, one.name.casefold()): one for one in self.assets}
        rows = dependencies.dependencies(organisation_id)
        self.edges = {(one.dependent_id, one.needed_id): one for one in rows}
        self._people: dict[str, int] = {}
        for row in colleagues(organisation_id):
            self._people[row.user.email.casefold()] = row.user_id
            self._people.setdefault(str(row.user).casefold(), row.user_id)

    def is_own(self, key: str) -> bool:
        """Tell whether a key is one that we gave to a part that is here."""
        return own_number(key, self._slug) in self._by_number

    def asset(self, one: importers.Asset) -> Asset | None:
        """Return what a file is about, None when it is new."""
        number = own_number(one.key, self._slug)
        found = self._by_number.get(number) if number is not None else None
        return found or self._referred(one) or self._by_name.get((one.kind, one.name.casefold()))

    def _referred(self, one: importers.Asset) -> Asset | None:
        """Return what bears the reference, unless another model may have given the same one."""
        found = self._by_reference.get(one.key)
        if found is None or self._same_model is None or found.pk in self._same_model:
            return found
        same = found.name.casefold() == one.name.casefold() or _UNIQUE.search(one.key)
        return found if same else None

    def is_free(self, key: str) -> bool:
        """Tell whether a new part may bear a reference."""
        return key not in self._by_reference

    def dependency(self, dependent: Asset | None, provider: Asset | None) -> Dependency | None:
        """Return the dependency between two, None when there is none."""
        if dependent is None or provider is None:
            return None
        return self.edges.get((dependent.pk, provider.pk))

    def person(self, words: str) -> int | None:
        """Return a colleague by e-mail address or name."""
        return self._people.get(" ".join(words.split()).casefold())


def said_of(asset: Asset) -> AssetWanted:
    """Return what is said of an asset now, with hours as a file would say them."""
    said: dict[str, Any] = {name: getattr(asset, name) for name in ASSET_FIELDS if name != "party"}
    for name, value in said.items():
        if isinstance(value, Decimal):
            said[name] = value.quantize(Decimal("0.01"))
    return AssetWanted(**said, party=asset.party.name if asset.party else "")


def said_of_dependency(one: Dependency) -> DependencyWanted:
    """Return what is said of a dependency now."""
    hours = one.delay_hours
    return DependencyWanted(
        kind=one.kind,
        group=one.group.name if one.group else "",
        least=one.group.needed if one.group else None,
        delay_hours=hours.quantize(Decimal("0.01")) if hours is not None else None,
        since=one.since,
        source=one.source,
        note=one.note,
        confirmed_on=one.confirmed_on,
    )


def groups_after(
    here: Landscape, known: Mapping[str, Asset], changes: Iterable[Any]
) -> list[tuple[str, str, int, int]]:
    """Return (asset, group, needed, there) of the groups that would need more than there are."""
    members: dict[tuple[int, str], dict[int | str, int]] = defaultdict(dict)
    names = {one.pk: one.name for one in here.assets}
    for one in here.edges.values():
        if one.group is not None:
            members[one.dependent_id, one.group.name][one.needed_id] = one.group.needed
    for change in changes:
        asset = known.get(change.dependent)
        if asset is None:
            continue
        provider = known.get(change.provider)
        end: int | str = provider.pk if provider else change.provider
        if change.found is not None and change.found.group is not None:
            members[asset.pk, change.found.group.name].pop(end, None)
        if change.wanted.kind == GROUP:
            needed = change.wanted.least or 1
            group = members[asset.pk, change.wanted.group]
            group.update(dict.fromkeys(group, needed))
            group[end] = needed
    return [
        (names[pk], name, max(group.values()), len(group))
        for (pk, name), group in members.items()
        if group and max(group.values()) > len(group)
    ]
