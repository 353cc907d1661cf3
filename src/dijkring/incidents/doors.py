# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of incidents: who has any, where a secret address leads, what is to be delivered."""

from dijkring.core import tenancy

tenancy.door(
    "door_incident_keepers",
    "",
    "TABLE(organisation_id bigint, open boolean)",
    "SELECT organisation_id, bool_or(state <> 'closed') FROM incidents_incident "
    "GROUP BY organisation_id ORDER BY organisation_id",
)
# Who has something to be looked at by now; a plan that is long past was made so by a change.
tenancy.door(
    "door_watch_due",
    "moment timestamptz",
    "SETOF bigint",
    "SELECT k.organisation_id FROM (SELECT DISTINCT organisation_id FROM incidents_incident "
    "WHERE state <> 'closed') k LEFT JOIN incidents_watchplan p USING (organisation_id) "
    "WHERE p.at IS NULL OR p.at <= moment ORDER BY k.organisation_id",
)
tenancy.door(
    "door_way_in",
    "hash text, of_kind text",
    "TABLE(id bigint, organisation_id bigint)",
    "SELECT id, organisation_id FROM incidents_wayin "
    "WHERE token_hash = hash AND kind = of_kind AND ended_at IS NULL",
)
tenancy.door(
    "door_intake",
    "hash text",
    "TABLE(id bigint, organisation_id bigint)",
    "SELECT id, organisation_id FROM incidents_intake WHERE follow_hash = hash",
)
tenancy.door(
    "door_due_deliveries",
    "moment timestamptz, most integer",
    "TABLE(organisation_id bigint, id bigint)",
    "SELECT organisation_id, id FROM incidents_delivery WHERE next_at <= moment "
    "ORDER BY next_at LIMIT most",
)
