# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A system, a request to its supplier and a registration, for the tests that visit every page."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.surface.models import MendRequest, Part, System
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.services import registrations, requests, systems
from dijkring.surface.services.systems import Wanted

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int) -> Arguments:
    """Make the `n`-th objects of these pages; returns the arguments of each page."""
    system = make_system(actor, n)
    pages = ("system", "change_system", "review_system", "retire_system")
    domain = system.belongings.get(domain__isnull=False).domain
    assert domain is not None
    request = make_request(actor, n)
    make_registration(actor)
    return {
        "surface:request": {"pk": request.pk},
        "surface:withdraw_request": {"pk": request.pk},
        "surface:request_sheet": {"pk": request.pk, "kind": "odt"},
        **{f"surface:{page}": {"pk": system.pk} for page in pages},
        "surface:part": {"pk": domain.pk},
    }


def make_system(actor: Actor, n: int) -> System:
    """Add a system with a name and an address."""
    wanted = Wanted(
        f"Zaaksysteem {n}",
        part=Part.CUSTOMER,
        owner_id=actor.user_id,
        supplier="Zuiderhost",
        purpose="Zaken van inwoners behandelen.",
        reviewed_on=clock.today(),
        names=[f"zaken-{n}-{actor.organisation_id}.example"],
        addresses=[f"203.0.113.{n}"],
    )
    return systems.add(actor=actor, wanted=wanted)


def make_request(actor: Actor, n: int) -> MendRequest:
    """Ask the supplier of the `n`-th name with a finding to mend it."""
    found = selectors.failing(actor.organisation_id)
    wanted = requests.Wanted(
        supplier="Zuiderhost",
        due_on=clock.today() + timedelta(days=30),
        name="Noor Bos",
        email="n.bos@example.org",
        answer_to=actor.name,
    )
    mine = [one for one in found if one.fact.member.startswith(f"bevonden-{n}-")]
    return requests.make(actor=actor, wanted=wanted, findings=mine)


def make_registration(actor: Actor) -> None:
    """Record a registration from which something lacks since."""
    registrations.record(
        actor=actor,
        details={"entity": "Gemeente Dijkerveen", "email": "ciso@example.org"},
        domains=["dijkerveen.example"],
        ranges=["203.0.113.0/24"],
        submitted_on=clock.today() - timedelta(days=30),
    )
