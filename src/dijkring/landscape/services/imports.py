# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking over a landscape or the parts of a system, whole or not at all; and undoing it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core import clock, jobs, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job
from dijkring.landscape.models import Component, Imported
from dijkring.landscape.selectors import imports as selectors
from dijkring.landscape.services import import_files, import_plan, import_undo, import_write
from dijkring.landscape.services.import_files import RIGHT, Choice
from dijkring.landscape.services.import_plan import Plan
from dijkring.landscape.services.import_write import Wrote, in_batches, unseen

JOB = "landscape.take_over"
AT_ONCE = 3_000


def take_over(
    *,
    actor: Actor,
    imported: Imported,
    mark: str = "",
    choice: Choice | None = None,
    at_once: bool = False,
    looked: Plan | None = None,
) -> Job | None:
    """Write what a file says, at once or, unless asked otherwise, as a job when it is much.

    `looked` is what somebody saw a moment ago: much is not reckoned again here, for the job does.

    Raises Refused when anything in the file is refused, when something else would be written than
    `mark` says, and for a file that was taken over already.
    """
    _check_not_running(imported)
    trusted = looked if looked is not None and _much(looked) and not at_once else None
    plan = _checked(actor, imported, mark, choice, trusted)
    imported.choice = plan.choice.kept()
    if at_once or not _much(plan):
        _write(actor, imported, plan)
        return None
    imported.state, imported.counts = Imported.State.RUNNING, {"mark": plan.mark}
    imported.save()
    title = _("Take over %(name)s") % {"name": imported.name}
    return jobs.start(actor=actor, kind=JOB, title=title[:200], imported=imported.pk)


def _check_not_running(imported: Imported) -> None:
    """Two who press the same button take it over once."""
    imported.refresh_from_db(from_queryset=Imported.objects.select_for_update())
    if imported.state == Imported.State.RUNNING:
        raise Refused(_("This file is being taken over."))


def _much(plan: Plan) -> bool:
    return len(plan.assets) + len(plan.dependencies) + len(plan.components) > AT_ONCE


def carry_out(*, actor: Actor, imported: Imported, wrote: Wrote = unseen) -> None:
    """Take over what somebody agreed to, in the running transaction; the work of the job.

    `wrote` is told now and then how many of how many lines are written.
    """
    plan = _checked(actor, imported, str(imported.counts.get("mark", "")), None)
    _write(actor, imported, plan, wrote)


def give_up(*, imported: Imported) -> None:
    """Let a file that could not be taken over be looked at again; what was done meanwhile stays."""
    rows = Imported.objects.filter(pk=imported.pk, state=Imported.State.RUNNING)
    rows.update(state=Imported.State.LOOKING, counts={})


def _checked(
    actor: Actor, imported: Imported, mark: str, choice: Choice | None, looked: Plan | None = None
) -> Plan:
    actor.require(RIGHT)
    # One at a time: two who press the same button take it over once.
    imported.refresh_from_db(from_queryset=Imported.objects.select_for_update())
    if imported.state in (Imported.State.DONE, Imported.State.UNDONE):
        raise Refused(_("This file has been taken over already."))
    plan = looked or import_plan.plan(actor=actor, imported=imported, choice=choice)
    if plan.refused:
        raise Refused(_("Something in this file is refused. Nothing of it is taken over."))
    if plan.report.components and plan.choice.system is None:
        raise Refused(_("Choose the system that this list is about."), "system")
    if not plan.something:
        raise Refused(_("There is nothing in this file to take over."))
    if mark and plan.mark != mark:
        raise Refused(_("Something has changed since you looked. Look again before you agree."))
    return plan


def _write(actor: Actor, imported: Imported, plan: Plan, wrote: Wrote = unseen) -> None:
    tenancy.note_reason(_("Taken over from %(name)s") % {"name": imported.name})
    if plan.report.components:
        imported.system_id = plan.choice.system
        undoing = _write_components(imported, plan, wrote)
    else:
        undoing = import_write.write(actor, plan, wrote)
    imported.undoing = undoing
    imported.counts = plan.counts
    imported.state, imported.done_at = Imported.State.DONE, clock.now()
    imported.save()
    path = import_files.path_of(imported)
    # Only after the commit: what could not be written can be looked at again.
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _write_components(imported: Imported, plan: Plan, wrote: Wrote) -> dict[str, Any]:
    # Its row has to be there before the parts that it brings.
    imported.save()
    system = imported.system
    if system is None:
        raise Refused(_("Choose the system that this list is about."), "system")
    Component.objects.filter(pk__in=plan.ending).update(ended_by=imported)
    rows = [
        Component(
            organisation_id=imported.organisation_id,
            system=system,
            imported=imported,
            name=one.name,
            version=one.version,
            purl=one.purl,
            licence=one.licence,
            kind=one.kind,
        )
        for one in plan.components
    ]
    for done, some in in_batches(rows):
        Component.objects.bulk_create(some)
        wrote(done, len(rows))
    return {}


def undo(*, actor: Actor, imported: Imported, reason: str) -> dict[str, int]:
    """Put back what an import changed, with a reason; returns how much, and what has to stay.

    What was changed again since stays as it is now.
    """
    actor.require(RIGHT)
    imported.refresh_from_db(from_queryset=Imported.objects.select_for_update())
    if imported.state != Imported.State.DONE:
        raise Refused(_("Only what was taken over can be undone."))
    tenancy.note_reason(reason)
    if imported.system_id is not None:
        if not selectors.latest_of_system(imported):
            raise Refused(_("There is a newer list of this system. Undo that one first."))
        done, _kinds = imported.components.all().delete()
        done += imported.ended_components.update(ended_by=None)
        told = {"back": done, "stays": 0}
    else:
        told = import_undo.undo(actor, imported)
    imported.state, imported.undone_at = Imported.State.UNDONE, clock.now()
    imported.undone_by_id = actor.user_id
    imported.counts = {**imported.counts, **told}
    imported.undoing = {}
    imported.save()
    return told


def cancel(*, actor: Actor, imported: Imported) -> None:
    """Take a file away that was not taken over."""
    actor.require(RIGHT)
    if imported.state != Imported.State.LOOKING:
        raise Refused(_("This file has been taken over already."))
    import_files.drop(imported)
