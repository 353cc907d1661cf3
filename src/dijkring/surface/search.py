# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding domains by a part of their name."""

from dijkring.core.search import Asked, Found, Hit, holds, rows
from dijkring.surface.models import Domain

_DOMAINS = f"""
SELECT d.id, d.name, d.state, count(*) OVER () FROM surface_domain d
WHERE d.organisation_id = %(organisation)s
AND {holds("d.name || ' ' || d.responsible || ' ' || d.note")}
ORDER BY d.state = 'removed', d.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def domains(asked: Asked) -> Found:
    """Find domains by name, host or note; those that were removed come last."""
    found, count = rows(_DOMAINS, asked)
    states = dict(Domain.State.choices)
    hits = [
        Hit(name, "surface:domain", (id,), str(states.get(state, state)))
        for id, name, state in found
    ]
    return Found(hits, count)


_SYSTEMS = f"""
SELECT s.id, s.name, s.supplier, count(*) OVER () FROM surface_system s
WHERE s.organisation_id = %(organisation)s AND s.retired_at IS NULL
AND {holds("s.name || ' ' || s.supplier || ' ' || s.purpose")}
ORDER BY s.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def systems(asked: Asked) -> Found:
    """Find systems in use by name, who mends them or purpose."""
    found, count = rows(_SYSTEMS, asked)
    hits = [Hit(name, "surface:system", (id,), supplier) for id, name, supplier in found]
    return Found(hits, count)
