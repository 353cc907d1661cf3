# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door to who has incidents, so that deadlines can be watched and facts recorded."""

from dijkring.core import tenancy

tenancy.door(
    "door_incident_keepers",
    "",
    "TABLE(organisation_id bigint, open boolean)",
    "SELECT organisation_id, bool_or(state <> 'closed') FROM incidents_incident "
    "GROUP BY organisation_id ORDER BY organisation_id",
)
