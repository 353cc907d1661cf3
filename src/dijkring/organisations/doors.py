# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of organisations: finding the way in before the organisation is known."""

from dijkring.core import tenancy


def running(table: str, day: str) -> str:
    """Say in SQL that a row of who takes part in what holds on a day, the last day included."""
    return f"{table}.since <= {day} AND ({table}.until IS NULL OR {table}.until >= {day})"


tenancy.door(
    "door_memberships",
    "person bigint",
    "TABLE(organisation_id bigint, slug text, name text, role text, kind text)",
    "SELECT o.id, o.slug::text, o.name::text, m.role::text, o.kind::text "
    "FROM organisations_membership m JOIN organisations_organisation o ON o.id = m.organisation_id "
    "WHERE m.user_id = person AND m.until IS NULL ORDER BY o.sort_name",
)
tenancy.door(
    "door_api_token",
    "hash text",
    "TABLE(id bigint, organisation_id bigint)",
    "SELECT id, organisation_id FROM organisations_apitoken WHERE token_hash = hash",
)
tenancy.door(
    "door_invitation",
    "hash text",
    "TABLE(id bigint, organisation_id bigint)",
    "SELECT id, organisation_id FROM organisations_invitation "
    "WHERE token_hash = hash OR mailed_token_hash = hash",
)
