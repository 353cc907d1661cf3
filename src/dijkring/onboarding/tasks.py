# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing a large file in, as a job that can be followed; whole or not at all."""

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core import jobs
from dijkring.core.jobs import Progress
from dijkring.core.tenancy import transaction_for
from dijkring.onboarding.models import Intake
from dijkring.onboarding.services import bringing
from dijkring.organisations.models import Organisation


@jobs.job(bringing.JOB)
def bring_in(progress: Progress, *, organisation_id: int, intake: int) -> str | None:
    """Bring in one file that somebody agreed to; returns its page."""
    progress.step(0, 2, _("The file is read and compared."))
    try:
        with transaction_for([organisation_id]):
            found = Intake.objects.get(pk=intake)
            slug = Organisation.objects.get(pk=organisation_id).slug
            if found.state == Intake.State.RUNNING:
                bringing.carry_out(intake=found)
    except Exception:
        with transaction_for([organisation_id]):
            bringing.give_up(intake=Intake.objects.get(pk=intake))
        raise
    progress.step(2, 2)
    return reverse("onboarding:intake", args=[slug, intake])
