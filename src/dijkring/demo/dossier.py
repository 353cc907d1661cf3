# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of the demonstration's incidents: what they touched, tasks, evidence and costs."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident, TouchedAsset
from dijkring.incidents.services import dossier, exhibits, playbooks, touched
from dijkring.incidents.services.dossier import CostWanted
from dijkring.incidents.services.exhibits import Taken
from dijkring.incidents.services.touched import Touched
from dijkring.landscape.models import Asset


def say_touched(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    """Say what of the landscape an incident touches, as far as it is there."""
    assets = Asset.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    ids = list(assets.filter(name__in=row["touched"]).values_list("pk", flat=True))
    since = made.detected_at
    if ids and since is not None:
        wanted = Touched(since, TouchedAsset.Certainty.CONFIRMED)
        touched.touch(actor=actor, incident=made, assets=ids, wanted=wanted)


def say_mended(actor: Actor, made: Incident, _row: dict[str, Any]) -> None:
    """Say that what was touched works again."""
    for one in made.touched.all():
        wanted = Touched(one.since, one.certainty, until=clock.now())
        touched.change(actor=actor, touched=one, wanted=wanted)


def fill(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    """Keep evidence, costs, the decision about the police, and who was told."""
    given = row["file"]
    log = ("opslag.log", BytesIO(given["log"].encode()))
    origin = "Beheerconsole van het opslagplatform"
    taken = Taken("Logboek van de opslag", clock.now(), actor.name, origin)
    made_exhibit = exhibits.take(actor=actor, incident=made, wanted=taken, file=log)
    exhibits.check(actor=actor, exhibit=made_exhibit)
    for cost in given["costs"]:
        dossier.add_cost(actor=actor, incident=made, wanted=CostWanted(**cost))
    dossier.tell_police(actor=actor, incident=made, done=False, reason=given["no_police"])
    for told in given["told"]:
        dossier.write_contact(actor=actor, incident=made, at=clock.now(), by=actor.name, **told)


def practise(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    """Start a playbook in an exercise, do its first steps and add traces."""
    say_touched(actor, made, row)
    rows = playbooks.start(
        actor=actor,
        incident=made,
        key=row["playbook"],
        counted_from=clock.now() - timedelta(hours=1),
    )
    for task in rows[: row["done"]]:
        playbooks.end(actor=actor, task=task, state="done")
    dossier.add_indicators(actor=actor, incident=made, lines=row["traces"])
