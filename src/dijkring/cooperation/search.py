# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding co-operations by their name, purpose or a task."""

from dijkring.core.search import Asked, Found, Hit, holds, rows

_COOPERATIONS = f"""
SELECT c.id, c.name, count(*) OVER () FROM cooperation_cooperation c
WHERE (c.organisation_id IS NULL OR c.organisation_id = %(organisation)s)
AND {
    holds(
        "c.name || ' ' || c.purpose || ' ' || c.basis || ' ' || c.english || ' ' || "
        "coalesce((SELECT string_agg(t.name || ' ' || t.english, ' ') FROM cooperation_task t "
        "WHERE t.cooperation_id = c.id), '')"
    )
}
ORDER BY c.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def cooperations(asked: Asked) -> Found:
    """Find co-operations by name, purpose, basis or task."""
    found, count = rows(_COOPERATIONS, asked)
    return Found([Hit(name, "cooperation:cooperation", (id,)) for id, name in found], count)
