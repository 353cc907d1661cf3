# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding incidents by number, title or what happened."""

from dijkring.core.search import Asked, Found, Hit, holds, rows
from dijkring.incidents.models import Incident

_NUMBER = "i.year || '-' || lpad(i.number::text, 3, '0')"
_INCIDENTS = f"""
SELECT i.id, (CASE WHEN i.exercise THEN 'OEF-' ELSE '' END) || {_NUMBER} || ' ' || i.title,
  i.state, count(*) OVER ()
FROM incidents_incident i WHERE i.organisation_id = %(organisation)s
AND {holds(f"{_NUMBER} || ' ' || i.title || ' ' || i.description")}
ORDER BY i.exercise, i.state = 'closed', i.reported_at DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def incidents(asked: Asked) -> Found:
    """Find incidents; open ones first, exercises last."""
    found, count = rows(_INCIDENTS, asked)
    states = dict(Incident.State.choices)
    hits = [
        Hit(title, "incidents:incident", (id,), str(states.get(state, state)))
        for id, title, state in found
    ]
    return Found(hits, count)
