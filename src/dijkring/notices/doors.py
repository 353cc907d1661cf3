# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of notices: which ask a link belongs to, and which asks wait for a reminder."""

from dijkring.core import tenancy

tenancy.door(
    "door_link",
    "hash text",
    "TABLE(ask_id bigint, organisation_id bigint)",
    "SELECT ask_id, organisation_id FROM notices_linktoken WHERE token_hash = hash",
)
tenancy.door(
    "door_due_asks",
    "moment timestamptz, most integer",
    "TABLE(organisation_id bigint, id bigint)",
    "SELECT organisation_id, id FROM notices_ask WHERE next_at <= moment "
    "ORDER BY next_at LIMIT most",
)
