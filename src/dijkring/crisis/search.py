# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding crises by number, title or what is the matter."""

from dijkring.core.search import Asked, Found, Hit, holds, rows

_NUMBER = "'C-' || c.year || '-' || lpad(c.number::text, 2, '0')"
_CRISES = f"""
SELECT c.id, (CASE WHEN c.exercise THEN 'OEF-' ELSE '' END) || {_NUMBER} || ' ' || c.title,
  c.level, count(*) OVER ()
FROM crisis_crisis c WHERE c.organisation_id = %(organisation)s
AND {holds(f"{_NUMBER} || ' ' || c.title || ' ' || c.summary")}
ORDER BY c.exercise, c.ended_at IS NOT NULL, c.opened_at DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def crises(asked: Asked) -> Found:
    """Find crises; those that go on first, exercises last."""
    found, count = rows(_CRISES, asked)
    hits = [Hit(title, "crisis:crisis", (id,), level) for id, title, level in found]
    return Found(hits, count)
