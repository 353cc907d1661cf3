# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing a file in after somebody agreed, whole or not at all; and taking it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core import clock, jobs, tenancy
from dijkring.core.access import Actor, person_actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job
from dijkring.evidence.services import standings
from dijkring.onboarding.intake.kinds import KINDS
from dijkring.onboarding.models import Brought, ColumnMemory, Intake
from dijkring.onboarding.services import files, lines, planning
from dijkring.onboarding.services.planning import HANDLERS, Plan
from dijkring.organisations.models import Membership

JOB = "onboarding.bring_in"
AT_ONCE = 300
MOST_PEOPLE = 300
MOST_REFUSED = 2000


def confirm(
    *,
    actor: Actor,
    intake: Intake,
    mark: str,
    chosen: Mapping[str, int | None] | None = None,
    numbering: str = "",
    parts: str | None = None,
) -> tuple[Job | None, list[dict[str, Any]]]:
    """Bring a file in, at once or as a job when it is large; returns the job, or what was made.

    `chosen`, `numbering` and `parts` are what the person chose before looking. Raises Refused when
    something else would be written than `mark` says: look again.
    """
    plan = _checked(actor, intake, mark, chosen, numbering, parts)
    intake.choice, intake.numbering = planning.kept(plan), plan.numbering
    intake.save(update_fields=["choice", "numbering"])
    if intake.kind == "people" and len(plan.to_write) > MOST_PEOPLE:
        words = _("At most %(most)d people can be invited at once: split the file.")
        raise Refused(words % {"most": MOST_PEOPLE})
    if len(plan.to_write) <= AT_ONCE or intake.kind == "people":
        return None, _write(actor, intake, plan)
    intake.state, intake.counts = Intake.State.RUNNING, {"mark": mark}
    intake.save(update_fields=["state", "counts"])
    title = _("Bring in %(name)s") % {"name": intake.name}
    return jobs.start(actor=actor, kind=JOB, title=title[:200], intake=intake.pk), []


def _checked(
    actor: Actor,
    intake: Intake,
    mark: str,
    chosen: Mapping[str, int | None] | None = None,
    numbering: str = "",
    parts: str | None = None,
) -> Plan:
    actor.require(KINDS[intake.kind].right)
    # One at a time per organisation: two who press the same button bring it in once.
    standings.lock([actor.organisation_id])
    intake.refresh_from_db(fields=["state"])
    if intake.state in (Intake.State.DONE, Intake.State.WITHDRAWN):
        raise Refused(_("This file has been brought in already."))
    plan = planning.plan(
        actor=actor, intake=intake, chosen=chosen, numbering=numbering, parts=parts
    )
    if plan.wrong or not plan.to_write:
        raise Refused(_("There is nothing in this file to bring in."))
    if plan.mark != mark:
        raise Refused(_("Something has changed since you looked. Look again before you agree."))
    return plan


def carry_out(*, intake: Intake) -> None:
    """Bring in what somebody agreed to, as that person, in the running transaction."""
    mark = str(intake.counts.get("mark", ""))
    actor = _person(intake)
    plan = _checked(actor, intake, mark)
    _write(actor, intake, plan)


def _person(intake: Intake) -> Actor:
    """Return who agreed, with the rights of now."""
    row = (
        Membership.objects.filter(
            organisation_id=intake.organisation_id, user=intake.uploaded_by, until=None
        )
        .select_related("user")
        .first()
    )
    if row is None:
        raise Refused(_("Who uploaded this file has no access any more."))
    return person_actor(intake.organisation_id, row.user_id, str(row.user), row.role)


def give_up(*, intake: Intake) -> None:
    """Let a file that could not be brought in be looked at again."""
    intake.state, intake.counts = Intake.State.LOOKING, {}
    intake.save(update_fields=["state", "counts"])


def _write(actor: Actor, intake: Intake, plan: Plan) -> list[dict[str, Any]]:
    tenancy.note_reason(_("Brought in from %(name)s") % {"name": intake.name})
    written = plan.to_write
    made = HANDLERS[intake.kind].write(actor, intake, written)
    _remember_lines(actor, intake, written, made)
    _remember_columns(intake, plan)
    refused = [one for one in plan.lines if one.status == lines.REFUSED]
    intake.state, intake.done_at = Intake.State.DONE, clock.now()
    intake.counts = plan.counts
    intake.refused = [
        {"line": one.line, "label": one.label, "reason": one.reason}
        for one in refused[:MOST_REFUSED]
    ]
    intake.save()
    path = files.path_of(intake)
    # Only after the commit: what could not be written can be looked at again.
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return made


def _remember_lines(
    actor: Actor, intake: Intake, written: list[lines.Line], made: list[dict[str, Any]]
) -> None:
    now = clock.now()
    ids = [one.before.pk for one in written if one.before is not None]
    Brought.objects.filter(pk__in=ids).update(until=now)
    Brought.objects.bulk_create(
        [
            Brought(
                organisation_id=actor.organisation_id,
                intake=intake,
                kind=intake.kind,
                key=one.key,
                digest=one.digest,
                line=one.line,
                made={name: value for name, value in what.items() if name != "token"},
            )
            for one, what in zip(written, made, strict=True)
        ],
        batch_size=1000,
    )


def _remember_columns(intake: Intake, plan: Plan) -> None:
    ColumnMemory.objects.update_or_create(
        organisation_id=intake.organisation_id,
        kind=intake.kind,
        header=plan.header.fingerprint,
        defaults={"choice": planning.kept(plan), "numbering": plan.numbering},
    )


def take_back(*, actor: Actor, intake: Intake, reason: str) -> dict[int, str]:
    """Take back what an import brought, as long as nobody worked on it.

    Returns per line of the file why it stays. What stays is remembered as brought in.
    """
    actor.require(KINDS[intake.kind].right)
    standings.lock([actor.organisation_id])
    intake.refresh_from_db(fields=["state"])
    if intake.state != Intake.State.DONE:
        raise Refused(_("Only what was brought in can be taken back."))
    tenancy.note_reason(reason)
    rows = list(intake.lines.filter(until=None))
    stays = HANDLERS[intake.kind].take_back(actor, rows, reason)
    gone = [row.pk for row in rows if row.pk not in stays]
    Brought.objects.filter(pk__in=gone).update(until=clock.now())
    intake.state = Intake.State.WITHDRAWN
    intake.counts = {**intake.counts, "gone": len(gone), "stays": len(stays)}
    intake.refused = [
        {"line": row.line, "label": "", "reason": stays[row.pk]} for row in rows if row.pk in stays
    ][:MOST_REFUSED]
    intake.save()
    return {row.line: stays[row.pk] for row in rows if row.pk in stays}


def cancel(*, actor: Actor, intake: Intake) -> None:
    """Take a file away that was not brought in."""
    actor.require(KINDS[intake.kind].right)
    if intake.state != Intake.State.LOOKING:
        raise Refused(_("This file has been brought in already."))
    files.drop(intake)
