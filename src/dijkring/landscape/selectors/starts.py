# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fails at the start of a 'what if', and what hangs together under one name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dijkring.core.rows import id_of
from dijkring.landscape.countries import name_of
from dijkring.landscape.models import Asset, Party, Scenario, ScenarioStart
from dijkring.landscape.selectors.graph import Landscape, Node
from dijkring.organisations.models import Organisation

Kind = ScenarioStart.Kind
PLATFORMS = (Asset.Kind.PLATFORM, Asset.Kind.NETWORK)


@dataclass(frozen=True, slots=True)
class Start:
    """One thing that fails: an asset, or all that hangs on a supplier, body, country or place."""

    kind: str
    value: str
    name: str
    assets: tuple[int, ...]


@dataclass(frozen=True)
class Names:
    """What the suppliers and the providing bodies of a landscape are called."""

    parties: dict[int, str]
    bodies: dict[int, str]
    party_bodies: dict[int, int | None]


def names(organisation_id: int, landscape: Landscape) -> Names:
    """Read what suppliers and bodies are called."""
    rows = Party.objects.filter(organisation_id=organisation_id).values_list("pk", "name", "body")
    found = list(rows)
    ids = {one.body_id for one in landscape.nodes.values() if one.body_id is not None}
    bodies = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
    return Names(
        {pk: name for pk, name, _body in found},
        dict(bodies),
        {pk: body for pk, _name, body in found},
    )


def by_kind(landscape: Landscape, known: Names) -> dict[str, dict[str, Start]]:
    """Return per kind of name (not of assets) what hangs on each, by its value in an address."""
    found: dict[str, dict[str, Start]] = {}
    for kind, value, name, pks in _gathered(landscape, known):
        found.setdefault(kind, {})[value] = Start(kind, value, name, tuple(pks))
    return {
        kind: dict(sorted(of.items(), key=lambda one: one[1].name)) for kind, of in found.items()
    }


def _gathered(landscape: Landscape, known: Names) -> Iterable[tuple[str, str, str, list[int]]]:
    """Return what hangs on each name; one name in two spellings is called by the first."""
    called: dict[tuple[str, str], str] = {}
    gathered: dict[tuple[str, str], dict[int, None]] = {}
    for node in landscape.nodes.values():
        for kind, value, name in _labels(node, known):
            called.setdefault((kind, value), name)
            gathered.setdefault((kind, value), {})[node.pk] = None
    return ((*label, called[label], list(pks)) for label, pks in gathered.items())


def scenarios_with(assets: Collection[int]) -> Iterable[int]:
    """Return which of some assets fail in a scenario that is kept."""
    rows = ScenarioStart.objects.filter(asset__in=assets, scenario__retired_at=None)
    return rows.values_list("asset_id", flat=True)


def _labels(node: Node, known: Names) -> Iterable[tuple[str, str, str]]:
    if node.party_id in known.parties:
        yield Kind.PARTY, str(node.party_id), known.parties[node.party_id]
    if node.body_id in known.bodies:
        yield Kind.BODY, str(node.body_id), known.bodies[node.body_id]
    if node.country:
        yield Kind.COUNTRY, node.country, name_of(node.country)
    place = node.name if node.kind == Asset.Kind.LOCATION else node.place
    if place:
        yield Kind.PLACE, place.casefold(), place
    if node.kind == Asset.Kind.LOCATION and node.place:
        yield Kind.PLACE, node.place.casefold(), node.place


def platforms(landscape: Landscape) -> list[Start]:
    """Return each platform and network as something that fails by itself."""
    chosen = (node for node in landscape.nodes.values() if node.kind in PLATFORMS)
    return [of_asset(node) for node in sorted(chosen, key=lambda one: one.name)]


def of_asset(node: Node) -> Start:
    """Return an asset that fails."""
    return Start(Kind.ASSET, str(node.pk), node.name, (node.pk,))


def chosen(
    landscape: Landscape, hanging: dict[str, dict[str, Start]], asked: Iterable[tuple[str, str]]
) -> list[Start]:
    """Return what was asked for and is there; what is unknown is left out."""
    found: dict[tuple[str, str], Start] = {}
    for kind, value in asked:
        if kind == Kind.ASSET:
            id = id_of(value)
            start = of_asset(landscape.nodes[id]) if id in landscape.nodes else None
        else:
            key = value.casefold() if kind == Kind.PLACE else value
            start = hanging.get(kind, {}).get(key)
        if start is not None:
            found[start.kind, start.value] = start
    return list(found.values())


def asked_by(scenario: Scenario) -> list[tuple[str, str]]:
    """Return what a scenario asks, as in the address of the page."""
    return [(one.kind, _value(one)) for one in scenario.starts.all()]


def _value(start: ScenarioStart) -> str:
    ids: Sequence[int | None] = (start.asset_id, start.party_id, start.body_id)
    return next((str(one) for one in ids if one is not None), start.words)
