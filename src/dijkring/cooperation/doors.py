# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door by which participants see the outcome of the Cbw test that a body publishes to them."""

from dijkring.core import tenancy
from dijkring.organisations.doors import running

# Only of a body in which the organisations that are acted for take part today, only its last
# published test, and of that only what came out.
tenancy.door(
    "door_told_cbw",
    "",
    "TABLE(cooperation_id bigint, outcome text, finished_at timestamptz, version text)",
    "SELECT DISTINCT ON (t.cooperation_id) t.cooperation_id, t.outcome::text, "  # noqa: S608
    "t.finished_at, "
    "t.version::text FROM cooperation_cbwtest t "
    "JOIN cooperation_cooperation c ON c.id = t.cooperation_id AND c.body_id = t.organisation_id "
    "JOIN organisations_participation p ON p.body_id = c.body_id "
    "CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS day) today "
    "WHERE t.published_at IS NOT NULL AND t.finished_at IS NOT NULL "
    f"AND {running('p', 'today.day')} "
    "AND p.participant_id = ANY "
    "(coalesce(nullif(current_setting('app.own', true), ''), '{}')::bigint[]) "
    "ORDER BY t.cooperation_id, t.finished_at DESC",
)
