# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of core: due work as (organisation, key), nothing more."""

from dijkring.core import tenancy

tenancy.door(
    "door_due_schedules",
    "moment timestamptz, most integer",
    "TABLE(organisation_id bigint, id bigint)",
    "SELECT organisation_id, id FROM core_schedule WHERE active AND next_at <= moment "
    "ORDER BY next_at LIMIT most",
)
