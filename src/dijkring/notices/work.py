# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices of this room itself, and what happens to them when somebody leaves."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core.leaving import Leaving
from dijkring.core.models import Job
from dijkring.notices import kinds
from dijkring.notices.services import asking, contacts, telling


def register_kinds() -> None:
    """Register the kinds of notice of this room."""
    asked = _("Asked by link")
    kinds.register("ask.answered", asked, _("%(who)s answered: %(title)s"))
    kinds.register("ask.waiting", asked, _("%(who)s has not answered yet: %(title)s"))
    kinds.register("ask.silent", asked, _("No answer of %(who)s, the link has ended: %(title)s"))
    kinds.register(
        "ask.unsent", asked, _("The e-mail to %(who)s could not be sent: %(title)s. Make a link.")
    )
    kinds.register("job.done", _("Long work"), _("Ready: %(title)s"))
    kinds.register("job.failed", _("Long work"), _("This failed: %(title)s"))


def on_job_ended(*, organisation_id: int, job_id: int) -> None:
    """Tell who started long work that it has ended."""
    job = Job.objects.get(pk=job_id)
    telling.tell(
        organisation_id=organisation_id,
        users=[job.started_by_id],
        kind="job.failed" if job.state == Job.State.FAILED else "job.done",
        values={"title": job.title},
        url_name="organisations:job",
        url_args=[job.pk],
        key=f"job-{job.pk}",
        at=job.ended_at,
    )


def on_leaving(leaving: Leaving) -> list[str]:
    """Hand over or withdraw what somebody asked by link; nothing is mailed for them any more."""
    count = asking.leave(leaving)
    telling.forget(organisation_id=leaving.organisation_id, user_id=leaving.user_id)
    contacts.forget(leaving.user_id)
    if not count:
        return []
    words = (
        gettext("%(count)s asks by link handed over")
        if leaving.successor_id
        else gettext("%(count)s asks by link withdrawn")
    )
    return [words % {"count": count}]
