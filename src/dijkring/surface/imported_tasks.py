# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking a large file over, as a job that can be followed; whole or not at all."""

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core import jobs
from dijkring.core.access import Actor, person_actor
from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Membership, Organisation
from dijkring.surface.models import Imported
from dijkring.surface.services import imported as services


@jobs.job(services.JOB)
def take_over(progress: Progress, *, organisation_id: int, imported: int) -> str | None:
    """Take over one file that somebody agreed to, as that person; returns its page."""
    progress.step(0, 2, _("The file is read and compared."))
    try:
        with transaction_for([organisation_id]):
            found = Imported.objects.get(pk=imported)
            if found.state == Imported.State.RUNNING:
                services.carry_out(actor=_person(found), imported=found)
    except Exception:
        with transaction_for([organisation_id]):
            services.give_up(imported=Imported.objects.get(pk=imported))
        raise
    progress.step(2, 2)
    slug = Organisation.objects.get(pk=organisation_id).slug
    return reverse("surface:import", args=[slug, imported])


def _person(found: Imported) -> Actor:
    """Return who agreed, with the rights of now."""
    row = (
        Membership.objects.filter(
            organisation_id=found.organisation_id, user=found.uploaded_by, until=None
        )
        .select_related("user")
        .first()
    )
    if row is None:
        raise Refused(_("Who uploaded this file has no access any more."))
    return person_actor(found.organisation_id, row.user_id, str(row.user), row.role)
