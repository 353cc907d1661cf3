# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding the software that systems are made of: who has log4j."""

from dijkring.core.search import Asked, Found, Hit, holds, rows

_COMPONENTS = f"""
SELECT s.id, c.name, c.version, s.name, count(*) OVER () FROM landscape_component c
JOIN landscape_asset s ON s.id = c.system_id AND s.retired_at IS NULL
WHERE c.organisation_id = %(organisation)s AND c.ended_by_id IS NULL
AND {holds("c.name || ' ' || c.version || ' ' || c.purl")}
ORDER BY c.name, c.version, s.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def components(asked: Asked) -> Found:
    """Find parts by name, version or package URL, each with the system that holds it."""
    found, count = rows(_COMPONENTS, asked)
    hits = [
        Hit(f"{name} {version}".strip(), "landscape:components_of", (id,), system)
        for id, name, version, system in found
    ]
    return Found(hits, count)
