# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of this room: a questionnaire by its link, who keeps suppliers, and what is shared.

What is shared passes only between two organisations that both share it now. Answers of a supplier
pass only when the supplier said so; the same supplier is known by its number in the trade
register, or by the body behind it in the landscape.
"""

from dijkring.core import tenancy
from dijkring.core.tenancy import OWN
from dijkring.organisations.doors import running

_SHARES = (
    "EXISTS (SELECT FROM suppliers_suppliersharing s "
    "WHERE s.organisation_id = {side}.organisation_id AND s.what = '{what}' "
    "AND s.ended_at IS NULL)"
)

tenancy.door(
    "door_inquiry",
    "hash text",
    "TABLE(inquiry_id bigint, organisation_id bigint)",
    "SELECT inquiry_id, organisation_id FROM suppliers_inquirytoken WHERE token_hash = hash",
)
tenancy.door(
    "door_supplier_keepers",
    "",
    "SETOF bigint",
    "SELECT DISTINCT organisation_id FROM suppliers_supplier ORDER BY 1",
)
tenancy.door(
    "door_shared_inquiries",
    "most integer",
    "TABLE(supplier_id bigint, inquiry_id bigint, organisation text, pack text, version text, "
    "title jsonb, demands jsonb, submitted_at timestamptz, submitted_by text, replies jsonb)",
    "SELECT ours.id, i.id, o.name::text, i.pack::text, i.version::text, i.title, i.demands, "  # noqa: S608
    "i.submitted_at, i.submitted_by::text, "
    "(SELECT coalesce(jsonb_object_agg(r.demand, jsonb_build_array(r.choice, r.words)), '{}') "
    "FROM suppliers_reply r WHERE r.inquiry_id = i.id) "
    "FROM suppliers_supplier ours "
    "LEFT JOIN landscape_party oursp ON oursp.id = ours.party_id "
    "JOIN suppliers_supplier theirs ON theirs.organisation_id <> ours.organisation_id "
    "LEFT JOIN landscape_party theirsp ON theirsp.id = theirs.party_id "
    "JOIN suppliers_inquiry i ON i.supplier_id = theirs.id AND i.submitted_at IS NOT NULL "
    "AND i.may_travel AND i.taken_from = '' "
    "JOIN organisations_organisation o ON o.id = i.organisation_id "
    f"WHERE ours.organisation_id = {OWN} AND ours.retired_at IS NULL "
    "AND ((ours.kvk <> '' AND ours.kvk = theirs.kvk) OR (oursp.body_id = theirsp.body_id)) "
    f"AND {_SHARES.format(side='ours', what='answers')} "
    f"AND {_SHARES.format(side='theirs', what='answers')} "
    "ORDER BY i.submitted_at DESC LIMIT most",
)
tenancy.door(
    "door_shared_procurements",
    "day date, most integer",
    "TABLE(id bigint, organisation text, name text, state text, publish_on date, award_on date, "
    "start_on date, contact text, joint boolean)",
    "SELECT p.id, o.name::text, p.name::text, p.state::text, p.publish_on, p.award_on, "  # noqa: S608
    "p.start_on, p.contact::text, p.joint FROM suppliers_procurement p "
    "JOIN organisations_organisation o ON o.id = p.organisation_id "
    f"WHERE p.shared AND p.state IN ('planned', 'running') AND NOT p.organisation_id = {OWN} "
    "AND EXISTS (SELECT FROM suppliers_suppliersharing s "
    f"WHERE s.organisation_id = {OWN} AND s.what = 'calendar' AND s.ended_at IS NULL) "
    f"AND {_SHARES.format(side='p', what='calendar')} "
    "AND EXISTS (SELECT FROM organisations_participation a JOIN organisations_participation b "
    f"ON b.body_id = a.body_id WHERE {running('a', 'day')} AND {running('b', 'day')} "
    f"AND (a.participant_id = {OWN} OR a.body_id = {OWN}) "
    "AND (b.participant_id = p.organisation_id OR b.body_id = p.organisation_id)) "
    "ORDER BY p.publish_on NULLS LAST, p.id LIMIT most",
)
