# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of the file of an incident, for the tests that visit every page."""

from decimal import Decimal
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident, Task
from dijkring.incidents.services import playbooks, touched
from dijkring.incidents.services.touched import Touched
from dijkring.landscape.services import assets, dependencies
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted

PLAYBOOK = """
id: balie{n}
version: 1
title: {{nl: Balie zonder systeem, en: Front desk without system}}
when: De balie kan niet werken.
categories: [availability]
phases:
  contain:
    - {{id: papier, role: owner, do: Begin met het papieren formulier., why: Dan kan het door.}}
"""


def make(actor: Actor, made: Incident, n: int) -> dict[str, dict[str, Any]]:
    """Fill the file of an incident; returns the arguments of each page."""
    row = _touched(actor, made, n)
    done, skipped = _tasks(actor, made)
    own = playbooks.keep(actor=actor, text=PLAYBOOK.format(n=n))
    return {
        **{f"incidents:{page}": {"pk": made.pk} for page in ("start_playbook", "add_task")},
        "incidents:task_done": {"pk": done.pk},
        "incidents:task": {"pk": skipped.pk},
        **{f"incidents:{page}": {"key": own.key} for page in ("playbook", "retire_playbook")},
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


def _tasks(actor: Actor, made: Incident) -> tuple[Task, Task]:
    rows = playbooks.start(actor=actor, incident=made, key="ransomware", counted_from=clock.now())
    playbooks.end(actor=actor, task=rows[0], state="done")
    playbooks.end(actor=actor, task=rows[1], state="skipped", reason="Het bestuur zat erbij.")
    playbooks.add(actor=actor, incident=made, text="Bel de huisdrukker.", phase="recover")
    return rows[2], rows[1]
