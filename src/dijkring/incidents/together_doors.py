# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of figures in a group: what may be said of many without saying anything about one.

Only of who agreed to share it with who asks, and never of fewer than five besides the asker. What
is held back is held back with company, so that it does not follow from the rest. Counts go in steps
of five, shares in steps of five percent. There is nothing to choose in the question.
"""

from dijkring.core import tenancy
from dijkring.sharing.doors import IN_FORCE, OWN

FEWEST, STEP = 5, 5
_SHARE = (
    "CASE WHEN {part}_holders >= "
    + str(FEWEST)
    + " THEN (round({part} * 20.0 / nullif({part} + {other}, 0)) * 5)::integer END"
)
_SUMS = ", ".join(
    f"sum(c.{name}) AS {name}"
    for name in ("incidents", "in_time", "late", "avoidable", "unavoidable")
)
_GIVERS = f"""
    SELECT DISTINCT a.organisation_id AS id FROM sharing_agreement a
    WHERE a.receiver_id = {OWN} AND a.organisation_id <> a.receiver_id
    AND 'figures' = ANY (a.records) AND {IN_FORCE}
"""  # noqa: S608 -- constants
tenancy.door(
    "door_incident_givers",
    "moment timestamptz",
    "bigint",
    f"SELECT CASE WHEN count(*) >= {FEWEST} THEN count(*) / {STEP} * {STEP} END "  # noqa: S608
    f"FROM ({_GIVERS}) g",
)
tenancy.door(
    "door_incident_figures",
    "moment timestamptz",
    "TABLE(part text, name text, incidents bigint, in_time integer, avoidable integer)",
    f"""
    WITH givers AS MATERIALIZED ({_GIVERS}),
    cells AS MATERIALIZED (
      SELECT c.organisation_id, c.month, c.category, c.incidents, c.in_time, c.late, c.avoidable,
        c.unavoidable FROM incidents_incidentcount c JOIN givers g ON g.id = c.organisation_id
      WHERE c.month >= (date_trunc('month', moment AT TIME ZONE 'Europe/Amsterdam')
        - interval '11 months')::date
    ), lines AS MATERIALIZED (
      SELECT 'month' AS part, to_char(c.month, 'YYYY-MM') AS name, c.organisation_id, {_SUMS}
      FROM cells c GROUP BY c.month, c.organisation_id
      UNION ALL SELECT 'kind', c.category, c.organisation_id, {_SUMS}
      FROM cells c GROUP BY c.category, c.organisation_id
    ), per AS (
      SELECT c.part, c.name, {_SUMS}, count(*) AS holders,
        count(*) FILTER (WHERE c.in_time + c.late > 0) AS in_time_holders,
        count(*) FILTER (WHERE c.avoidable + c.unavoidable > 0) AS avoidable_holders
      FROM lines c GROUP BY c.part, c.name
    ), ranked AS (
      SELECT p.*, row_number() OVER (PARTITION BY p.part ORDER BY p.holders, p.incidents, p.name)
        AS place FROM per p
    ), hidden AS (
      SELECT r.part, r.place, (SELECT count(DISTINCT l.organisation_id) FROM lines l
        JOIN ranked q USING (part, name) WHERE l.part = r.part AND q.place <= r.place) AS together
      FROM ranked r
    ), bound AS (
      SELECT t.part, CASE WHEN NOT EXISTS
        (SELECT FROM ranked WHERE part = t.part AND holders < {FEWEST}) THEN 0
        ELSE coalesce((SELECT min(h.place) FROM hidden h WHERE h.part = t.part
          AND h.together >= {FEWEST} AND h.place >= 2 AND NOT EXISTS
            (SELECT FROM ranked r WHERE r.part = t.part AND r.place > h.place
              AND r.holders < {FEWEST})),
          (SELECT max(place) FROM ranked WHERE part = t.part)) END AS last
      FROM (SELECT DISTINCT part FROM ranked) t
    )
    SELECT r.part, r.name::text, (round(r.incidents / {STEP}.0) * {STEP})::bigint,
      {_SHARE.format(part="in_time", other="late")},
      {_SHARE.format(part="avoidable", other="unavoidable")}
    FROM ranked r JOIN bound b ON b.part = r.part WHERE r.place > b.last
    ORDER BY r.part, r.name
    """,  # noqa: S608 -- constants
)
