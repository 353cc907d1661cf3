# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work, what is planned, and who may do what."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dijkring.core.access import Right, rights
from dijkring.core.models import Job, Schedule

ROOMS: dict[str, Promise] = {
    "accountability": _("Accountability"),
    "actions": _("Actions"),
    "controls": _("Norms"),
    "core": _("This installation"),
    "evidence": _("Evidence"),
    "identity": _("Login and access"),
    "notices": _("Notices and questions by link"),
    "organisations": _("Organisations and access"),
    "surface": _("Measuring"),
}


def jobs(organisation_id: int) -> QuerySet[Job]:
    """Return the long work of an organisation, the newest first."""
    return Job.objects.filter(organisation_id=organisation_id).select_related("started_by")


def schedules(organisation_id: int) -> list[Schedule]:
    """Return the work that returns, the next one first."""
    rows = Schedule.objects.filter(organisation_id=organisation_id, active=True)
    return list(rows.order_by("next_at"))


@dataclass(frozen=True, slots=True)
class RoomRights:
    """The rights of one room."""

    label: Promise | str
    rights: list[Right]


def rights_by_room() -> list[RoomRights]:
    """Return all rights, grouped by the room they belong to."""
    found: dict[str, list[Right]] = {}
    for right in rights():
        found.setdefault(right.id.partition(".")[0], []).append(right)
    return [RoomRights(ROOMS.get(room, room), of_room) for room, of_room in found.items()]
