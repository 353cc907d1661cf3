# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies below the services that we take, as far as an agreement shows it.

Read it inside a look (`services.looking`): the provider sees who looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.landscape.models import Asset, Party
from dijkring.organisations.models import Organisation

_PARTS = """
SELECT provider, service, asset, kind, name, rto_hours, mtpd_hours, supplier, country, place
FROM door_landscape_below(%s) WHERE taker = %s ORDER BY provider, name, asset
"""
# How a dependency is told stands in numbers, as in the lines of our own landscape.
_LINES = """
SELECT dependency, dependent, needed, CASE kind WHEN 'needs' THEN 0 WHEN 'group' THEN 1 ELSE 2 END,
  coalesce(group_id, 0), coalesce(at_least, 0), coalesce(delay_hours * 3600, 0)::bigint
FROM door_landscape_below_lines(%s) WHERE taker = %s ORDER BY dependency
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what another provides; `hours` are its promise and how long it can be missed.

    `party_id` is a supplier of ours with the same name as its supplier there.
    """

    pk: int
    provider_id: int
    provider: str
    kind: str
    name: str
    hours: tuple[Decimal | None, Decimal | None]
    supplier: str
    party_id: int | None
    country: str
    place: str


@dataclass(frozen=True, slots=True)
class Below:
    """The parts, and the lines between them: id, dependent, needed, how, group, least, seconds.

    `roots` has what the provider tells of the services themselves, by our asset that stands for it.
    """

    parts: list[Part]
    roots: dict[int, Part]
    lines: list[tuple[int, ...]]


def providers(organisation_id: int) -> set[int]:
    """Return whose services stand in our landscape."""
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    return set(rows.exclude(service=None).values_list("provider_id", flat=True))


def below(organisation_id: int) -> Below:
    """Return what lies below the services that we take; the service itself is our own asset."""
    moment = clock.now()
    rows = fetch(_PARTS, [moment, organisation_id])
    ours = dict(
        Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
        .exclude(service=None)
        .values_list("service", "pk")
    )
    stands_for = {row[2]: ours[row[1]] for row in rows if row[1] in ours}
    lines = [
        (pk, stands_for.get(dependent, dependent), stands_for.get(needed, needed), *rest)
        for pk, dependent, needed, *rest in fetch(_LINES, [moment, organisation_id])
    ]
    found = _parts(organisation_id, rows)
    roots = {stands_for[one.pk]: one for one in found if one.pk in stands_for}
    return Below([one for one in found if one.pk not in stands_for], roots, lines)


def _parts(organisation_id: int, rows: Sequence[tuple[Any, ...]]) -> list[Part]:
    names = dict(
        Organisation.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name")
    )
    found = Party.objects.filter(organisation_id=organisation_id, retired_at=None)
    known = {name.casefold(): pk for name, pk in found.values_list("name", "pk")}
    return [
        Part(
            asset, provider, names.get(provider, ""), kind, name, (rto, mtpd), supplier,
            known.get(supplier.casefold()), country, place,
        )
        for provider, _service, asset, kind, name, rto, mtpd, supplier, country, place in rows
    ]  # fmt: skip
