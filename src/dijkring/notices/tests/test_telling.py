# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told by what happens."""

from datetime import UTC, datetime

from dijkring.core import clock
from dijkring.core.models import Job
from dijkring.notices import work
from dijkring.notices.models import Notice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

ENDED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_a_notice_bears_the_time_at_which_the_work_ended(acting: Acting, alice: User) -> None:
    """However late the worker comes to tell it, and only once."""
    with acting(alice) as actor:
        job = Job.objects.create(
            organisation_id=actor.organisation_id,
            kind="surface.measure",
            title="Meten",
            started_by_id=actor.user_id,
            state=Job.State.DONE,
            created_at=ENDED,
            ended_at=ENDED,
        )
        for late in (datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)):
            with clock.moved_to(late):
                work.on_job_ended(organisation_id=actor.organisation_id, job_id=job.pk)
        assert list(Notice.objects.values_list("kind", "at")) == [("job.done", ENDED)]
