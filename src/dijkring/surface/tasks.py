# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measuring as a job: each domain is recorded as soon as it is measured, in batches if many."""

import logging
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from procrastinate.contrib.django import app

from dijkring.core import clock, jobs
from dijkring.core.errors import Refused
from dijkring.core.jobs import IN_PARTS, Later, Progress
from dijkring.core.models import Job
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.surface import environment, names, probing
from dijkring.surface.engine import InputError, Options
from dijkring.surface.models import Domain
from dijkring.surface.selectors import ports
from dijkring.surface.services import batches, measuring, optouts
from dijkring.surface.services.batches import Mine
from dijkring.surface.services.looks import looks
from dijkring.surface.services.manners import SharedManners
from dijkring.surface.services.measuring import Results, Seen

AT_MOST = 500
# How many seconds what was measured may wait to be recorded together with more.
GATHERING = 2.0

log = logging.getLogger(__name__)


@jobs.job(measuring.ALL, measuring.QUEUE, measuring.PLANNED)
def measure_all(progress: Progress, *, organisation_id: int) -> Later:
    """Measure every domain that may be measured; gives the address of the overview."""
    batch = batches.cut(progress)
    return _measure(progress, batch.pk) if batch else IN_PARTS


@jobs.job(measuring.ONE, measuring.QUEUE, measuring.AT_ONCE)
def measure_one(progress: Progress, *, organisation_id: int, domain: int) -> Later:
    """Measure one domain; gives the address of its page."""
    batch = batches.cut(progress, domain)
    return _measure(progress, batch.pk) if batch else IN_PARTS


@jobs.job(measuring.BATCH, measuring.QUEUE, measuring.PLANNED)
def measure_batch(progress: Progress, *, organisation_id: int, batch: int) -> Later:
    """Measure one batch of a round; the last one ends the job."""
    return _measure(progress, batch)


@app.periodic(cron="* * * * *")
@app.task(name="surface.look_after", queueing_lock="surface.look_after")
def look_after(timestamp: int) -> None:
    """Queue the batches of which nothing was heard for a while: nobody has them any more."""
    query = "SELECT organisation_id, id FROM door_silent_batches(%s, %s)"
    for organisation_id, batch in fetch(query, [clock.now() - batches.SILENT, AT_MOST]):
        batches.take_up_silent(organisation_id, batch)


def _measure(progress: Progress, batch_id: int) -> Later:
    """Measure what has not been measured yet, so that a batch that is taken up again goes on."""
    try:
        _try(progress, batches.take(progress, batch_id))
    except batches.Lost:
        log.info("batch %s is another's, or has been done", batch_id)
    except InputError as error:
        raise Refused(names.said(error)) from error
    return IN_PARTS


def _try(progress: Progress, mine: Mine) -> None:
    """Do a batch and end it; a fault of ours costs it some time, and not the others."""
    try:
        if mine.hopeless:
            _keep_with_care(progress, mine, _stand_ins(mine.todo, "internal_error"))
        elif not _do(progress, mine):
            return batches.give_back(progress, mine)
        _finish(progress, mine)
    except (batches.Lost, InputError, Refused):
        raise
    except Exception:
        if mine.hopeless:
            raise
        log.exception("batch %s failed", mine.batch.pk)
        batches.try_again(progress, mine)


def _finish(progress: Progress, mine: Mine) -> None:
    """End a batch, and with the last one the job: all at once, whenever a worker is killed."""
    with transaction_for([progress.organisation_id]):
        ended = batches.finish(progress, mine)
        progress.step(ended.done, ended.total, ended.words())
        if not ended.open:
            progress.end(Job.State.DONE, result_url=_address(mine))


def _do(progress: Progress, mine: Mine) -> bool:
    """Do a batch; False when it stopped because something more urgent waits."""
    manners = SharedManners(anew=mine.by_hand, by=mine.batch.taken_by)
    if mine.before:
        manners.give_all_back(mine.before)
    never = [name for name in mine.todo if manners.is_never(name)]
    _keep(progress, mine, _stand_ins(never, "opted_out"))
    rest = sorted(mine.todo.keys() - set(never))
    known = looks(progress.organisation_id, rest, manners)
    options = _options(progress.organisation_id)
    measuring_ = probing.Measuring(options, manners, known.taken_over)
    left, said = len(rest), clock.now()
    with closing(measuring_.measured(rest)) as going:
        for found in _gathered(going):
            now = clock.now()
            _keep(progress, mine, [replace(one, at=one.at or now) for one in found])
            known.share(found, now)
            left -= len(found)
            if left and jobs.more_urgent_waits(measuring.BATCH, mine.urgency):
                measuring_.enough()
            if clock.now() - said > batches.SIGN:
                batches.show_life(progress, mine)
                said = clock.now()
    if left:
        manners.give_all_back(manners.by)
    return not left


