# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Co-operations as content for everybody; only the owner of the tables can write it.

Everything is described in the form of `content/`: see the README of this room.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.cooperation.circles import closes_circle
from dijkring.cooperation.models import (
    Cooperation,
    ProposedParticipant,
    Seat,
    Task,
    TaskTaker,
)
from dijkring.cooperation.selectors import register
from dijkring.cooperation.selectors.register import Member
from dijkring.cooperation.services.proposals import BODIES, check_host, check_period
from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.organisations.models import Organisation, Participation
from dijkring.organisations.services import participate, register_organisation

CONTENT = Path(__file__).resolve().parents[1] / "content"
PLAIN = ("name", "legal_form", "purpose", "basis", "basis_link", "since", "until", "source")
ENGLISH = {
    "cooperation": ("purpose", "basis"),
    "seat": ("function",),
    "task": ("name", "description"),
}
Row = dict[str, Any]


def load(rows: Iterable[Row]) -> int:
    """Load described co-operations, all or none; again it changes nothing. Returns how many.

    Raises Refused, with the name of the co-operation, for what cannot be.
    """
    with transaction.atomic():
        return len([_load_one(row) for row in rows])


def _load_one(row: Row) -> Cooperation:
    try:
        return describe(row)
    except Refused as refused:
        named = row.get("name") or row.get("body")
        raise Refused(f"{named}: {refused.message}", refused.field) from refused


def describe(row: Row) -> Cooperation:
    """Make or renew one co-operation with its participants, seats and tasks."""
    _check_shape(row)
    body = _find(row["body"])
    _check_body(body)
    values = {name: row[name] for name in PLAIN if name in row}
    values.setdefault("name", body.name)
    values["english"] = _english(row, "cooperation")
    values["host"] = _find(row["host"]) if row.get("host") else None
    _check_values(values)
    found, _new = Cooperation.objects.update_or_create(
        body=body, organisation=None, defaults=values
    )
    _participants(body, row.get("participants", []))
    _seats(found, row.get("seats", []))
    _tasks(found, row.get("tasks", []))
    return found


def _check_shape(row: Row) -> None:
    if not row.get("body") or not row.get("legal_form"):
        raise Refused(_("A co-operation needs at least a body and a legal form."))
    known = {"body", "host", "participants", "seats", "tasks", "en", *PLAIN}
    if unknown := sorted(set(row) - known):
        raise Refused(_("Unknown: %(names)s.") % {"names": ", ".join(unknown)})


def _english(row: Row, kind: str) -> dict[str, str]:
    """Return the English words of a row, which stand under `en`; refused for another field."""
    found = row.get("en") or {}
    if unknown := sorted(set(found) - set(ENGLISH[kind])):
        raise Refused(_("Unknown: %(names)s.") % {"names": ", ".join(unknown)})
    return {name: str(text) for name, text in found.items()}


def _check_body(body: Organisation) -> None:
    if body.kind not in BODIES:
        raise Refused(_("%(name)s is no joint body.") % {"name": body}, "body")


def _check_values(values: Row) -> None:
    if values["legal_form"] not in Cooperation.Form.values:
        raise Refused(_("Choose a legal form from the list."), "legal_form")
    for name in ("since", "until"):
        if values.get(name) is not None and not isinstance(values[name], date):
            raise Refused(_("A date is written as 2026-11-30."), name)
    check_period(values.get("since"), values.get("until"))
    check_host(values["legal_form"], values["host"])


