# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of identity: finding the way in before anybody is logged in."""

from dijkring.core import tenancy

tenancy.door(
    "door_login_ways",
    "wanted text",
    "TABLE(organisation_id bigint, slug text, name text, provider boolean, break_glass boolean, "
    "emergency boolean)",
    "SELECT * FROM (SELECT o.id, o.slug::text, o.name::text, "
    "EXISTS (SELECT FROM identity_identityprovider p "
    "WHERE p.organisation_id = o.id AND p.active) AS provider, "
    "EXISTS (SELECT FROM identity_breakglass b "
    "WHERE b.organisation_id = o.id AND b.code_hash IS NOT NULL) AS break_glass, "
    "EXISTS (SELECT FROM identity_emergencyaccess e WHERE e.organisation_id = o.id "
    "AND e.enrolled_at IS NOT NULL AND e.ended_at IS NULL) AS emergency "
    "FROM organisations_organisation o WHERE wanted = '' OR o.slug = wanted ORDER BY o.sort_name"
    ") found WHERE provider OR ((break_glass OR emergency) AND wanted <> '')",
)
tenancy.door(
    "door_break_glass",
    "hash text",
    "TABLE(id bigint, organisation_id bigint)",
    "SELECT id, organisation_id FROM identity_breakglass WHERE code_hash = hash",
)
