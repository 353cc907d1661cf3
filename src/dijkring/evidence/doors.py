# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of evidence: due work as (organisation, key), and the national counts."""

from dijkring.core import tenancy

tenancy.door(
    "door_due_standings",
    "moment timestamptz, most integer",
    "TABLE(organisation_id bigint)",
    "SELECT DISTINCT organisation_id FROM (SELECT organisation_id FROM evidence_standing "
    "WHERE lapses_at <= moment ORDER BY lapses_at LIMIT most) due",
)
tenancy.door(
    "door_failing",
    "of_kinds text[]",
    "TABLE(organisation_id bigint)",
    "SELECT DISTINCT organisation_id FROM evidence_fact "
    "WHERE until IS NULL AND state = 'fail' AND kind = ANY(of_kinds)",
)
# What providers publish to the organisations that are acted for: verdicts per layer, no reasons.
tenancy.door(
    "door_published",
    "",
    "TABLE(provision bigint, layers jsonb, lapses_at timestamptz)",
    "SELECT p.id, (SELECT "  # noqa: S608 -- a constant
    "jsonb_agg(jsonb_build_array(l ->> 'layer', l ->> 'verdict')) "
    "FROM jsonb_array_elements(s.layers) AS l), s.lapses_at "
    "FROM evidence_provision p "
    "JOIN evidence_scope v ON v.id = p.service AND v.organisation_id = p.provider_id "
    "JOIN evidence_taker t ON t.service_id = v.id AND t.taker_id = p.organisation_id "
    "JOIN evidence_offer o ON o.service_id = v.id AND o.requirement_id = p.requirement_id "
    "JOIN evidence_standing s ON s.organisation_id = v.organisation_id AND s.scope_id = v.id "
    "AND s.requirement_id = p.requirement_id "
    "WHERE p.end_reason = '' AND v.until IS NULL AND t.until IS NULL AND o.until IS NULL "
    f"AND p.organisation_id = {tenancy.OWN}",
)
# The services that are published to the organisations that are acted for.
tenancy.door(
    "door_offered",
    "",
    "TABLE(taker bigint, provider bigint, service bigint, name text, description text, "
    "since timestamptz, requirements bigint[])",
    "SELECT t.taker_id, v.organisation_id, v.id, "  # noqa: S608 -- a constant
    "v.name, v.description, t.since, "
    "array_agg(o.requirement_id ORDER BY o.requirement_id) FROM evidence_taker t "
    "JOIN evidence_scope v ON v.id = t.service_id AND v.until IS NULL "
    "JOIN evidence_offer o ON o.service_id = v.id AND o.until IS NULL "
    f"WHERE t.until IS NULL AND t.taker_id = {tenancy.OWN} "
    "GROUP BY t.taker_id, v.organisation_id, v.id, t.since",
)
# Whether an organisation lets another carry out a requirement, directly or through others.
tenancy.door(
    "door_provided_by",
    "start bigint, asked bigint, wanted bigint",
    "boolean",
    "WITH RECURSIVE chain(organisation) AS (SELECT start UNION "
    "SELECT p.provider_id FROM chain JOIN evidence_provision p "
    "ON p.organisation_id = chain.organisation AND p.requirement_id = asked "
    "AND p.end_reason = '') SELECT EXISTS (SELECT FROM chain WHERE organisation = wanted)",
)
