# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of joint incidents: what members show of their reports, and counts for others."""

from dijkring.core import tenancy
from dijkring.sharing.doors import IN_FORCE, OWN

# Which reports members handed in, for who leads the joint incident: only what a member shows, only
# reports of the Cyberbeveiligingswet, and nothing of who has declined, left or was taken out.
tenancy.door(
    "door_joint_told",
    "dossier uuid",
    "TABLE(member_id bigint, obligation text, at timestamptz)",
    "SELECT p.organisation_id, s.obligation::text, "  # noqa: S608 -- constants
    "min(CASE WHEN p.shows = 'moments' THEN s.at END) "
    "FROM incidents_jointplace p "
    "JOIN incidents_jointinvite i ON i.handover_id = p.handover_id AND i.removed_at IS NULL "
    "JOIN incidents_submission s ON s.incident_id = p.incident_id AND s.withdrawn_at IS NULL "
    f"WHERE p.key = dossier AND p.provider_id = {OWN} AND p.shows <> 'nothing' "
    "AND p.accepted_at IS NOT NULL AND p.left_at IS NULL AND s.obligation LIKE 'cbw.%' "
    "GROUP BY 1, 2 ORDER BY 1, 2",
)
_WARNED = (
    "p.shows <> 'nothing' AND EXISTS (SELECT FROM incidents_submission s "
    "WHERE s.incident_id = p.incident_id AND s.withdrawn_at IS NULL "
    "AND s.obligation = 'cbw.early_warning')"
)
# With fewer than three members a number says who it was.
_ENOUGH = "CASE WHEN count(*) >= 3 THEN count(*) FILTER (WHERE {}) END"
# Joint incidents of those who share them by an agreement in force: numbers only, never an exercise.
tenancy.door(
    "door_joint_counts",
    "moment timestamptz",
    "TABLE(provider_id bigint, opened_at timestamptz, open boolean, invited bigint, "
    "reached bigint, accepted bigint, warned bigint)",
    "SELECT j.organisation_id, j.opened_at, n.state <> 'closed', count(*), "  # noqa: S608
    + _ENOUGH.format("h.taken_at IS NOT NULL AND h.refusal = ''")
    + ", "
    + _ENOUGH.format("p.accepted_at IS NOT NULL")
    + ", "
    + _ENOUGH.format(f"p.accepted_at IS NOT NULL AND {_WARNED}")
    + " FROM incidents_joint j JOIN incidents_incident n ON n.id = j.incident_id "
    "JOIN incidents_jointinvite i ON i.joint_id = j.id AND i.removed_at IS NULL "
    "JOIN sharing_handover h ON h.id = i.handover_id "
    "LEFT JOIN incidents_jointplace p ON p.handover_id = i.handover_id AND p.left_at IS NULL "
    "WHERE NOT n.exercise AND EXISTS (SELECT FROM sharing_agreement a "
    f"WHERE a.organisation_id = j.organisation_id AND a.receiver_id = {OWN} "
    f"AND 'incidents' = ANY (a.records) AND {IN_FORCE}) "
    "GROUP BY j.id, n.state ORDER BY j.opened_at DESC LIMIT 200",
)