def _gathered(going: Iterable[list[probing.Measured]]) -> Iterator[list[probing.Measured]]:
    """Put together what comes within seconds: a hundred names cost little more than one."""
    waiting: list[probing.Measured] = []
    since = time.monotonic()
    for found in going:
        waiting += found
        enough = len(waiting) >= probing.MOST_TOGETHER or time.monotonic() - since > GATHERING
        yield waiting if enough else []
        if enough:
            waiting, since = [], time.monotonic()
    yield waiting


def _options(organisation_id: int) -> Options:
    """How this installation measures, with the ports of the hosts that are this organisation's."""
    with transaction_for([organisation_id]):
        return replace(environment.options(), ports=ports.scope(organisation_id))


def _stand_ins(wanted: Iterable[str], reason: str) -> list[probing.Measured]:
    """What stands for the measurement of names that are not measured."""
    return [probing.Measured(name, [*optouts.results(name, reason)]) for name in wanted]


def _keep(progress: Progress, mine: Mine, found: Sequence[probing.Measured]) -> None:
    """Record what was found, first what has not changed, each part with its count."""
    if mine.with_care:
        _keep_with_care(progress, mine, found)
    elif found:
        _keep_together(progress, mine, found)


def _keep_with_care(progress: Progress, mine: Mine, found: Iterable[probing.Measured]) -> None:
    """Record names one by one: what cannot be recorded of one does not cost the others."""
    for one in found:
        try:
            _keep_together(progress, mine, [one])
        except batches.Lost:
            raise
        except Exception:
            log.exception("recording %s failed", one.name)


def _keep_together(progress: Progress, mine: Mine, found: Sequence[probing.Measured]) -> None:
    """Record what was seen at each moment: most of it now, some when another looked."""
    for at in {one.at for one in found}:
        results = {one.name: one.results for one in found if one.results and one.at == at}
        _keep_of(progress, mine, results, at or clock.now())
    now = batches.outcome(progress)
    progress.step(now.done, now.total, names.shown(found[-1].name))


def _keep_of(progress: Progress, mine: Mine, results: Results, at: datetime) -> None:
    of = progress.organisation_id
    with transaction_for([of]):
        batches.hold(mine)
        seen = measuring.seen_of(_domains(mine, results), results)
        same = measuring.extend(organisation_id=of, seen=seen, at=at)
        _note(mine, seen, results.keys() - (seen.keys() - same))
    if rest := {name: seen[name] for name in seen if name not in same}:
        with transaction_for([of]):
            batches.hold(mine)
            still = {domain.name for domain in _domains(mine, rest)}
            new = {name: rest[name] for name in rest if name in still}
            recorded = measuring.record(organisation_id=of, seen=new, at=at).values()
            changed = sum(len(one.new) + len(one.ended) for one in recorded)
            _note(mine, seen, rest, changed)


def _note(mine: Mine, seen: Seen, of: Collection[str], changed: int = 0) -> None:
    """Count what was recorded; a name of which nothing could be seen has failed."""
    if not of:
        return
    parts = [seen[name] for name in of if seen.get(name)]
    unseen = [all(one.state == "not_measured" for one in part) for part in parts]
    batches.note(
        mine, measured=[mine.todo[name] for name in of], changed=changed, failed=sum(unseen)
    )


def _domains(mine: Mine, wanted: Iterable[str]) -> list[Domain]:
    """Read the domains again: one may have been changed or removed while it was measured."""
    ids = [mine.todo[name] for name in wanted]
    return list(measuring.authorised(mine.batch.organisation_id).filter(pk__in=ids))


def _address(mine: Mine) -> str:
    """The page of the name that was measured, or the overview."""
    job, slug = mine.batch.job, mine.batch.organisation.slug
    one = job.kind == measuring.ONE and Domain.objects.filter(pk__in=mine.batch.domains).first()
    page, args = ("domain", [slug, one.pk]) if one else ("domains", [slug])
    return reverse(f"surface:{page}", args=args)
