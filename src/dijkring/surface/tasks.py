# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measuring as a job: each domain is recorded as soon as it is measured, in its own transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import jobs
from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress
from dijkring.core.models import Job
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.surface import environment, names, probing
from dijkring.surface.engine import InputError
from dijkring.surface.selectors import domains as selectors
from dijkring.surface.services import measuring


@dataclass(slots=True)
class Outcome:
    """What a measurement came to."""

    domains: int = 0
    changed: int = 0
    failed: int = 0

    def words(self) -> str:
        """Say it in one line."""
        said = ngettext("%(n)d domain measured", "%(n)d domains measured", self.domains)
        facts = ngettext("%(n)d fact changed", "%(n)d facts changed", self.changed)
        parts = [said % {"n": self.domains}, facts % {"n": self.changed}]
        if self.failed:
            parts.append(_("%(n)d could not be measured") % {"n": self.failed})
        return ", ".join(parts) + "."


@jobs.job(measuring.ALL)
def measure_all(progress: Progress, *, organisation_id: int) -> str | None:
    """Measure every domain that may be measured; returns the address of the overview."""
    measure(progress, organisation_id=organisation_id)
    return _address(organisation_id, "surface:domains")


@jobs.job(measuring.ONE)
def measure_one(progress: Progress, *, organisation_id: int, domain: int) -> str | None:
    """Measure one domain; returns the address of its page."""
    measure(progress, organisation_id=organisation_id, domain=domain)
    return _address(organisation_id, "surface:domain", domain)


def measure(progress: Progress, *, organisation_id: int, domain: int | None = None) -> Outcome:
    """Measure what this job has not measured yet, so that a job taken up again goes on."""
    todo, done = _todo(progress, organisation_id, domain)
    outcome, total = Outcome(), done + len(todo)
    progress.step(done, total)
    try:
        for found in probing.measured(sorted(todo), environment.options()):
            done += 1
            _keep(organisation_id, todo[found.name], found, outcome)
            progress.step(done, total, names.shown(found.name))
    except InputError as error:
        raise Refused(names.said(error)) from error
    outcome.domains = done - outcome.failed
    progress.step(done, total, outcome.words())
    return outcome


def _todo(
    progress: Progress, organisation_id: int, domain: int | None
) -> tuple[dict[str, int], int]:
    """Return the domains still to measure, by name, and how many this job has measured already."""
    with transaction.atomic(), acting_for([organisation_id]):
        begun = Job.objects.get(id=progress.job_id).created_at
        measured_at = selectors.measured_at(organisation_id)
        rows = measuring.authorised(organisation_id)
        rows = rows if domain is None else rows.filter(pk=domain)
        wanted = dict(rows.values_list("name", "pk"))
    todo = {
        name: pk
        for name, pk in wanted.items()
        if name not in measured_at or measured_at[name] < begun
    }
    return todo, len(wanted) - len(todo)


def _keep(organisation_id: int, pk: int, found: probing.Measured, outcome: Outcome) -> None:
    if all(result.state == "not_measured" for result in found.results):
        outcome.failed += 1
    if not found.results:
        return
    with transaction.atomic(), acting_for([organisation_id]):
        # Read again: the domain may have been changed or removed while it was being measured.
        domain = measuring.authorised(organisation_id).filter(pk=pk).first()
        if domain is not None:
            recorded = measuring.record(domain=domain, results=found.results)
            outcome.changed += len(recorded.new) + len(recorded.ended)


def _address(organisation_id: int, page: str, *args: int) -> str:
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=organisation_id)
    return reverse(page, args=[slug, *args])
