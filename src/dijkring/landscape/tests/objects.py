# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of this room, made by the real services, for the tests that visit every page."""

from decimal import Decimal
from typing import Any

from dijkring.core.access import Actor, system_actor
from dijkring.core.tenancy import acting_for
from dijkring.landscape.models import Asset, Publication, Scenario, ServiceTaker
from dijkring.landscape.selectors import starts
from dijkring.landscape.selectors.graph import landscape
from dijkring.landscape.services import assets, dependencies, parties, publications, scenarios
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.landscape.tests import objects_imports
from dijkring.organisations.models import Organisation
from dijkring.sharing.tests.objects import co_operate

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of this room; returns the arguments of each page."""
    task, centres = make_assets(actor, n)
    group = DependencyWanted(kind="group", group="Rekencentra", least=1, delay_hours=Decimal(2))
    made = dependencies.depend(actor=actor, dependent=task, needed=centres, wanted=group)
    taker = make_service(actor, centres[0])
    party = parties.keep(actor=actor, name=f"Vrije Wolk {n}", jurisdiction="US")
    shown = offered(actor, n)
    kept = make_scenario(actor, centres, n)
    of_assets = ("asset", "change_asset", "confirm_asset", "retire_asset", "restore_asset")
    of_services = ("service", "change_service", "service_state", "show_service", "end_service")
    of_edges = ("dependency", "change_dependency", "end_dependency", "restore_dependency")
    return {
        **{f"landscape:{page}": {"pk": task.pk} for page in (*of_assets, "depend", "publish")},
        **{f"landscape:{page}": {"pk": made[0].pk} for page in of_edges},
        **objects_imports.make(actor, n),
        "landscape:group": {"pk": made[0].group_id},
        "landscape:conflict": {"pk": task.pk},
        **{f"landscape:{page}": {"pk": kept.pk} for page in ("scenario", "retire_scenario")},
        **{f"landscape:{page}": {"pk": taker.publication_id} for page in of_services},
        "landscape:stop_showing": {"pk": taker.pk},
        **{f"landscape:{page}": {"pk": shown.pk} for page in ("offered", "take")},
        **{
            f"landscape:{page}": {"pk": party.pk}
            for page in ("party", "change_party", "retire_party")
        },
    }


def make_assets(actor: Actor, n: int) -> tuple[Asset, list[Asset]]:
    """Add a statutory task and two data centres."""
    task = AssetWanted(
        f"Bijstand verstrekken {n}",
        Asset.Kind.TASK,
        owner_id=actor.user_id,
        availability=3,
        integrity=3,
        confidentiality=3,
        mtpd_hours=Decimal(72),
        rto_hours=Decimal(24),
        residents=1200,
        statutory=True,
        law="Participatiewet, artikel 7",
        reference=f"PR-{n}",
    )
    centres = [
        AssetWanted(f"Rekencentrum {side} {n}", Asset.Kind.LOCATION, party="Zuiderhost")
        for side in ("Noord", "Zuid")
    ]
    made = assets.add(actor=actor, wanted=task)
    return made, [assets.add(actor=actor, wanted=one) for one in centres]


def make_service(actor: Actor, asset: Asset) -> ServiceTaker:
    """Provide an asset to another as a service."""
    wanted = ServiceWanted(asset.name, "Stroom, koeling en toegang.", Decimal(4), Decimal(1))
    made = publications.publish(actor=actor, asset=asset, wanted=wanted)
    takers = [_other(actor)]
    co_operate(actor, *takers)
    return publications.show_to(actor=actor, publication=made, takers=takers)[0]


def make_scenario(actor: Actor, failing: list[Asset], n: int) -> Scenario:
    """Keep what happens when these fail."""
    known = landscape(actor.organisation_id)
    chosen = [starts.of_asset(known.nodes[one.pk]) for one in failing]
    return scenarios.keep(actor=actor, name=f"Beide rekencentra weg {n}", starts=chosen)


def _other(actor: Actor) -> Organisation:
    others = Organisation.objects.filter(slug__in=("meldpunt", "sluisland"))
    return others.exclude(pk=actor.organisation_id).order_by("slug")[0]


def offered(actor: Actor, n: int) -> Publication:
    """Let another show a service to us."""
    other = _other(actor)
    with acting_for([other.pk]):
        theirs = system_actor(other.pk)
        name = f"Meldkamer {n} voor {actor.organisation_id}"
        asset = assets.add(actor=theirs, wanted=AssetWanted(name, Asset.Kind.PLATFORM))
        made = publications.publish(actor=theirs, asset=asset, wanted=ServiceWanted(name))
        us = Organisation.objects.get(pk=actor.organisation_id)
        publications.show_to(actor=theirs, publication=made, takers=[us])
    return made
