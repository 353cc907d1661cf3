# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the crisis of the benchmark is about: a landscape, and what is hit of it."""

from datetime import timedelta

from dijkring.benchmarks.landscape_world import FLOORS, HOUR, Country, country
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident
from dijkring.incidents.services import reporting
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.services.touched import Touched, touch
from dijkring.landscape.cascade import Kind
from dijkring.landscape.models import Asset, Dependency

ASSETS, DEPENDENCIES, HIT = 2_000, 12_000, 5
KINDS = (*(kind for kind, _share in FLOORS), "supplied", "network", "platform")


def stricken(actor: Actor) -> Incident:
    """Report an incident, as an exercise, that touches some of what much hangs on."""
    made = country(ASSETS, DEPENDENCIES, 1)
    assets = Asset.objects.bulk_create(_asset(actor, made, n) for n in range(len(made)))
    Dependency.objects.bulk_create(_lines(actor, made, assets))
    noticed = clock.now() - timedelta(hours=2)
    wanted = Reported("Gijzelsoftware", noticed, "Alles ligt plat.", "no", exercise=True)
    found = reporting.report(actor=actor, wanted=wanted)
    hit = [one.pk for one in assets if one.kind == "platform"][:HIT]
    touch(actor=actor, incident=found, assets=hit, wanted=Touched(noticed))
    return found


def _asset(actor: Actor, made: Country, number: int) -> Asset:
    promised = int(made.promised[number])
    return Asset(
        organisation_id=actor.organisation_id,
        kind=KINDS[int(made.floor[number])],
        name=f"Bedrijfsmiddel {number}",
        rto_hours=None if promised < 0 else promised / HOUR,
        residents=int(made.residents[number]),
        statutory=bool(made.statutory[number]),
        added_at=clock.now(),
    )


def _lines(actor: Actor, made: Country, assets: list[Asset]) -> list[Dependency]:
    """Return what needs what; what stands in a group is needed here as well."""
    told = made.dependencies
    return [
        Dependency(
            organisation_id=actor.organisation_id,
            dependent=assets[dependent],
            needed=assets[needed],
            kind="degraded" if kind == Kind.DEGRADED else "needs",
            delay_hours=seconds / HOUR,
            added_at=clock.now(),
        )
        for dependent, needed, kind, seconds in zip(
            told.dependent.tolist(),
            told.provider.tolist(),
            told.kind.tolist(),
            told.seconds.tolist(),
            strict=True,
        )
    ]
