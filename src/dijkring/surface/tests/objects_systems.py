# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A system with what belongs to it, for the tests that visit every page."""

from typing import Any

from dijkring.core.access import Actor
from dijkring.surface.models import Part, System
from dijkring.surface.services import systems
from dijkring.surface.services.systems import Wanted

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int) -> Arguments:
    """Make the `n`-th objects of these pages; returns the arguments of each page."""
    system = make_system(actor, n)
    pages = ("system", "change_system", "review_system", "retire_system")
    domain = system.belongings.get(domain__isnull=False).domain
    assert domain is not None
    return {
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
        reviewed_on=systems.today(),
        names=[f"zaken-{n}-{actor.organisation_id}.example"],
        addresses=[f"203.0.113.{n}"],
    )
    return systems.add(actor=actor, wanted=wanted)
