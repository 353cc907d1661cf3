# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of the landscape: what others publish to us, and who takes what we publish."""

from dijkring.core import tenancy
from dijkring.sharing.doors import IN_FORCE

# The services that are shown to the organisations that are acted for; nothing below them.
tenancy.door(
    "door_landscape_services",
    "moment timestamptz",
    "TABLE(taker bigint, provider bigint, service bigint, name text, description text, kind text, "
    "rto_hours numeric, rpo_hours numeric, state text, state_since timestamptz, state_note text, "
    "since timestamptz)",
    "SELECT t.taker_id, p.organisation_id, p.id, p.name, p.description, x.kind, "  # noqa: S608
    "p.rto_hours, p.rpo_hours, p.state, p.state_since, p.state_note, t.since "
    "FROM landscape_servicetaker t "
    "JOIN landscape_publication p ON p.id = t.publication_id AND p.until IS NULL "
    "JOIN landscape_asset x ON x.id = p.asset_id "
    "WHERE t.until IS NULL AND (t.agreement_id IS NULL OR EXISTS ("
    f"SELECT FROM sharing_agreement a WHERE a.id = t.agreement_id AND {IN_FORCE})) "
    f"AND t.taker_id = {tenancy.OWN}",
)
# Which takers have put a service of ours into their landscape: who, nothing of what hangs on it.
tenancy.door(
    "door_landscape_taken",
    "",
    "TABLE(service bigint, taker bigint)",
    "SELECT x.service, x.organisation_id FROM landscape_asset x "  # noqa: S608 -- a constant
    "WHERE x.service IS NOT NULL AND x.retired_at IS NULL "
    f"AND x.provider_id = {tenancy.OWN}",
)
# The organisations with a landscape that was not looked at since a moment.
tenancy.door(
    "door_landscapes_due",
    "since timestamptz, most integer",
    "TABLE(organisation_id bigint)",
    "SELECT DISTINCT a.organisation_id FROM landscape_asset a WHERE NOT EXISTS ("
    "SELECT FROM evidence_round r WHERE r.organisation_id = a.organisation_id "
    "AND r.source = 'landscape' AND r.observed_at > since) LIMIT most",
)
