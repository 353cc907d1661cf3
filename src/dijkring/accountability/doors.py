# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of the national picture: counts over organisations, never fewer than five."""

from dijkring.core import tenancy

tenancy.door(
    "door_national_counts",
    "wanted bigint",
    "TABLE(verdict text, leaves bigint)",
    "SELECT c.key::text, sum(c.value::bigint)::bigint FROM evidence_summary s, "
    "jsonb_each_text(s.counts) c WHERE s.framework_id = wanted AND c.value::bigint > 0 "
    "GROUP BY c.key HAVING count(DISTINCT s.organisation_id) >= 5",
)
tenancy.door(
    "door_national_size",
    "wanted bigint",
    "bigint",
    "SELECT CASE WHEN count(*) >= 5 THEN count(*) END FROM evidence_summary "
    "WHERE framework_id = wanted",
)
