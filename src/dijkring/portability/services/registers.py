# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A register that comes back: looked at, then written through the services of its own room."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from dijkring.core import jobs, registers
from dijkring.core.access import Actor, person_actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.models import Job
from dijkring.core.registers import Register
from dijkring.core.tenancy import acting_for
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.organisations.models import Membership
from dijkring.portability.models import Transfer
from dijkring.portability.services import keeping
from dijkring.portability.sheets import comparing
from dijkring.portability.sheets.comparing import CHANGED, CONFLICT, NEW, REFUSED, Entry

KIND = "portability.register"
# Beyond this, trying every line first takes too long; the result tells what was refused.
MOST_TRIED = 50


def available(actor: Actor) -> list[Register]:
    """Return the registers that a person may take along."""
    return [one for one in registers.registers() if actor.can(one.right)]


def export(*, actor: Actor, register: Register, kind: str) -> bytes:
    """Write a register as CSV, XLSX or ODS."""
    actor.require("portability.registers")
    actor.require(register.right)
    return comparing.written(register, actor.organisation_id, kind)


def keep(*, actor: Actor, register: Register, name: str, chunks: Iterable[bytes]) -> Transfer:
    """Keep a sheet that came back, to be looked at before anything is written."""
    actor.require("portability.registers")
    actor.require(register.right)
    made = keeping.new(
        actor=actor,
        kind=Transfer.Kind.REGISTER,
        state=Transfer.State.LOOKED_AT,
        file_name=name,
        register=register.id,
    )
    keeping.store(made, chunks, MAX_BYTES)
    return made


def of(transfer: Transfer) -> Register:
    """Return the register of a transfer; Refused when its room is not there any more."""
    found = registers.get(transfer.register)
    if found is None:
        raise Refused(_("This list is not there any more."))
    return found


def preview(*, actor: Actor, transfer: Transfer) -> list[Entry]:
    """Say what a sheet would do, by doing it and taking it back: nothing stays written."""
    actor.require("portability.registers")
    register = of(transfer)
    actor.require(register.right)
    entries = _entries(transfer, register)
    asking = [entry for entry in entries if entry.kind in (NEW, CHANGED, CONFLICT)]
    if len(asking) <= MOST_TRIED:
        with transaction.atomic():
            for entry in asking:
                _try(actor, register, entry)
            transaction.set_rollback(True)
    return entries


def check(*, actor: Actor, transfer: Transfer) -> None:
    """Refuse what is no sheet of its register, in words; nothing is tried yet."""
    actor.require("portability.registers")
    _entries(transfer, of(transfer))


def _entries(transfer: Transfer, register: Register) -> list[Entry]:
    if not keeping.there(transfer):
        raise Refused(_("The file is not there any more. Upload it again."))
    content = keeping.path_of(transfer).read_bytes()
    return comparing.compared(register, transfer.organisation_id, content)


def _try(actor: Actor, register: Register, entry: Entry) -> bool:
    """Write one line through its room, or say why not; what is refused leaves nothing behind."""
    try:
        with transaction.atomic():
            if entry.kind == NEW and register.add is not None:
                register.add(actor, entry.values)
            elif register.change is not None:
                register.change(actor, entry.id, entry.values, entry.changed)
    except Refused as refused:
        entry.kind, entry.reason = REFUSED, refused.message
    except Forbidden:
        entry.kind, entry.reason = REFUSED, _("You may not change this.")
    except Http404:
        entry.kind, entry.reason = REFUSED, _("There is no line with this id (any more).")
    return entry.kind != REFUSED


def start(*, actor: Actor, transfer: Transfer, take: Collection[str]) -> Job:
    """Carry out what somebody looked at, as a job; `take` are the ids of the conflicts to write."""
    actor.require("portability.registers")
    actor.require(of(transfer).right)
    if transfer.state != Transfer.State.LOOKED_AT or transfer.kind != Transfer.Kind.REGISTER:
        raise Refused(_("This has been carried out or called off already."))
    transfer.state, transfer.choices = Transfer.State.RUNNING, {"take": sorted(take)}
    transfer.save(update_fields=["state", "choices"])
    title = _("Bringing back %(name)s") % {"name": transfer.file_name}
    return jobs.start(actor=actor, kind=KIND, title=title[:200], transfer=transfer.pk)


def carry_out(transfer: Transfer) -> dict[str, Any]:
    """Write every accepted line in one go, as the person who brought the sheet back.

    Of a list that comes in whole nothing is written when any line is refused.
    """
    register = of(transfer)
    actor = _actor(transfer)
    entries = _entries(transfer, register)
    take = set(transfer.choices.get("take", ()))
    done: Counter[str] = Counter()
    with acting_for([transfer.organisation_id], actor), transaction.atomic():
        _write(actor, register, entries, take, done)
        nothing = register.whole and bool(done[REFUSED])
        if nothing:
            transaction.set_rollback(True)
            done = Counter({REFUSED: done[REFUSED]})
    refused = [
        {"line": one.number, "id": one.id, "reason": one.reason}
        for one in entries
        if one.kind == REFUSED
    ]
    return {"counts": dict(done), "refused": refused, "nothing": nothing}


def _write(
    actor: Actor, register: Register, entries: list[Entry], take: set[str], done: Counter[str]
) -> None:
    for entry in entries:
        before = entry.kind
        if before in (NEW, CHANGED) or (before == CONFLICT and entry.id in take):
            done[before if _try(actor, register, entry) else REFUSED] += 1
        else:
            done[before if before != CONFLICT else "kept"] += 1


def _actor(transfer: Transfer) -> Actor:
    member = (
        Membership.objects.select_related("user")
        .filter(organisation_id=transfer.organisation_id, user=transfer.made_by, until=None)
        .first()
    )
    if member is None:
        raise Refused(_("Who brought this back has no access any more."))
    return person_actor(transfer.organisation_id, member.user_id, str(member.user), member.role)
