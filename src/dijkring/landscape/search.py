# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding parts of the landscape by name, description, supplier, place or reference."""

from dijkring.core.search import Asked, Found, Hit, holds, rows
from dijkring.landscape.models import Asset

_TEXT = (
    "a.name || ' ' || a.description || ' ' || a.place || ' ' || a.reference || ' ' || a.law"
    " || ' ' || coalesce(p.name, '')"
)
_ASSETS = f"""
SELECT a.id, a.name, a.kind, count(*) OVER () FROM landscape_asset a
LEFT JOIN landscape_party p ON p.id = a.party_id
WHERE a.organisation_id = %(organisation)s AND a.retired_at IS NULL AND {holds(_TEXT)}
ORDER BY a.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def assets(asked: Asked) -> Found:
    """Find parts in use."""
    found, count = rows(_ASSETS, asked)
    kinds = dict(Asset.Kind.choices)
    hits = [Hit(name, "landscape:asset", (id,), str(kinds[kind])) for id, name, kind in found]
    return Found(hits, count)
