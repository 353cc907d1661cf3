# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Domains that are registered, proven and measured in the practice internet."""

from dijkring.core.access import Actor
from dijkring.core.models import Job
from dijkring.evidence.models import Fact
from dijkring.organisations.models import User
from dijkring.surface.models import Domain
from dijkring.surface.services import authority, domains, measuring
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs

NAME = "sluisland-it.example"


def stated(actor: Actor, name: str = NAME, **values: bool | str) -> Domain:
    """Register a name and prove authority by a statement."""
    domain = domains.register_domain(actor=actor, name=name, **values)  # type: ignore[arg-type]
    return authority.prove_by_statement(
        actor=actor, domain=domain, name="F. Aydin", function="secretaris", text="Wij mogen dit."
    )


def measure(acting: Acting, user: User, do_jobs: DoJobs) -> Job:
    """Press the button and wait until the worker has done the job."""
    with acting(user) as actor:
        job = measuring.measure_now(actor=actor)
    do_jobs()
    with acting(user):
        return Job.objects.get(pk=job.pk)


def state_of(acting: Acting, user: User, check: str, subject: str) -> set[str]:
    """Return the current states of a check on a domain, over its addresses."""
    with acting(user):
        rows = Fact.objects.filter(kind=f"surface.{check}", member=subject, until=None)
        return set(rows.values_list("state", flat=True))
