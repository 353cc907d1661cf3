# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of the national picture: counts over organisations, never fewer than five."""

from dijkring.core import tenancy

MINIMUM_GROUP = 5

tenancy.door(
    "door_national_counts",
    "framework_key text",
    "TABLE(verdict text, leaves bigint, organisations bigint)",
    "SELECT c.key::text, sum(c.value::bigint)::bigint, count(DISTINCT s.organisation_id) "
    "FROM evidence_summary s JOIN controls_framework f ON f.id = s.framework_id, "
    "jsonb_each_text(s.counts) c WHERE f.key = framework_key AND f.organisation_id IS NULL "
    f"GROUP BY c.key HAVING count(DISTINCT s.organisation_id) >= {MINIMUM_GROUP}",
)
tenancy.door(
    "door_national_size",
    "framework_key text",
    "bigint",
    "SELECT CASE WHEN count(*) >= "
    f"{MINIMUM_GROUP} THEN count(*) END FROM evidence_summary s JOIN controls_framework f "
    "ON f.id = s.framework_id WHERE f.key = framework_key AND f.organisation_id IS NULL",
)
