# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counting the incidents per month and kind, for who may see them in a group; and the targets."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Incident, IncidentCount, Target
from dijkring.incidents.selectors import clocks, figures, incidents

# Counts of two whole years and the running one.
MONTHS = 36
AIMS = (
    "detect_hours", "contain_hours", "recover_hours", "avoidable", "breach_days", "board_days",
)  # fmt: skip


def count(*, organisation_id: int) -> None:
    """Count anew; never exercises, TLP:RED, or what is only a breach of personal data."""
    today = clock.today()
    years, months = divmod(today.year * 12 + today.month - MONTHS, 12)
    first = date(years, months + 1, 1)
    rows = incidents.incidents(organisation_id).filter(privacy_only=False)
    every = clocks.known(organisation_id)
    found: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
    for row in rows.exclude(tlp=Incident.Tlp.RED):
        month = clock.day_of(row.reported_at).replace(day=1)
        if month >= first:
            said = (figures.reported(row, every), f"avoidable_{row.avoidable}")
            found[month, row.category].update(["incidents", *said])
    _write(organisation_id, found)


def _write(organisation_id: int, found: Mapping[tuple[date, str], Mapping[str, int]]) -> None:
    IncidentCount.objects.filter(organisation_id=organisation_id).delete()
    IncidentCount.objects.bulk_create(
        IncidentCount(
            organisation_id=organisation_id,
            month=month,
            category=category,
            incidents=said["incidents"],
            in_time=said["in_time"],
            late=said["late"],
            avoidable=said["avoidable_yes"],
            unavoidable=said["avoidable_no"],
        )
        for (month, category), said in found.items()
    )


def aim(*, actor: Actor, wanted: Mapping[str, int | None]) -> Target:
    """Set the own targets; what is left empty is not aimed at, and then not measured."""
    actor.require("incidents.aims")
    if any(value is not None and not 0 <= value <= 100_000 for value in wanted.values()):
        raise Refused(_("Give a number from 0 to 100,000, or leave it empty."))
    found = figures.target(actor.organisation_id)
    for name in AIMS:
        setattr(found, name, wanted.get(name))
    found.save()
    return found
