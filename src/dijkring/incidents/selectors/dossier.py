# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the file of an incident holds."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from dijkring.incidents.models import (
    Contact,
    CustodyRecord,
    Exhibit,
    Incident,
    Indicator,
    PoliceReport,
)
from dijkring.incidents.selectors import costs
from dijkring.incidents.selectors.costs import Total


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the file holds."""

    exhibits: int
    indicators: int
    contacts: int
    total: Total
    police: PoliceReport | None


def counts(incident: Incident) -> Counts:
    """Count what the file of an incident holds."""
    return Counts(
        incident.exhibits.count(),
        indicators(incident).count(),
        incident.contacts.count(),
        costs.total(incident),
        police(incident),
    )


def exhibits(incident: Incident) -> QuerySet[Exhibit]:
    """Return the evidence of an incident with its chain of custody."""
    chain = Prefetch("custody", queryset=CustodyRecord.objects.order_by("pk"))
    rows = Exhibit.objects.filter(incident_id=incident.pk).select_related("upload")
    return rows.prefetch_related(chain)


def indicators(incident: Incident) -> QuerySet[Indicator]:
    """Return the traces that count."""
    rows = Indicator.objects.filter(incident_id=incident.pk, struck_at=None)
    return rows.select_related("added_by")


def police(incident: Incident) -> PoliceReport | None:
    """Return the statement about the police that counts: the last one."""
    rows = PoliceReport.objects.filter(incident_id=incident.pk).select_related("recorded_by")
    return rows.order_by("-pk").first()


def contacts(incident: Incident) -> QuerySet[Contact]:
    """Return who was told what, the newest first."""
    return Contact.objects.filter(incident_id=incident.pk).order_by("-at", "-pk")
