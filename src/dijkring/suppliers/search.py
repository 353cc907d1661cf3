# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding suppliers and contracts by their words."""

from dijkring.core.search import Asked, Found, Hit, holds, rows

_SUPPLIERS = f"""
SELECT s.id, s.name, s.delivers, count(*) OVER () FROM suppliers_supplier s
WHERE s.organisation_id = %(organisation)s
AND {holds("s.name || ' ' || s.delivers || ' ' || s.contact || ' ' || s.kvk")}
ORDER BY s.retired_at IS NOT NULL, s.name LIMIT %(limit)s
"""  # noqa: S608 -- constants
_CONTRACTS = f"""
SELECT c.id, c.name, s.name, count(*) OVER () FROM suppliers_contract c
JOIN suppliers_supplier s ON s.id = c.supplier_id
WHERE c.organisation_id = %(organisation)s AND c.removed_at IS NULL
AND {holds("c.name || ' ' || c.reference || ' ' || c.delivers || ' ' || s.name")}
ORDER BY c.ended_on IS NOT NULL, c.name LIMIT %(limit)s
"""  # noqa: S608 -- constants


def suppliers(asked: Asked) -> Found:
    """Find suppliers by name, what they do, contact or number; retired ones come last."""
    found, count = rows(_SUPPLIERS, asked)
    return Found([Hit(name, "suppliers:supplier", (id,), note) for id, name, note in found], count)


def contracts(asked: Asked) -> Found:
    """Find contracts by name, number, what they deliver or supplier."""
    found, count = rows(_CONTRACTS, asked)
    hits = [Hit(name, "suppliers:line", ("contract", id), of) for id, name, of in found]
    return Found(hits, count)
