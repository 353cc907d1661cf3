# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of the own register per year, without exercises; and the targets that were set."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dijkring.core import clock
from dijkring.incidents import measures
from dijkring.incidents.measures import Times
from dijkring.incidents.models import Incident, Target
from dijkring.incidents.obligations import Obligation
from dijkring.incidents.selectors import clocks, incidents
from dijkring.incidents.selectors.clocks import Standing


@dataclass(frozen=True, slots=True)
class Year:
    """The incidents of one year; times are the middle number of hours, None when not recorded.

    `breaches` are those with personal data, also what was only a breach and is no incident.
    """

    year: int
    incidents: int
    avoidable: int
    unavoidable: int
    undecided: int
    in_time: int
    late: int
    detected: float | None
    contained: float | None
    recovered: float | None
    breaches: int
    kinds: dict[str, int]


def target(organisation_id: int) -> Target:
    """Return the targets that were set; none when nobody did."""
    found = Target.objects.filter(organisation_id=organisation_id).first()
    return found or Target(organisation_id=organisation_id)


def times(row: Incident) -> Times:
    """Return the moments of an incident."""
    recovered = row.recovered_at
    return Times(
        row.reference, row.occurred_at, row.detected_at, row.contained_at, recovered,
        row.ended_at is not None,
    )  # fmt: skip


def reported(row: Incident, every: Sequence[Obligation]) -> str:
    """Tell whether all that had to be reported by now was in time: in_time, late, or nothing."""
    due = [one.standing for one in clocks.of_incident(row, every) if one.due is not None]
    if any(one in (Standing.LATE, Standing.OVERDUE) for one in due):
        return "late"
    return "in_time" if Standing.MET in due else ""


def years(organisation_id: int) -> list[Year]:
    """Return the figures per year, the newest first; in a fixed number of queries."""
    rows = list(incidents.incidents(organisation_id))
    every = clocks.known(organisation_id)
    found = sorted({clock.day_of(row.reported_at).year for row in rows}, reverse=True)
    return [
        _year(year, [row for row in rows if clock.day_of(row.reported_at).year == year], every)
        for year in found
    ]


def _year(year: int, all_rows: Sequence[Incident], every: Sequence[Obligation]) -> Year:
    rows = [row for row in all_rows if not row.privacy_only]
    moments = [times(row) for row in rows]
    said = Counter(row.avoidable for row in rows)
    told = Counter(reported(row, every) for row in rows)
    return Year(
        year=year,
        incidents=len(rows),
        avoidable=said[Incident.Known.YES],
        unavoidable=said[Incident.Known.NO],
        undecided=said[Incident.Known.UNKNOWN],
        in_time=told["in_time"],
        late=told["late"],
        detected=measures.hours(moments, "occurred", "detected"),
        contained=measures.hours(moments, "detected", "contained"),
        recovered=measures.hours(moments, "detected", "recovered"),
        breaches=sum(row.personal_data == Incident.Known.YES for row in all_rows),
        kinds=kinds(rows),
    )


def kinds(rows: Iterable[Incident]) -> dict[str, int]:
    """Return how many incidents there were of each kind, the most first."""
    return dict(Counter(row.category for row in rows).most_common())
