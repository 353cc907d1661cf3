# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measuring as a job: each domain is recorded as soon as it is measured, in batches if many."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse

from dijkring.core import jobs
from dijkring.core.errors import Refused
from dijkring.core.jobs import IN_PARTS, Later, Progress
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.surface import environment, names, probing
from dijkring.surface.engine import InputError
from dijkring.surface.models import Domain
from dijkring.surface.services import batches, measuring, optouts
from dijkring.surface.services.batches import Mine
from dijkring.surface.services.manners import SharedManners


@jobs.job(measuring.ALL, measuring.QUEUE, measuring.PLANNED)
def measure_all(progress: Progress, *, organisation_id: int) -> str | Later | None:
    """Measure every domain that may be measured; returns the address of the overview."""
    batch = batches.cut(progress)
    return _measure(progress, batch.pk) if batch else IN_PARTS


@jobs.job(measuring.ONE, measuring.QUEUE, measuring.AT_ONCE)
def measure_one(progress: Progress, *, organisation_id: int, domain: int) -> str | Later | None:
    """Measure one domain; returns the address of its page."""
    batch = batches.cut(progress, domain)
    ended = _measure(progress, batch.pk) if batch else IN_PARTS
    return ended if isinstance(ended, Later) else _address(organisation_id, "domain", domain)


@jobs.job(measuring.BATCH, measuring.QUEUE, measuring.PLANNED)
def measure_batch(progress: Progress, *, organisation_id: int, batch: int) -> str | Later | None:
    """Measure one batch of a round; the last one gives the address of the overview."""
    return _measure(progress, batch)


def _measure(progress: Progress, batch_id: int) -> str | Later | None:
    """Measure what has not been measured yet, so that a batch that is taken up again goes on."""
    try:
        mine = batches.take(progress, batch_id)
        whole = _do(progress, mine)
        if not whole:
            batches.give_back(progress, mine)
            return IN_PARTS
        ended = batches.finish(progress, mine)
    except batches.Lost:
        return IN_PARTS
    except InputError as error:
        raise Refused(names.said(error)) from error
    progress.step(ended.done, ended.total, ended.words())
    return IN_PARTS if ended.open else _address(progress.organisation_id, "domains")


def _do(progress: Progress, mine: Mine) -> bool:
    """Do a batch; False when it stopped because something more urgent waits."""
    manners = SharedManners(anew=mine.by_hand, by=mine.batch.taken_by)
    if mine.before:
        manners.give_all_back(mine.before)
    never = [name for name in mine.todo if manners.is_never(name)]
    refused = [probing.Measured(name, [*optouts.results(name)]) for name in never]
    _keep(progress, mine, refused)
    rest = sorted(mine.todo.keys() - set(never))
    measuring_ = probing.Measuring(environment.options(), manners)
    left = len(rest)
    for found in measuring_.measured(rest):
        _keep(progress, mine, found)
        left -= len(found)
        if left and jobs.more_urgent_waits(measuring.BATCH, mine.urgency):
            measuring_.enough()
    return not left


def _keep(progress: Progress, mine: Mine, found: Sequence[probing.Measured]) -> None:
    """Record what was found, first what has not changed, each part with its count."""
    if not found:
        return
    results = {one.name: one.results for one in found if one.results}
    seen = [len({result.state for result in one} - {"not_measured"}) for one in results.values()]
    failed = len(found) - len(seen) + seen.count(0)
    with transaction.atomic(), acting_for([progress.organisation_id]):
        batches.hold(mine)
        same = measuring.extend(domains=_domains(progress, mine, results), results=results)
        batches.note(mine, done=len(found) - len(results) + len(same), failed=failed)
    rest = [name for name in results if name not in same]
    if rest:
        with transaction.atomic(), acting_for([progress.organisation_id]):
            batches.hold(mine)
            recorded = measuring.record(domains=_domains(progress, mine, rest), results=results)
            changed = sum(len(one.new) + len(one.ended) for one in recorded.values())
            batches.note(mine, done=len(rest), changed=changed)
    now = batches.outcome(progress)
    progress.step(now.done, now.total, names.shown(found[-1].name))


def _domains(progress: Progress, mine: Mine, wanted: Iterable[str]) -> list[Domain]:
    """Read the domains again: one may have been changed or removed while it was measured."""
    ids = [mine.todo[name] for name in wanted]
    return list(measuring.authorised(progress.organisation_id).filter(pk__in=ids))


def _address(organisation_id: int, page: str, *args: int) -> str:
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=organisation_id)
    return reverse(f"surface:{page}", args=[slug, *args])
