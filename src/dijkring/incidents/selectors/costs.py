# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an incident costs: the total, and how sure that is."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.formats import number_format

from dijkring.incidents.models import Cost, Incident


@dataclass(frozen=True, slots=True)
class Total:
    """Amounts in cents: certain, only estimated; `count` is how many amounts there are."""

    certain: int
    estimated: int
    count: int

    @property
    def all(self) -> int:
        """Certain and estimated together."""
        return self.certain + self.estimated


def of_incident(incident: Incident) -> QuerySet[Cost]:
    """Return the costs that count."""
    return Cost.objects.filter(incident_id=incident.pk, struck_at=None).order_by(
        "budget_year", "id"
    )


def total(incident: Incident) -> Total:
    """Add up what an incident costs."""
    rows = list(of_incident(incident).values_list("cents", "certain"))
    certain = sum(cents for cents, sure in rows if sure)
    return Total(certain, sum(cents for cents, _sure in rows) - certain, len(rows))


def euros(cents: int) -> str:
    """Say an amount: € 1.234,56."""
    return f"€ {number_format(Decimal(cents) / 100, 2, use_l10n=True, force_grouping=True)}"
