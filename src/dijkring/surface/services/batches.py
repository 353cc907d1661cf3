# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round in batches: cut once, each done by one worker at a time, whatever becomes of workers."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Func, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock, jobs
from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress
from dijkring.core.models import Job
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Round
from dijkring.surface import environment
from dijkring.surface.facts import SOURCE
from dijkring.surface.models import Batch
from dijkring.surface.services import measuring

# A batch that is taken so often without anything recorded of it is left at what it has; between
# two tries we wait a little longer each time.
MOST_TRIES, WAIT = 5, timedelta(minutes=1)
# Who does a batch shows every so often that it lives; who is silent for so long does not any more.
SIGN, SILENT = timedelta(minutes=1), timedelta(minutes=10)


class Lost(Exception):
    """Another worker has taken this batch over, or the job has ended."""


@dataclass(slots=True)
class Outcome:
    """What a job has come to, over all its batches."""

    total: int = 0
    done: int = 0
    changed: int = 0
    failed: int = 0
    open: int = 0
    left: int = 0

    def words(self) -> str:
        """Say it in one line."""
        measured = self.done - self.failed
        said = ngettext("%(n)d domain measured", "%(n)d domains measured", measured)
        facts = ngettext("%(n)d fact changed", "%(n)d facts changed", self.changed)
        parts = [said % {"n": measured}, facts % {"n": self.changed}]
        if self.failed:
            parts.append(_("%(n)d could not be measured") % {"n": self.failed})
        said = ", ".join(parts) + "."
        if self.left:
            said += " " + _("Dijkring itself failed; the cause is in the log of the server.")
        return said


@dataclass(slots=True)
class Mine:
    """A batch that this worker has, with the names it still has to measure."""

    batch: Batch
    by_hand: bool
    todo: dict[str, int]
    # Who had it before and did not end it.
    before: str = ""

    @property
    def with_care(self) -> bool:
        """Whether it failed before, so that one name may not cost the others."""
        return self.batch.tries > 1

    @property
    def hopeless(self) -> bool:
        """Whether it has been tried often enough."""
        return self.batch.tries > MOST_TRIES

    @property
    def urgency(self) -> int:
        """How urgent it is among the batches of all organisations."""
        return measuring.BY_HAND if self.by_hand else measuring.PLANNED


def cut(progress: Progress, domain: int | None = None) -> Batch | None:
    """Cut a job into batches and queue them, or give the only one; doing it again changes nothing.

    Raises Refused when another round of all domains still goes on.
    """
    with transaction_for([progress.organisation_id]):
        job = Job.objects.select_for_update().get(id=progress.job_id)
        known = list(Batch.objects.filter(job=job))
        if not known:
            _tidy_and_refuse_two_rounds(job)
            known = _make(job, _wanted(job, domain))
            if len(known) > 1:
                _queue(job, known)
        return known[0] if len(known) == 1 else None


def _wanted(job: Job, domain: int | None) -> list[int]:
    rows = measuring.authorised(job.organisation_id)
    rows = rows if domain is None else rows.filter(pk=domain)
    return list(rows.values_list("pk", flat=True))


def _tidy_and_refuse_two_rounds(job: Job) -> None:
    others = Batch.objects.filter(organisation_id=job.organisation_id)
    others.exclude(job__ended_at=None).delete()
    if job.kind != measuring.ALL:
        return
    going_on = others.filter(ended_at=None, job__kind=measuring.ALL)
    if going_on.filter(job__created_at__gt=clock.now() - measuring.FORGOTTEN).exists():
        raise Refused(_("Another measurement of all domains still goes on."))


def _make(job: Job, wanted: Sequence[int]) -> list[Batch]:
    size = environment.names_in_batch()
    parts = [wanted[at : at + size] for at in range(0, len(wanted), size)] or [wanted]
    return Batch.objects.bulk_create(
        Batch(organisation_id=job.organisation_id, job=job, number=number, domains=list(part))
        for number, part in enumerate(parts)
    )


def _queue(job: Job, batches: Sequence[Batch]) -> None:
    progress = Progress(job.pk, job.organisation_id)
    for batch in batches:
        _line_up(progress, batch, _urgency(job))


def _urgency(job: Job) -> int:
    return measuring.BY_HAND if job.started_by_id else measuring.PLANNED


def take(progress: Progress, batch_id: int) -> Mine:
    """Take a batch, also from a worker that had it before; Lost when it has been done."""
    with transaction_for([progress.organisation_id]):
        batch = Batch.objects.select_for_update().filter(pk=batch_id, ended_at=None).first()
        if batch is None:
            raise Lost
        job = Job.objects.get(id=progress.job_id)
        todo = _todo(job, batch)
        before, batch.taken_by = batch.taken_by, secrets.token_hex(8)
        batch.alive_at, batch.tries = clock.now(), batch.tries + 1
        batch.done = len(batch.domains) - len(todo)
        batch.save(update_fields=["taken_by", "done", "alive_at", "tries"])
        return Mine(batch, job.started_by_id is not None, todo, before)


