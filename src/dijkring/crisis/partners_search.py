# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding partners and agreements by their words."""

from dijkring.core.search import Asked, Found, Hit, holds, rows

_PARTNERS = f"""
SELECT p.id, p.name, p.does, count(*) OVER () FROM crisis_partner p
LEFT JOIN organisations_user u ON u.id = p.holder_id
WHERE p.organisation_id = %(organisation)s
AND {holds("p.name || ' ' || p.does || ' ' || p.person || ' ' || coalesce(u.name, '')")}
ORDER BY p.retired_at IS NOT NULL, p.name LIMIT %(limit)s
"""  # noqa: S608 -- constants
_AGREEMENTS = f"""
SELECT a.id, a.title, a.reference, count(*) OVER () FROM crisis_partneragreement a
WHERE a.organisation_id = %(organisation)s
AND {holds("a.title || ' ' || a.text || ' ' || a.reference")}
ORDER BY a.retired_at IS NOT NULL, a.title LIMIT %(limit)s
"""  # noqa: S608 -- constants


def partners(asked: Asked) -> Found:
    """Find partners by name, person or what they do."""
    found, count = rows(_PARTNERS, asked)
    return Found([Hit(name, "crisis:partner", (id,), note) for id, name, note in found], count)


def agreements(asked: Asked) -> Found:
    """Find agreements by title, words or number."""
    found, count = rows(_AGREEMENTS, asked)
    return Found([Hit(title, "crisis:agreement", (id,), note) for id, title, note in found], count)