def _find(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(_("There is no organisation with the short name %(slug)s.") % {"slug": slug})
    return found


def _participants(body: Organisation, rows: Iterable[Row]) -> None:
    for row in rows:
        participant = _find(row["organisation"])
        add_participation(body, participant, row["since"], row.get("until"))


def add_participation(
    body: Organisation, participant: Organisation, since: date, until: date | None
) -> Participation:
    """Let an organisation take part in a body; refused when it closes a circle."""
    check_period(since, until)
    if closes_circle(body.pk, participant.pk, register.participations_of):
        names = {"body": body, "participant": participant}
        raise Refused(
            _("%(body)s takes part in %(participant)s, so it cannot be the other way round too.")
            % names
        )
    found = participate(body=body, participant=participant, since=since)
    if found.until != until:
        found.until = until
        found.save(update_fields=["until"])
    return found


def _seats(cooperation: Cooperation, rows: Iterable[Row]) -> None:
    Seat.objects.filter(cooperation=cooperation).delete()
    for row in rows:
        if row["organ"] not in Seat.Organ.values:
            raise Refused(_("Choose a place from the list."), "organ")
        filled_by = _find(row["filled_by"]) if row.get("filled_by") else None
        Seat.objects.create(
            cooperation=cooperation,
            organ=row["organ"],
            function=row["function"],
            english=_english(row, "seat"),
            filled_by=filled_by,
        )


def _tasks(cooperation: Cooperation, rows: Iterable[Row]) -> None:
    """Renew the tasks; those that are no longer described go."""
    rows = list(rows)
    Task.objects.filter(cooperation=cooperation).exclude(
        name__in=[row["name"] for row in rows]
    ).delete()
    members = register.members(cooperation)
    inside = {member.participant.slug for member in members}
    for row in rows:
        check_period(row.get("since"), row.get("until"))
        task, _new = Task.objects.update_or_create(
            cooperation=cooperation,
            name=row["name"],
            defaults={name: row.get(name) for name in ("since", "until")}
            | {"description": row.get("description", ""), "english": _english(row, "task")},
        )
        _takers(task, set(row.get("takers", _served(members, task))), inside)


def _served(members: Iterable[Member], task: Task) -> set[str]:
    """Return for whom a task is done when nobody says: who had not left when it ended, or now."""
    last = task.until or clock.today()
    return {one.participant.slug for one in members if one.until is None or one.until >= last}


def _takers(task: Task, wanted: set[str], inside: set[str]) -> None:
    if strangers := sorted(wanted - inside):
        raise Refused(
            _("%(names)s does not take part, so nothing is done for it.")
            % {"names": ", ".join(strangers)}
        )
    TaskTaker.objects.filter(task=task).exclude(taker__slug__in=wanted).delete()
    for slug in sorted(wanted):
        TaskTaker.objects.get_or_create(task=task, taker=_find(slug))


def describe_regions() -> int:
    """Describe every safety region that nobody described yet; returns how many there are new."""
    words = yaml.load(
        (CONTENT / "safety-regions.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    task, in_english = words.pop("task"), words.pop("task_en", "")
    tasks = [{"name": task, "en": {"name": in_english} if in_english else {}}] if task else []
    _add_english(words, task, in_english)
    regions = Organisation.objects.filter(
        kind=Organisation.Kind.SAFETY_REGION, cooperation__isnull=True
    )
    return load({**words, "body": region.slug, "tasks": tasks} for region in regions)


def _add_english(words: Row, task: str, in_english: str) -> None:
    """Give the English words to regions that were described before there were any."""
    ours = Cooperation.objects.filter(
        body__kind=Organisation.Kind.SAFETY_REGION, organisation=None, purpose=words["purpose"]
    )
    ours.filter(english={}).update(english=words.get("en", {}))
    seats = Seat.objects.filter(cooperation__in=ours, english={})
    for seat in words.get("seats", []):
        seats.filter(function=seat["function"]).update(english=seat.get("en", {}))
    tasks = Task.objects.filter(cooperation__in=ours, english={}, name=task)
    tasks.update(english={"name": in_english} if in_english else {})


@transaction.atomic
def accept(*, pk: int, slug: str = "", body: Organisation | None = None) -> Cooperation:
    """Make the proposal of one organisation content for everybody, as it stands.

    Makes the body with its participants, or takes one that is there. What the proposer recorded
    for itself stays its own.
    """
    found = Cooperation.objects.select_for_update().filter(pk=pk).first()
    if found is None or found.organisation_id is None:
        raise Refused(_("There is no proposal with this number."))
    found.body = body or register_organisation(
        kind=Organisation.Kind.JOINT_BODY, name=found.name, slug=slug or slugify(found.name)
    )
    _check_body(found.body)
    if Cooperation.objects.filter(body=found.body).exists():
        raise Refused(_("%(name)s is described already.") % {"name": found.body})
    proposed = ProposedParticipant.objects.filter(cooperation=found).select_related("participant")
    for row in proposed:
        begun = row.since or found.since or clock.today()
        add_participation(found.body, row.participant, begun, row.until)
    proposed.delete()
    _open_to_all(found)
    return found


def _open_to_all(found: Cooperation) -> None:
    TaskTaker.objects.filter(task__cooperation=found).update(organisation=None)
    for rows in (Task.objects, Seat.objects):
        rows.filter(cooperation=found).update(organisation=None)
    found.organisation = None
    found.save(update_fields=["organisation", "body"])


def proposals() -> list[Cooperation]:
    """Return the proposals of all organisations; only the owner of the tables sees them."""
    rows = Cooperation.objects.exclude(organisation=None).select_related("organisation")
    return list(rows.order_by("proposed_at"))