def _todo(job: Job, batch: Batch) -> dict[str, int]:
    """Return the domains that have not been measured since the job was made, by name."""
    left = set(batch.domains) - set(batch.measured)
    wanted = measuring.authorised(job.organisation_id).filter(pk__in=left)
    names = dict(wanted.values_list("name", "pk"))
    rounds = Round.objects.filter(organisation_id=job.organisation_id, source=SOURCE)
    since = rounds.filter(scope__in=list(names), observed_at__gte=job.created_at)
    measured = set(since.values_list("scope", flat=True))
    return {name: pk for name, pk in names.items() if name not in measured}


def hold(mine: Mine) -> Batch:
    """Make sure, until the end of this transaction, that the batch is still ours; else Lost."""
    held = Batch.objects.select_for_update().filter(
        pk=mine.batch.pk, taken_by=mine.batch.taken_by, ended_at=None
    )
    found = held.first()
    if found is None:
        raise Lost
    return found


def note(mine: Mine, *, measured: Collection[int], changed: int = 0, failed: int = 0) -> None:
    """Count what was done of a batch; within the transaction that recorded it."""
    done = Value(sorted(measured), output_field=Batch._meta.get_field("measured"))
    Batch.objects.filter(pk=mine.batch.pk).update(
        measured=Func(F("measured"), done, function="array_cat"),
        done=F("done") + len(measured),
        changed=F("changed") + changed,
        failed=F("failed") + failed,
        alive_at=clock.now(),
        tries=mine.batch.tries if mine.hopeless else 0,
    )


def show_life(progress: Progress, mine: Mine) -> None:
    """Say that a batch is still being done; Lost when it is another's by now."""
    with transaction_for([progress.organisation_id]):
        held = Batch.objects.filter(pk=mine.batch.pk, taken_by=mine.batch.taken_by, ended_at=None)
        if not held.update(alive_at=clock.now()):
            raise Lost


def outcome(progress: Progress) -> Outcome:
    """Return what the job has come to until now."""
    with transaction_for([progress.organisation_id]):
        return _outcome(Batch.objects.filter(job_id=progress.job_id))


def _outcome(batches: QuerySet[Batch]) -> Outcome:
    zero = {name: Coalesce(Sum(name), 0) for name in ("done", "changed", "failed")}
    found = batches.aggregate(
        **zero,
        open=Count("id", filter=Q(ended_at=None)),
        left=Count("id", filter=Q(tries__gt=MOST_TRIES)),
    )
    total = sum(len(one) for one in batches.values_list("domains", flat=True))
    return Outcome(total=total, **found)


def finish(progress: Progress, mine: Mine) -> Outcome:
    """End a batch, in the transaction of its caller; with the last one all of them go.

    Names without a round by now have failed. Returns what the job has come to; `open` tells how
    many batches are left.
    """
    job = Job.objects.select_for_update().get(id=progress.job_id)
    failed = len(_todo(job, hold(mine)))
    batches = Batch.objects.filter(job=job)
    batches.filter(pk=mine.batch.pk).update(
        ended_at=clock.now(), done=len(mine.batch.domains), failed=F("failed") + failed
    )
    found = _outcome(batches)
    if not found.open:
        batches.delete()
    return found


def give_back(progress: Progress, mine: Mine) -> None:
    """Queue what is left of a batch once more, because something more urgent waits."""
    with transaction_for([progress.organisation_id]):
        batch = hold(mine)
        Batch.objects.filter(pk=batch.pk).update(tries=0)
        _line_up(progress, batch, mine.urgency)


def try_again(progress: Progress, mine: Mine) -> None:
    """Queue a batch once more, a while from now, because something of ours went wrong."""
    with transaction_for([progress.organisation_id]):
        batch = hold(mine)
        _line_up(progress, batch, mine.urgency, batch.tries * WAIT)


def _line_up(
    progress: Progress, batch: Batch, urgency: int, wait: timedelta = timedelta(0)
) -> None:
    of, ids = (progress.job_id, progress.organisation_id), {"batch": batch.pk}
    jobs.start_part(*of, measuring.BATCH, urgency, wait, **ids)


def take_up_silent(organisation_id: int, batch_id: int) -> None:
    """Queue a batch of which nothing was heard; doing it again changes nothing.

    A worker that was thought dead and ends its work after all takes the line of the queue away
    under the hands of who took over; when that one is killed, nobody has the batch.
    """
    with transaction_for([organisation_id]):
        silent = Batch.objects.select_for_update(of=("self",)).select_related("job")
        before = clock.now() - SILENT
        for batch in silent.filter(pk=batch_id, ended_at=None, alive_at__lte=before):
            job, batch.alive_at = batch.job, clock.now()
            batch.save(update_fields=["alive_at"])
            _line_up(Progress(job.pk, organisation_id), batch, _urgency(job))
