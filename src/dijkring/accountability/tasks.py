# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making a report is long work: it can be left and found again."""

from datetime import date

from django.utils.translation import gettext as _

from dijkring.accountability import services
from dijkring.accountability.models import Report
from dijkring.core.access import person_actor
from dijkring.core.jobs import Progress, job
from dijkring.core.models import Job
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.organisations.models import Membership, Organisation


@job("accountability.report")
def make(progress: Progress, *, organisation_id: int, first: int, last: int) -> str:
    """Make the report over a period of days (ordinals) once, also when the job is run again."""
    progress.step(0, 2, _("Gathering figures"))
    begin, end = date.fromordinal(first), date.fromordinal(last)
    with transaction_for([organisation_id]):
        started = Job.objects.get(id=progress.job_id)
        made = Report.objects.filter(
            organisation_id=organisation_id,
            period_from=begin,
            period_to=end,
            made_at__gte=started.created_at,
        ).first()
        member = Membership.objects.select_related("user").get(user=started.started_by, until=None)
        actor = person_actor(organisation_id, member.user_id, str(member.user), member.role)
        with acting_for([organisation_id], actor):
            made = made or services.make_report(
                actor=actor, title=started.title, first=begin, last=end
            )
    progress.step(2, 2)
    slug = Organisation.objects.get(id=organisation_id).slug
    return f"/o/{slug}/raad/{made.pk}/"
