# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of the landscape: what others publish to us, and who takes what we publish."""

from dijkring.core import tenancy
from dijkring.evidence.doors import carries_out
from dijkring.sharing.doors import IN_FORCE, co_operate

# What is shown to the organisations that are acted for: the taker `t` and the publication `p`.
_SHOWN = (
    "landscape_servicetaker t "
    "JOIN landscape_publication p ON p.id = t.publication_id AND p.until IS NULL "
)
# Who no longer co-operates sees nothing more, although nobody took the showing back.
_PAIR = ("p.organisation_id", "t.taker_id")
_SEES = f"t.until IS NULL AND ({co_operate(*_PAIR)} OR {carries_out(*_PAIR)})"
_NOW = f"{_SEES} AND t.taker_id = {tenancy.OWN}"
# How many of the requirements that our service on the norms covers have which verdict: no more.
_STANDING = (
    "(SELECT jsonb_object_agg(found.verdict, found.n) FROM ("
    "SELECT coalesce(CASE WHEN s.lapses_at <= moment THEN coalesce(nullif(s.becomes, ''), "
    "CASE WHEN s.verdict IN ('not_met', 'partly') THEN s.verdict ELSE 'not_measured' END) END, "
    "s.verdict, 'not_assessed') AS verdict, count(*) AS n "
    "FROM evidence_offer o "
    "JOIN evidence_scope v ON v.id = o.service_id AND v.until IS NULL "
    "LEFT JOIN evidence_standing s ON s.organisation_id = o.organisation_id "
    "AND s.scope_id = o.service_id AND s.requirement_id = o.requirement_id "
    "WHERE o.service_id = p.norms_id AND o.organisation_id = p.organisation_id "
    "AND o.until IS NULL AND coalesce(o.ends_at > moment, true) GROUP BY 1) AS found)"
)
# The services that are shown to the organisations that are acted for; nothing below them.
tenancy.door(
    "door_landscape_services",
    "moment timestamptz",
    "TABLE(taker bigint, provider bigint, service bigint, name text, description text, kind text, "
    "rto_hours numeric, rpo_hours numeric, state text, state_since timestamptz, state_note text, "
    "since timestamptz, standing jsonb)",
    "SELECT t.taker_id, p.organisation_id, p.id, p.name, p.description, x.kind, "  # noqa: S608
    "p.rto_hours, p.rpo_hours, p.state, p.state_since, p.state_note, t.since, "
    f"{_STANDING} FROM {_SHOWN}"
    f"JOIN landscape_asset x ON x.id = p.asset_id WHERE {_NOW}",
)
# What lies below the services that stand in the taker's landscape, for whom an agreement in force
# gives it: the provider's landscape from the service downwards, never sideways or up.
_BELOW = (
    "WITH RECURSIVE below(taker, provider, asset) AS ("  # noqa: S608 -- constants
    f"SELECT t.taker_id, p.organisation_id, p.asset_id FROM {_SHOWN}"
    "JOIN landscape_asset taken ON taken.service = p.id AND taken.organisation_id = t.taker_id "
    f"AND taken.retired_at IS NULL WHERE {_NOW} AND EXISTS (SELECT FROM sharing_agreement a "
    "WHERE a.organisation_id = p.organisation_id AND a.receiver_id = t.taker_id "
    f"AND 'landscape' = ANY (a.records) AND a.detail = 'fact' AND {IN_FORCE}) "
    "UNION SELECT b.taker, b.provider, d.needed_id FROM below b "
    "JOIN landscape_dependency d ON d.dependent_id = b.asset AND d.organisation_id = b.provider "
    "AND d.ended_at IS NULL "
    "JOIN landscape_asset x ON x.id = d.needed_id AND x.retired_at IS NULL) "
)
# Of each part: what it is, what it promises and who delivers it under whose law; not who owns it.
tenancy.door(
    "door_landscape_below",
    "moment timestamptz",
    "TABLE(taker bigint, provider bigint, service bigint, asset bigint, kind text, name text, "
    "rto_hours numeric, mtpd_hours numeric, supplier text, country text, place text)",
    f"{_BELOW}SELECT b.taker, b.provider, p.id, x.id, x.kind, x.name, x.rto_hours, "  # noqa: S608
    "x.mtpd_hours, coalesce(s.name, ''), "
    "coalesce(nullif(x.jurisdiction, ''), s.jurisdiction, ''), x.place "
    "FROM below b JOIN landscape_asset x ON x.id = b.asset "
    "LEFT JOIN landscape_party s ON s.id = x.party_id "
    "LEFT JOIN landscape_publication p ON p.asset_id = x.id AND p.until IS NULL "
    "AND EXISTS (SELECT FROM landscape_asset taken WHERE taken.service = p.id "
    "AND taken.organisation_id = b.taker AND taken.retired_at IS NULL)",
)
tenancy.door(
    "door_landscape_below_lines",
    "moment timestamptz",
    "TABLE(taker bigint, dependency bigint, dependent bigint, needed bigint, kind text, "
    "group_id bigint, at_least integer, delay_hours numeric)",
    f"{_BELOW}SELECT one.taker, d.id, d.dependent_id, d.needed_id, d.kind, "  # noqa: S608
    "d.group_id, g.needed, d.delay_hours FROM below one "
    "JOIN landscape_dependency d ON d.dependent_id = one.asset AND d.ended_at IS NULL "
    "JOIN below other ON other.taker = one.taker AND other.asset = d.needed_id "
    "LEFT JOIN landscape_dependencygroup g ON g.id = d.group_id",
)
# Which of our takers see now what is shown to them.
tenancy.door(
    "door_landscape_seen",
    "moment timestamptz",
    "TABLE(taking bigint)",
    f"SELECT t.id FROM {_SHOWN} WHERE {_SEES} AND p.organisation_id = {tenancy.OWN}",  # noqa: S608
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
