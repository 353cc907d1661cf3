# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as it leaves: parts and dependencies as plain values, with stable references."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dijkring.landscape import importers
from dijkring.landscape.importers.fields import ASSET_VALUES, DEPENDENCY_VALUES
from dijkring.landscape.models import Asset, Dependency
from dijkring.landscape.selectors.assets import in_use
from dijkring.landscape.selectors.dependencies import dependencies

_ELSEWHERE = ("kind", "owner", "party", "how", "group", "least")
_PLAIN = tuple(one.name for one in ASSET_VALUES if one.name not in _ELSEWHERE)
_PLAIN_OF_DEPENDENCY = tuple(one.name for one in DEPENDENCY_VALUES if one.name not in _ELSEWHERE)


def key_of(asset: Asset, slug: str) -> str:
    """Return the reference under which an asset leaves: where it came from, else one of ours."""
    return asset.reference or f"dijkring-{slug}-{asset.pk}"


def own_number(key: str, slug: str) -> int | None:
    """Return the number of an asset that left without a reference of its own, None for others."""
    match = re.fullmatch(rf"dijkring-{re.escape(slug)}-([0-9]{{1,18}})", key)
    return int(match[1]) if match else None


def plain_asset(asset: Asset, slug: str) -> importers.Asset:
    """Return an asset as a file tells it; what is unknown is left out."""
    said = {name: getattr(asset, name) for name in _PLAIN}
    said["party"] = asset.party.name if asset.party else ""
    said["owner"] = asset.owner.email if asset.owner else ""
    return importers.Asset(
        key_of(asset, slug), asset.kind, asset.name, asset.description, "", _known(said)
    )


def plain_dependency(one: Dependency, slug: str) -> importers.Dependency:
    """Return a dependency as a file tells it."""
    said = {name: getattr(one, name) for name in _PLAIN_OF_DEPENDENCY}
    group, least = (one.group.name, one.group.needed) if one.group else ("", 0)
    return importers.Dependency(
        key_of(one.dependent, slug), key_of(one.needed, slug), one.kind,
        f"dijkring-{slug}-d-{one.pk}", group, least, _known(said),
    )  # fmt: skip


def _known(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value
        for name, value in said.items()
        if value is not None and value != ""
    }


def whole(
    organisation_id: int, slug: str
) -> tuple[list[importers.Asset], list[importers.Dependency]]:
    """Return everything in use, by name."""
    assets = [plain_asset(one, slug) for one in in_use(organisation_id)]
    return assets, _between(dependencies(organisation_id), slug)


def _between(rows: Iterable[Dependency], slug: str) -> list[importers.Dependency]:
    return [plain_dependency(one, slug) for one in rows]
