# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The import of a framework as a job that can be followed."""

from django.urls import reverse

from dijkring.controls.services import imports
from dijkring.core import jobs
from dijkring.core.access import system_actor
from dijkring.core.jobs import Progress
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation


@jobs.job(imports.KIND)
def import_framework(progress: Progress, *, organisation_id: int, number: int) -> str | None:
    """Store one kept file; who started the job had the right to. Returns the framework's page."""
    file = imports.Kept(organisation_id, number)
    progress.step(0, 2)
    actor = system_actor(organisation_id)
    with transaction_for([organisation_id], actor):
        result = imports.store_kept(actor=actor, file=file)
        slug = Organisation.objects.get(pk=organisation_id).slug
    progress.step(2, 2)
    # Only after the commit: a worker that is killed before it finds the file again.
    file.remove()
    if result.framework_id is None:
        return reverse("controls:frameworks", args=[slug])
    return reverse("controls:framework", args=[slug, result.framework_id])
