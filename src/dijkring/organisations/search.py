# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding organisations, and the people of one's own."""

from django.utils.text import capfirst

from dijkring.core.access import ROLE_LABELS, Role
from dijkring.core.search import Asked, Found, Hit, holds, rows
from dijkring.organisations.models import Organisation

_ORGANISATIONS = f"""
SELECT o.id, o.name, o.kind, count(*) OVER () FROM organisations_organisation o
WHERE {holds("o.name || ' ' || o.code")} ORDER BY length(o.name), o.sort_name LIMIT %(limit)s
"""  # noqa: S608 -- constants
_PEOPLE = f"""
SELECT u.name, u.email, m.role, count(*) OVER ()
FROM organisations_membership m JOIN organisations_user u ON u.id = m.user_id
WHERE m.organisation_id = %(organisation)s AND m.until IS NULL
AND {holds("u.name || ' ' || u.email")} ORDER BY u.name, u.id LIMIT %(limit)s
"""  # noqa: S608 -- constants


def organisations(asked: Asked) -> Found:
    """Find organisations by a part of their name or by their code."""
    found, count = rows(_ORGANISATIONS, asked)
    kinds = dict(Organisation.Kind.choices)
    hits = [
        Hit(name, "organisations:organisation", (id,), capfirst(str(kinds.get(kind, kind))))
        for id, name, kind in found
    ]
    return Found(hits, count)


def people(asked: Asked) -> Found:
    """Find who has access to one's own organisation, by name or e-mail address."""
    found, count = rows(_PEOPLE, asked)
    hits = [
        Hit(name or email, "organisations:members", (), str(ROLE_LABELS[Role(role)]))
        for name, email, role in found
    ]
    return Found(hits, count)
