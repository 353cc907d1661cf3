# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposing a co-operation that is not in the content; it is seen by the proposer only."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkring.cooperation.models import (
    CbwTest,
    Cooperation,
    Involvement,
    InvolvementDocument,
    ProposedParticipant,
    Seat,
    Task,
    TaskTaker,
)
from dijkring.cooperation.selectors import register
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.organisations.models import Organisation

RIGHT = "cooperation.propose"
BODIES = frozenset({Organisation.Kind.JOINT_BODY, Organisation.Kind.SAFETY_REGION})
WORKS_TOGETHER = BODIES | {Organisation.Kind.MUNICIPALITY}


def check_period(since: date | None, until: date | None) -> None:
    """Raise Refused when something would end before it begins."""
    if since and until and until < since:
        raise Refused(_("The end lies before the beginning."), "until")


def propose(*, actor: Actor, name: str, legal_form: str, **values: Any) -> Cooperation:
    """Propose a co-operation; `values` are host, purpose, basis, basis_link, since and until."""
    actor.require(RIGHT)
    _check(name, legal_form, values, None)
    return Cooperation.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        legal_form=legal_form,
        proposed_at=clock.now(),
        **values,
    )


def change(
    *, actor: Actor, cooperation: Cooperation, name: str, legal_form: str, **values: Any
) -> None:
    """Change what a proposal of our own says."""
    actor.require(RIGHT)
    require_proposal(actor, cooperation)
    _check(name, legal_form, values, cooperation.pk)
    for field, value in {"name": name, "legal_form": legal_form, **values}.items():
        setattr(cooperation, field, value)
    cooperation.save()


def _check(name: str, legal_form: str, values: dict[str, Any], own: int | None) -> None:
    if legal_form not in Cooperation.Form.values:
        raise Refused(_("Choose a legal form from the list."), "legal_form")
    check_period(values.get("since"), values.get("until"))
    check_host(legal_form, values.get("host"))
    same = Cooperation.objects.filter(name__iexact=name.strip()).values_list("pk", flat=True)
    if set(same) - {own}:
        raise Refused(_("There is a co-operation with this name already."), "name")


def check_host(legal_form: str, host: Organisation | None) -> None:
    """Raise Refused unless a centre municipality, and only that form, names a municipality."""
    centre = legal_form == Cooperation.Form.CENTRE
    if centre and (host is None or host.kind != Organisation.Kind.MUNICIPALITY):
        raise Refused(_("Choose the municipality that does the work."), "host")
    if host is not None and not centre:
        raise Refused(_("Only a centre arrangement has a centre municipality."), "host")


def require_proposal(actor: Actor, cooperation: Cooperation) -> None:
    """Raise Refused unless this is a proposal of the actor's organisation."""
    if cooperation.organisation_id != actor.organisation_id:
        raise Refused(_("This co-operation is content for everybody; you cannot change it."))


def add_participant(
    *,
    actor: Actor,
    cooperation: Cooperation,
    participant: Organisation,
    since: date | None = None,
    until: date | None = None,
) -> ProposedParticipant:
    """Let an organisation take part in a proposal."""
    actor.require(RIGHT)
    require_proposal(actor, cooperation)
    check_period(since, until)
    if participant.kind not in WORKS_TOGETHER:
        raise Refused(_("A supplier or supervisor cannot take part."), "participant")
    if ProposedParticipant.objects.filter(
        cooperation=cooperation, participant=participant
    ).exists():
        raise Refused(_("This organisation takes part already."), "participant")
    return ProposedParticipant.objects.create(
        organisation_id=actor.organisation_id,
        cooperation=cooperation,
        participant=participant,
        since=since,
        until=until,
    )


def remove_participant(*, actor: Actor, row: ProposedParticipant) -> None:
    """Take a participant out of a proposal, with what is done for it."""
    actor.require(RIGHT)
    require_proposal(actor, row.cooperation)
    TaskTaker.objects.filter(task__cooperation=row.cooperation, taker=row.participant).delete()
    row.delete()


def add_task(
    *,
    actor: Actor,
    cooperation: Cooperation,
    name: str,
    takers: Collection[Organisation],
    description: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Task:
    """Add a task that is done for some of the participants of a proposal."""
    actor.require(RIGHT)
    require_proposal(actor, cooperation)
    check_period(since, until)
    inside = {member.participant.pk for member in register.members(cooperation)}
    if not takers or {taker.pk for taker in takers} - inside:
        raise Refused(_("Choose at least one participant for which this is done."), "takers")
    if cooperation.tasks.filter(name__iexact=name.strip()).exists():
        raise Refused(_("This task is there already."), "name")
    task = Task.objects.create(
        organisation_id=actor.organisation_id,
        cooperation=cooperation,
        name=name.strip(),
        description=description,
        since=since,
        until=until,
    )
    TaskTaker.objects.bulk_create(
        TaskTaker(organisation_id=actor.organisation_id, task=task, taker=taker) for taker in takers
    )
    return task


def remove_task(*, actor: Actor, task: Task) -> None:
    """Take a task out of a proposal."""
    actor.require(RIGHT)
    require_proposal(actor, task.cooperation)
    task.delete()


def add_seat(
    *,
    actor: Actor,
    cooperation: Cooperation,
    organ: str,
    function: str,
    filled_by: Organisation | None = None,
) -> Seat:
    """Say which function sits where in the government of a proposal."""
    actor.require(RIGHT)
    require_proposal(actor, cooperation)
    if organ not in Seat.Organ.values:
        raise Refused(_("Choose a place from the list."), "organ")
    return Seat.objects.create(
        organisation_id=actor.organisation_id,
        cooperation=cooperation,
        organ=organ,
        function=function,
        filled_by=filled_by,
    )


def remove_seat(*, actor: Actor, seat: Seat) -> None:
    """Take a place out of a proposal."""
    actor.require(RIGHT)
    require_proposal(actor, seat.cooperation)
    seat.delete()


def withdraw(*, actor: Actor, cooperation: Cooperation) -> None:
    """Withdraw a proposal with all that it says; refused while our own records rest on it."""
    actor.require(RIGHT)
    require_proposal(actor, cooperation)
    if any(
        rows.objects.filter(cooperation=cooperation).exists()
        for rows in (CbwTest, Involvement, InvolvementDocument)
    ):
        raise Refused(_("You recorded more about this co-operation. Give it an end date instead."))
    cooperation.delete()
