# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of the file of an incident, for the tests that visit every page."""

from decimal import Decimal
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident
from dijkring.incidents.services import touched
from dijkring.incidents.services.touched import Touched
from dijkring.landscape.services import assets, dependencies
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted


def make(actor: Actor, made: Incident, n: int) -> dict[str, dict[str, Any]]:
    """Fill the file of an incident; returns the arguments of each page."""
    row = _touched(actor, made, n)
    return {
        "incidents:touch": {"pk": made.pk},
        "incidents:change_touched": {"pk": row.pk},
    }


def _touched(actor: Actor, made: Incident, n: int) -> Any:
    task = AssetWanted(f"Afval ophalen {n}", "task", residents=900, mtpd_hours=Decimal(24))
    needing = assets.add(actor=actor, wanted=task)
    system = assets.add(actor=actor, wanted=AssetWanted(f"Routesysteem {n}", "system"))
    after = DependencyWanted(delay_hours=Decimal(6))
    dependencies.depend(actor=actor, dependent=needing, needed=[system], wanted=after)
    wanted = Touched(clock.now())
    return touched.touch(actor=actor, incident=made, assets=[system.pk], wanted=wanted)[0]
