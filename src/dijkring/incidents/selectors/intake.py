# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about how incidents come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.functional import Promise

from dijkring.core.due import DueItem
from dijkring.incidents.models import Incident, IncidentNotice, Intake, WayIn


@dataclass(frozen=True, slots=True)
class WayShown:
    """One kind of secret address: the one in use, and what came in by that kind."""

    kind: str
    label: Promise | str
    current: WayIn | None
    count: int
    last: datetime | None


def ways(organisation_id: int) -> list[WayShown]:
    """Return each kind of address, in use or not, with how many reports came by it."""
    current = {one.kind: one for one in _in_use(organisation_id)}
    rows = Intake.objects.filter(organisation_id=organisation_id).order_by().values("way")
    counted = rows.annotate(count=Count("pk"), last=Max("received_at"))
    came: dict[str, Any] = {row["way"]: (row["count"], row["last"]) for row in counted}
    return [
        WayShown(kind.value, kind.label, current.get(kind.value), *came.get(kind.value, (0, None)))
        for kind in WayIn.Kind
    ]


def _in_use(organisation_id: int) -> QuerySet[WayIn]:
    rows = WayIn.objects.filter(organisation_id=organisation_id, ended_at=None)
    return rows.select_related("made_by")


def phone(organisation_id: int) -> str:
    """Return the telephone number that stands on the page now."""
    return next((one.phone for one in _in_use(organisation_id) if one.phone), "")


def intake_of(incident: Incident) -> Intake | None:
    """Return how an incident came in from outside; None for a colleague's own report."""
    return Intake.objects.filter(incident=incident).select_related("fact").first()


def of_fact(organisation_id: int, fact_id: int) -> Sequence[Incident]:
    """Return the incidents that began with a fact, the newest first."""
    rows = Incident.objects.filter(organisation_id=organisation_id, intake__fact_id=fact_id)
    return list(rows.order_by("-reported_at"))


def notices(organisation_id: int) -> QuerySet[IncidentNotice]:
    """Return what other organisations told of incidents there."""
    rows = IncidentNotice.objects.filter(organisation_id=organisation_id)
    return rows.select_related("sender", "incident", "handover")


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the notices that wait for an answer: at once."""
    rows = notices(organisation_id).filter(state=IncidentNotice.State.OPEN, exercise=False)
    return [
        DueItem(
            one.received_at,
            f"{one.sender}: {one.title}",
            "incidents:notice",
            (one.pk,),
            "incident_notice",
        )
        for one in rows
    ]
