# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door to what suppliers answered to others about the same names.

Both must have agreed to share answers, and of both the name must be measured under an authority.
Nothing else of a request passes: not its message, nor who made it.
"""

from dijkring.core import tenancy

OWN = "ANY ((nullif(current_setting('app.own', true), ''))::bigint[])"
_AGREED = (
    "EXISTS (SELECT FROM surface_answersharing s "
    "WHERE s.organisation_id = {side}.organisation_id AND s.ended_at IS NULL)"
)
PURPOSE = "surface-request"

tenancy.door(
    "door_shared_answers",
    "most integer",
    "TABLE(request_id bigint, organisation text, supplier text, member text, kind text, "
    "subject text, asked_at timestamptz, due_on date, choice text, day date, answer text, "
    "answered_at timestamptz)",
    "SELECT r.id, o.name::text, r.supplier::text, l.member::text, l.kind::text, "  # noqa: S608
    "l.subject::text, r.made_at, r.due_on, a.choice::text, a.day, a.answer, a.answered_at "
    "FROM surface_domain ours "
    "JOIN surface_domain theirs ON theirs.name = ours.name AND theirs.state = 'authorised' "
    "AND theirs.organisation_id <> ours.organisation_id "
    "JOIN surface_requestline l ON l.organisation_id = theirs.organisation_id "
    "AND l.member = theirs.name "
    "JOIN surface_mendrequest r ON r.id = l.request_id AND r.withdrawn_at IS NULL "
    "JOIN organisations_organisation o ON o.id = r.organisation_id "
    "LEFT JOIN LATERAL (SELECT k.choice, k.day, k.answer, k.answered_at FROM notices_ask k "
    f"WHERE k.organisation_id = r.organisation_id AND k.purpose = '{PURPOSE}' "
    "AND k.object_id = r.id AND k.answered_at IS NOT NULL "
    "ORDER BY k.answered_at DESC LIMIT 1) a ON true "
    f"WHERE ours.organisation_id = {OWN} AND ours.state = 'authorised' "
    f"AND {_AGREED.format(side='ours')} AND {_AGREED.format(side='theirs')} "
    "ORDER BY r.id DESC, l.member, l.kind, l.subject LIMIT most",
)
