# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of measuring: due work as organisations, nothing more."""

from dijkring.core import tenancy
from dijkring.surface.facts import SOURCE

# Whose score of today is not there yet, or is older than the last measurement by an hour.
tenancy.door(
    "door_scores_due",
    "moment timestamptz, today timestamptz, most integer",
    "TABLE(organisation_id bigint)",
    f"SELECT r.organisation_id FROM (SELECT organisation_id, max(observed_at) AS at "  # noqa: S608
    f"FROM evidence_round WHERE source = '{SOURCE}' GROUP BY organisation_id) r "
    "LEFT JOIN (SELECT organisation_id, max(reckoned_at) AS at FROM surface_scoreday "
    "GROUP BY organisation_id) s ON s.organisation_id = r.organisation_id "
    "WHERE s.at IS NULL OR s.at <= today "
    "OR (r.at > s.at AND s.at < moment - interval '50 minutes') "
    "ORDER BY s.at NULLS FIRST LIMIT most",
)

# A batch of which nothing was heard since a moment, and that does not stand in line.
tenancy.door(
    "door_silent_batches",
    "before timestamptz, most integer",
    "TABLE(organisation_id bigint, id bigint)",
    "SELECT b.organisation_id, b.id FROM surface_batch b JOIN core_job j ON j.id = b.job_id "
    "WHERE b.ended_at IS NULL AND j.ended_at IS NULL AND b.alive_at <= before "
    "AND NOT EXISTS (SELECT FROM procrastinate_jobs q WHERE q.status = 'todo' "
    "AND q.args ->> 'job_id' = j.id::text "
    "AND coalesce(q.args -> 'ids' ->> 'batch', b.id::text) = b.id::text) "
    "ORDER BY b.alive_at LIMIT most",
)

# Which of these names more than one organisation measures; not which organisations.
tenancy.door(
    "door_names_of_several",
    "wanted text[]",
    "TABLE(name text)",
    "SELECT d.name FROM surface_domain d WHERE d.name = ANY(wanted) AND d.state = 'authorised' "
    "GROUP BY d.name HAVING count(DISTINCT d.organisation_id) > 1",
)
