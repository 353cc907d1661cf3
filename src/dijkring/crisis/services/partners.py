# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the register of partners: take over the national list, add, change."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.clock import months_after
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.crisis.models.partners import Partner, Reviewed
from dijkring.crisis.partners import Function, functions
from dijkring.crisis.rights import KEEP
from dijkring.organisations.services import colleagues

YEAR = 12
LONGEST = 3 * YEAR
FIELDS = (
    "kind", "function", "name", "does", "holder", "person", "deputy", "phone_day", "phone_night",
    "email", "other_way", "party", "body", "review_on",
)  # fmt: skip
Values = Mapping[str, Any]


def begin(*, actor: Actor) -> int:
    """Take over the national list where a function is still missing; returns how many were new.

    Who alone holds a role here is proposed as the holder of its function.
    """
    actor.require(KEEP)
    rows = Partner.objects.filter(organisation_id=actor.organisation_id)
    there = set(rows.values_list("function", flat=True))
    names = {name.casefold() for name in rows.values_list("name", flat=True)}
    alone = _alone_in_role(actor.organisation_id)
    wanted = [one for one in functions().values() if one.id not in there]
    wanted = [one for one in wanted if in_language(dict(one.words)).casefold() not in names]
    for one in wanted:
        add(actor=actor, values=_proposed(one, alone))
    return len(wanted)


def _alone_in_role(organisation_id: int) -> dict[str, Any]:
    """Return who is the only one with a role, per role."""
    holders: dict[str, list[Any]] = {}
    for one in colleagues(organisation_id):
        holders.setdefault(one.role, []).append(one.user)
    return {role: people[0] for role, people in holders.items() if len(people) == 1}


def _proposed(one: Function, alone: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "function": one.id,
        "name": in_language(dict(one.words)),
        "does": in_language(dict(one.does)),
        "holder": alone.get(one.role),
        "phone_day": one.phone_day,
        "phone_night": one.phone_night,
        "email": one.email,
    }


def add(*, actor: Actor, values: Values) -> Partner:
    """Put a partner in the register; Refused, with the field, for what is wrong."""
    actor.require(KEEP)
    row = Partner(organisation_id=actor.organisation_id, added_at=clock.now())
    return _write(row, {"review_on": None, **values})


def change(*, actor: Actor, partner: Partner, values: Values) -> Partner:
    """Change what is kept of a partner."""
    actor.require(KEEP)
    check_in_use(partner)
    return _write(partner, values)


def _write(row: Partner, values: Values) -> Partner:
    before = row.holder_id
    fill(row, values, FIELDS)
    if row.function and row.function not in functions():
        raise Refused(_("Choose from the list."), "function")
    known = {one.user_id for one in colleagues(row.organisation_id)}
    if row.holder_id not in (None, before) and row.holder_id not in known:
        raise Refused(_("Choose a colleague with access."), "holder")
    save(row)
    return row


def fill(row: Reviewed, values: Values, fields: Iterable[str]) -> None:
    """Put what is said in a row, tidied; a row always has a day to look at it again."""
    for name in fields:
        if name in values:
            value = values[name]
            setattr(row, name, " ".join(value.split()) if isinstance(value, str) else value)
    wanted: Any = row.review_on
    row.review_on = wanted or a_year_on()


def a_year_on() -> date:
    """Return the same day next year, on which a line is usually looked at again."""
    return months_after(clock.today(), YEAR)


def save(row: Reviewed) -> None:
    """Keep a row; Refused, with the field, for what the table does not take."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        raise Refused(texts[0], "" if field == "__all__" else field) from error
    row.save()


def check_in_use(row: Reviewed) -> None:
    """Raise Refused for what was taken out."""
    if row.retired_at is not None:
        raise Refused(_("This was taken out. Bring it back first."))


def review(*, actor: Actor, row: Reviewed, again_on: Any, note: str) -> None:
    """Say that a line was looked at today and still holds; `again_on` is the next day."""
    actor.require(KEEP)
    check_in_use(row)
    if again_on <= clock.today():
        raise Refused(_("Choose a day in the future."), "again_on")
    if again_on > months_after(clock.today(), LONGEST):
        raise Refused(_("Choose a day within three years."), "again_on")
    tenancy.note_reason(note)
    row.reviewed_on, row.reviewed_by_id, row.review_on = clock.today(), actor.user_id, again_on
    row.save(update_fields=["reviewed_on", "reviewed_by", "review_on"])


def retire(*, actor: Actor, row: Reviewed, reason: str) -> None:
    """Take a line out with a reason; Refused for what was taken out already."""
    check_in_use(row)
    _retire(actor, row, reason, clock.now())


def bring_back(*, actor: Actor, row: Reviewed, reason: str) -> None:
    """Bring back what was taken out; Refused for what counts already."""
    if row.retired_at is None:
        raise Refused(_("It counts already."))
    _retire(actor, row, reason, None)


def _retire(actor: Actor, row: Reviewed, reason: str, at: datetime | None) -> None:
    actor.require(KEEP)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    row.retired_at = at
    save(row)


def leave(leaving: Leaving) -> list[str]:
    """Give the functions of who leaves to the successor, or leave them open, which then shows."""
    rows = Partner.objects.filter(
        organisation_id=leaving.organisation_id, holder_id=leaving.user_id
    )
    moved = rows.update(holder_id=leaving.successor_id)
    words = _("Crisis functions without a holder now: %(count)d")
    if leaving.successor_id is not None:
        words = _("Crisis functions handed over: %(count)d")
    return [words % {"count": moved}] if moved else []
