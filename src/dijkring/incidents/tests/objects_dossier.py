# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of the file of an incident, for the tests that visit every page."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Exhibit, Incident, Indicator, Task
from dijkring.incidents.services import (
    closing,
    dossier,
    exhibits,
    keeping,
    playbooks,
    reporting,
    touched,
)
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.dossier import CostWanted
from dijkring.incidents.services.exhibits import Taken
from dijkring.incidents.services.reporting import Reported
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
    exhibit, trace = _dossier(actor, made, n)
    of_incident = (
        "start_playbook",
        "add_task",
        "dossier",
        "indicators",
        "ask_deletion",
        "dossier_export",
    )
    of_exhibits = ("hand_over_exhibit", "check_exhibit", "download_exhibit")
    deletion = keeping.ask(actor=actor, incident=long_ago(actor, n), ground="De termijn is om.")
    of_deletions = ("deletion", "agree_deletion", "withdraw_deletion")
    return {
        **{f"incidents:{page}": {"pk": deletion.pk} for page in of_deletions},
        **{f"incidents:{page}": {"pk": made.pk} for page in of_incident},
        "incidents:add_to_file": {"pk": made.pk, "kind": "bewijs"},
        **{f"incidents:{page}": {"pk": exhibit.pk} for page in of_exhibits},
        "incidents:strike": {"kind": "spoor", "pk": trace.pk},
        "incidents:task_done": {"pk": done.pk},
        "incidents:task": {"pk": skipped.pk},
        **{f"incidents:{page}": {"key": own.key} for page in ("playbook", "retire_playbook")},
        "incidents:touch": {"pk": made.pk},
        "incidents:change_touched": {"pk": row.pk},
    }


def long_ago(actor: Actor, n: int) -> Incident:
    """Report and close an incident that was kept for long enough."""
    with clock.moved_to(clock.now() - timedelta(days=1_500 + n)):
        wanted = Reported(f"Kwijtgeraakte laptop {n}", clock.now(), personal_data="no")
        made = reporting.report(actor=actor, wanted=wanted)
        reporting.move(actor=actor, incident=made, to="triage")
        closing.end(actor=actor, incident=made, at=clock.now())
        done = Closing("Tas in de trein blijven liggen.", "yes", "Een kabel had geholpen.")
        return closing.close(actor=actor, incident=made, wanted=done)


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


def _dossier(actor: Actor, made: Incident, n: int) -> tuple[Exhibit, Indicator]:
    now = clock.now()
    taken = Taken(f"Verdachte bijlage {n}", now, "F. Aydin", "Postbus van de balie", "Kluis")
    file = ("factuur.exe", BytesIO(b"MZ\x90" + bytes(str(n), "ascii")))
    exhibit = exhibits.take(actor=actor, incident=made, wanted=taken, file=file)
    exhibits.check(actor=actor, exhibit=exhibit)
    lines = [f"hxxps://kwaad{n}[.]example/a", "192.0.2.4"]
    trace = dossier.add_indicators(actor=actor, incident=made, lines=lines)[0]
    cost = CostWanted("Onderzoek door een bureau", 125_000, 2026, paid_to="Speurders BV")
    dossier.add_cost(actor=actor, incident=made, wanted=cost)
    dossier.tell_police(actor=actor, incident=made, done=True, at=now, number=f"PL-{n}")
    dossier.write_contact(
        actor=actor, incident=made, at=now, to="Alle medewerkers", channel="e-mail",
        text="Open deze bijlage niet.", by="F. Aydin",
    )  # fmt: skip
    return exhibit, trace
