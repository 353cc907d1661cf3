# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding reports by their title; what stands in a confidential annex is never searched."""

from dijkring.accountability.models import Report
from dijkring.core.search import Asked, Found, Hit, matches, rows

_REPORTS = f"""
SELECT r.id, r.title, r.status, count(*) OVER () FROM accountability_report r
WHERE r.organisation_id = %(organisation)s
AND {matches("r.title || ' ' || r.period_from::text || ' ' || r.period_to::text")}
ORDER BY r.made_at DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def reports(asked: Asked) -> Found:
    """Find reports by the words of their title, the newest first."""
    found, count = rows(_REPORTS, asked)
    states = dict(Report.Status.choices)
    hits = [
        Hit(title, "accountability:report", (id,), str(states.get(status, status)))
        for id, title, status in found
    ]
    return Found(hits, count)
