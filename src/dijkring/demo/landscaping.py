# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the bodies of the region have and rely on, and what the joint body provides to them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import services as known
from dijkring.landscape.selectors import starts
from dijkring.landscape.services import (
    bulk,
    import_files,
    imports,
    looking,
    methods,
    observing,
    publications,
    scenarios,
    taking,
)
from dijkring.landscape.services.bulk import Need
from dijkring.landscape.services.import_files import Choice
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.organisations.models import Organisation

# The story is told so long ago; what was confirmed since counts from the day of telling.
AGO = timedelta(days=70)
CONTENT = Path(__file__).parent / "content" / "landscape.yaml"
_HOURS = {"mtpd": "mtpd_hours", "rto": "rto_hours", "rpo": "rpo_hours"}
_WORDS = {
    "t": "description", "law": "law", "by": "party", "in": "jurisdiction", "at": "place",
    "pd": "personal_data", "ai": "algorithm", "lat": "latitude", "lon": "longitude",
}  # fmt: skip


@cache
def content() -> dict[str, Any]:
    """Return the landscapes as they are written down; nobody changes them."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


def provide() -> None:
    """Let the joint body record what it has, and provide services to its takers."""
    joint = content()["joint"]
    actor = region.in_role(joint["slug"], "ciso")
    takers = list(Organisation.objects.filter(slug__in=joint["takers"]))
    with transaction_for([actor.organisation_id], actor):
        methods.adopt(actor=actor, **content()["method"])
        _record(actor, joint["slug"], joint["assets"])
        assets = {one.name: one for one in Asset.objects.filter(retired_at=None)}
        for row in joint["services"]:
            _provide(actor, row, assets[row["of"]], takers)


def _provide(actor: Actor, row: dict[str, Any], asset: Asset, takers: list[Organisation]) -> None:
    norms = known.norm_services(actor.organisation_id).filter(name=row.get("norms", "")).first()
    wanted = ServiceWanted(
        row["name"], asset.description, _hours(row.get("rto")), _hours(row.get("rpo")),
        norms.pk if norms else None,
    )  # fmt: skip
    made = publications.publish(actor=actor, asset=asset, wanted=wanted)
    publications.show_to(actor=actor, publication=made, takers=takers)
    if state := row.get("state"):
        publications.set_state(actor=actor, publication=made, state=state, note=row["note"])


def rely(slug: str) -> None:
    """Let a municipality take the services that are shown to it, and record what it has."""
    actor = region.in_role(slug, "ciso")
    rows = [*content()["municipality"], *content()["own"].get(slug, ())]
    with transaction_for([actor.organisation_id], actor):
        methods.adopt(actor=actor, **content()["method"])
        for one in known.offered(actor.organisation_id):
            taking.take(actor=actor, service=one.service)
        _record(actor, slug, rows)


def keep_scenario(row: dict[str, Any]) -> None:
    """Let somebody keep what fails under a name."""
    actor = region.in_role(row["of"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        found = looking.seen(actor, row["name"])
        hanging = starts.by_kind(found, starts.names(actor.organisation_id, found))
        chosen = [
            start
            for kind, names in row["starts"].items()
            for start in hanging[kind].values()
            if start.name in names
        ]
        scenarios.keep(actor=actor, name=row["name"], starts=chosen, description=row["description"])


def tell_parts() -> None:
    """Let a municipality take over the list of parts that a supplier gave of its system."""
    row = content()["parts"]
    actor = region.in_role(row["of"], "ciso")
    body = (CONTENT.parent / row["file"]).read_bytes()
    with transaction_for([actor.organisation_id], actor):
        system = Asset.objects.get(organisation_id=actor.organisation_id, name=row["system"])
        kept = import_files.keep(actor=actor, name=row["file"], content=BytesIO(body))
        imports.take_over(actor=actor, imported=kept, choice=Choice(system=system.pk), at_once=True)


def _record(actor: Actor, slug: str, rows: list[dict[str, Any]]) -> None:
    population = Organisation.objects.get(slug=slug).population
    owners = {role: _owner(slug, role) for role in {row["owner"] for row in rows if "owner" in row}}
    bulk.add_all(
        actor=actor,
        assets=[_asset(row, population, owners) for row in rows],
        needs=[need for row in rows for need in _needs(row)],
        jurisdictions=content()["suppliers"],
    )
    observing.observe(actor.organisation_id)


def _asset(
    row: dict[str, Any], population: int | None, owners: dict[str, int | None]
) -> AssetWanted:
    levels = [int(one) for one in str(row["biv"])] if "biv" in row else [None] * 3
    given: dict[str, Any] = {name: row[key] for key, name in _WORDS.items() if key in row}
    given |= {name: _hours(row.get(key)) for key, name in _HOURS.items()}
    return AssetWanted(
        name=row["n"],
        kind=row["k"],
        owner_id=owners.get(row.get("owner", "")),
        availability=levels[0],
        integrity=levels[1],
        confidentiality=levels[2],
        residents=round(population * row["people"]) if population and "people" in row else None,
        statutory=True if row["k"] == "task" else None,
        confirmed_on=_seen(row["seen"]),
        **given,
    )


def _seen(days: int) -> date:
    """Return the day on which somebody confirmed it, as seen from the day of the page."""
    return min(clock.today(), clock.day_of(clock.now() + AGO - timedelta(days=days)))


def _owner(slug: str, role: str) -> int | None:
    """Return who holds a role; where nobody does, the CISO owns it for the time being."""
    try:
        return region.in_role(slug, role).user_id
    except LookupError:
        return region.in_role(slug, "ciso").user_id


def _hours(given: float | None) -> Decimal | None:
    return None if given is None else Decimal(str(given))


def _needs(row: dict[str, Any]) -> Iterator[Need]:
    for kind, names in (("needs", row.get("needs", ())), ("degraded", row.get("hinder", ()))):
        yield from _of_kind(row["n"], kind, names)
    for group in row.get("any", ()):
        how = DependencyWanted("group", group["name"], group["least"], confirmed_on=clock.today())
        yield from (Need(row["n"], name, how) for name in group["of"])


def _of_kind(dependent: str, kind: str, names: Iterable[str]) -> Iterator[Need]:
    for name in names:
        needed, _sign, delay = name.partition("~")
        how = DependencyWanted(kind, delay_hours=_hours(float(delay)) if delay else None,
                               confirmed_on=clock.today())  # fmt: skip
        yield Need(dependent, needed, how)
