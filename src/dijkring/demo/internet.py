# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What organisations keep up of their internet: systems, requests, names like theirs."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock, jobs
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.surface.models import Lookalike
from dijkring.surface.selectors import requests as asked
from dijkring.surface.services import lookalikes, registrations, requests, systems


def add_system(row: dict[str, Any]) -> None:
    """Put a system into the register, with its owner and the names that belong to it."""
    actor = region.in_role(row["organisation"], "ciso")
    owner = region.in_role(row["organisation"], row["owner"])
    wanted = systems.Wanted(
        row["name"],
        kind=row["kind"],
        part=row["part"],
        owner_id=owner.user_id,
        supplier=row["supplier"],
        purpose=row["purpose"],
        reviewed_on=clock.today(),
        names=row["names"],
        addresses=row["addresses"],
    )
    with transaction_for([actor.organisation_id], actor):
        systems.add(actor=actor, wanted=wanted)


def ask_supplier(row: dict[str, Any]) -> None:
    """Ask a supplier to mend all of its that fails now."""
    actor = region.in_role(row["organisation"], "ciso")
    wanted = requests.Wanted(
        supplier=row["supplier"],
        due_on=clock.today() + timedelta(days=row["within"]),
        name=row["name"],
        email=row["email"],
        answer_to=actor.name,
        message=row["message"],
    )
    with transaction_for([actor.organisation_id], actor):
        failing = asked.failing(actor.organisation_id)
        mine = [one for one in failing if one.supplier == row["supplier"] and not one.asked]
        requests.make(actor=actor, wanted=wanted, findings=mine)


def record_registration(row: dict[str, Any]) -> None:
    """Record what was submitted to the register of the Cbw."""
    actor = region.in_role(row["organisation"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        registrations.record(
            actor=actor,
            details=row["details"],
            domains=row["names"],
            ranges=row["ranges"],
            submitted_on=clock.today(),
            reference=row["reference"],
        )


def look_for_names(row: dict[str, Any]) -> None:
    """Look for names like its own, as from now on each week."""
    actor = region.in_role(row["organisation"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        job = lookalikes.look_now(actor=actor)
    jobs.perform(job_id=job.pk, organisation_id=actor.organisation_id, kind=job.kind, ids={})


def judge_name(slug: str, said: dict[str, Any]) -> None:
    """Say what the organisation thinks of a name that was found."""
    actor = region.in_role(slug, "ciso")
    with transaction_for([actor.organisation_id], actor):
        found = Lookalike.objects.get(organisation_id=actor.organisation_id, name=said["name"])
        lookalikes.judge(actor=actor, lookalike=found, verdict=said["verdict"], note=said["note"])
