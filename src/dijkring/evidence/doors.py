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
