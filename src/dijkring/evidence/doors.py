# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of evidence: due work as (organisation, key), and the national counts."""

from dijkring.core import tenancy
from dijkring.sharing.doors import IN_FORCE


def carries_out(one: str, other: str) -> str:
    """Say in SQL that `other` carries something out for `one`, or gets standings published by it.

    Both are the SQL of ids; the query has a `moment`. As `provisions.partners` says it.
    """
    return (
        "EXISTS (SELECT FROM evidence_provision x "  # noqa: S608 -- of columns
        f"WHERE x.organisation_id = {one} AND x.provider_id = {other} AND x.end_reason = '') "
        "OR EXISTS (SELECT FROM evidence_taker x "
        f"WHERE x.organisation_id = {one} AND x.taker_id = {other} AND x.until IS NULL "
        "AND (x.agreement_id IS NULL OR EXISTS (SELECT FROM sharing_agreement a "
        f"WHERE a.id = x.agreement_id AND {IN_FORCE})))"
    )


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
    "moment timestamptz",
    "TABLE(provision bigint, layers jsonb, lapses_at timestamptz, ends_at timestamptz, "
    "ended_by text, why text)",
    "SELECT p.id, CASE WHEN v.until IS NULL AND t.until IS NULL AND o.until IS NULL "  # noqa: S608
    "AND coalesce(o.ends_at > moment, true) AND a.over IS NOT TRUE THEN (SELECT "
    "jsonb_agg(jsonb_build_array(l ->> 'layer', l ->> 'verdict')) "
    "FROM jsonb_array_elements(s.layers) AS l) END, s.lapses_at, least(o.ends_at, a.ends_at), "
    "CASE WHEN a.over OR a.ends_at <= coalesce(o.ends_at, 'infinity') THEN 'agreement' "
    "WHEN o.ends_at IS NOT NULL THEN 'offer' ELSE '' END, "
    "CASE WHEN a.over OR a.ends_at <= coalesce(o.ends_at, 'infinity') THEN a.why "
    "ELSE o.end_reason END "
    "FROM evidence_provision p "
    "JOIN evidence_scope v ON v.id = p.service AND v.organisation_id = p.provider_id "
    # The last time that it was published to this taker, and that it was covered.
    "JOIN LATERAL (SELECT x.until, x.agreement_id FROM evidence_taker x "
    "WHERE x.service_id = v.id AND x.taker_id = p.organisation_id "
    "ORDER BY x.until DESC NULLS FIRST, x.id DESC LIMIT 1) t ON true "
    "JOIN LATERAL (SELECT x.until, x.ends_at, x.end_reason FROM evidence_offer x "
    "WHERE x.service_id = v.id AND x.requirement_id = p.requirement_id "
    "ORDER BY x.until DESC NULLS FIRST, x.id DESC LIMIT 1) o ON true "
    "LEFT JOIN LATERAL (SELECT a.ends_at, NOT "
    f"({IN_FORCE}) AS over, coalesce(nullif(a.end_reason, ''), (SELECT max(s.withdrawal_reason) "
    "FROM sharing_signature s WHERE s.agreement_id = a.id), '') AS why "
    "FROM sharing_agreement a WHERE a.id = t.agreement_id) a ON true "
    "LEFT JOIN evidence_standing s ON s.organisation_id = v.organisation_id AND s.scope_id = v.id "
    "AND s.requirement_id = p.requirement_id "
    f"WHERE p.end_reason = '' AND p.organisation_id = {tenancy.OWN}",
)
# What a provider wanted to end by now, as (organisation, offer).
tenancy.door(
    "door_offers_over",
    "moment timestamptz, most integer",
    "TABLE(organisation_id bigint, offer bigint)",
    "SELECT organisation_id, id FROM evidence_offer "
    "WHERE until IS NULL AND ends_at <= moment ORDER BY ends_at LIMIT most",
)
# The services that are published to the organisations that are acted for.
tenancy.door(
    "door_offered",
    "moment timestamptz",
    "TABLE(taker bigint, provider bigint, service bigint, name text, description text, "
    "since timestamptz, requirements bigint[])",
    "SELECT t.taker_id, v.organisation_id, v.id, "  # noqa: S608 -- a constant
    "v.name, v.description, t.since, "
    "array_agg(o.requirement_id ORDER BY o.requirement_id) FROM evidence_taker t "
    "JOIN evidence_scope v ON v.id = t.service_id AND v.until IS NULL "
    "JOIN evidence_offer o ON o.service_id = v.id AND o.until IS NULL "
    "AND coalesce(o.ends_at > moment, true) "
    "WHERE t.until IS NULL AND (t.agreement_id IS NULL OR EXISTS ("
    f"SELECT FROM sharing_agreement a WHERE a.id = t.agreement_id AND {IN_FORCE})) "
    f"AND t.taker_id = {tenancy.OWN} "
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
