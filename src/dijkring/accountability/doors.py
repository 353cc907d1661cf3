# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doors of comparison: what may be said about many without saying anything about one.

Three rules stand in the SQL itself. Never about fewer than five organisations besides those that
the asker knows already: itself, and who shares its standing with it. Never a count that follows
from the others: what is held back is held back with company. Never a sharp figure: counts go in
steps of five, shares in steps of five percent, so that one change behind them shows nothing.
There is nothing to choose in a question, so there are no two questions to subtract.
"""

from dijkring.core import tenancy
from dijkring.sharing.doors import IN_FORCE
from dijkring.sharing.doors import OWN as RECEIVER

FEWEST = 5
STEP = 5
# Classes of residents: below the first bound, between the bounds, and from the last one on.
BOUNDS = (20_000, 50_000, 100_000)
_CLASS = f"width_bucket({{}}::numeric, ARRAY{list(BOUNDS)}::numeric[])"

# A verdict is said when at least five unknown organisations hold it. When others are held back,
# the rarest of the rest go with them, until at least two verdicts of at least five are together.
tenancy.door(
    "door_national_counts",
    "wanted bigint, moment timestamptz",
    "TABLE(verdict text, leaves bigint)",
    f"""
    WITH held AS (
      SELECT c.key AS verdict, c.value::bigint AS leaves, s.organisation_id AS who,
        s.organisation_id IN (SELECT door_known(moment)) AS known
      FROM evidence_summary s, jsonb_each_text(s.counts) c
      WHERE s.framework_id = wanted AND c.value::bigint > 0
    ), per AS (
      SELECT h.verdict, sum(h.leaves) AS leaves, count(*) FILTER (WHERE NOT known) AS holders
      FROM held h GROUP BY h.verdict
    ), ranked AS (
      SELECT p.*, row_number() OVER (ORDER BY p.holders, p.leaves, p.verdict) AS place FROM per p
    ), hidden AS (
      SELECT r.place, (SELECT count(DISTINCT h.who) FROM held h JOIN ranked q USING (verdict)
        WHERE q.place <= r.place AND NOT h.known) AS together
      FROM ranked r
    ), bound AS (
      SELECT CASE WHEN NOT EXISTS (SELECT FROM ranked WHERE holders < {FEWEST}) THEN 0
        ELSE coalesce((SELECT min(h.place) FROM hidden h WHERE h.together >= {FEWEST}
          AND h.place >= 2 AND NOT EXISTS
            (SELECT FROM ranked r WHERE r.place > h.place AND r.holders < {FEWEST})),
          (SELECT max(place) FROM ranked)) END AS last
    )
    SELECT r.verdict::text, (round(r.leaves / {STEP}.0) * {STEP})::bigint
    FROM ranked r, bound b WHERE r.place > b.last
    """,  # noqa: S608 -- constants
)
tenancy.door(
    "door_national_size",
    "wanted bigint, moment timestamptz",
    "bigint",
    f"SELECT CASE WHEN count(*) FILTER (WHERE s.organisation_id NOT IN "  # noqa: S608
    f"(SELECT door_known(moment))) >= {FEWEST} THEN count(*) / {STEP} * {STEP} END "
    "FROM evidence_summary s WHERE s.framework_id = wanted",
)
# Median and quartiles of the share that is met, among all municipalities of the asker's class of
# residents. The asker is one of them, so that every asker of a class gets the same answer.
tenancy.door(
    "door_comparison",
    "moment timestamptz",
    "TABLE(framework_id bigint, size bigint, low integer, middle integer, high integer)",
    f"""
    WITH mine AS (
      SELECT {_CLASS.format("o.population")} AS class FROM organisations_organisation o
      WHERE o.id = ANY ((nullif(current_setting('app.own', true), ''))::bigint[])
      AND o.kind = 'municipality' AND o.population IS NOT NULL LIMIT 1
    ), alike AS (
      SELECT s.framework_id, s.organisation_id,
        coalesce((s.counts->>'met')::numeric, 0) / nullif(t.total, 0) AS share
      FROM evidence_summary s
      JOIN organisations_organisation o ON o.id = s.organisation_id AND o.kind = 'municipality'
      JOIN mine m ON {_CLASS.format("o.population")} = m.class
      CROSS JOIN LATERAL (SELECT sum(c.value::bigint) AS total FROM jsonb_each_text(s.counts) c
        WHERE c.key <> 'not_applicable') t
    ), figures AS (
      SELECT a.framework_id, count(*) AS size,
        percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY a.share) AS q
      FROM alike a WHERE a.share IS NOT NULL GROUP BY a.framework_id
      HAVING count(*) FILTER (WHERE a.organisation_id NOT IN (SELECT door_known(moment)))
        >= {FEWEST}
    )
    SELECT f.framework_id, f.size / {STEP} * {STEP}, (round((q[1] * 20)::numeric) * 5)::integer,
      (round((q[2] * 20)::numeric) * 5)::integer, (round((q[3] * 20)::numeric) * 5)::integer
    FROM figures f
    """,  # noqa: S608 -- constants
)

# The same of the scores of measuring, for websites and for mail: the last one that was kept in two
# weeks. Who shares its exposure with the asker is known, too.
tenancy.door(
    "door_score_comparison",
    "moment timestamptz",
    "TABLE(part text, size bigint, low integer, middle integer, high integer)",
    f"""
    WITH mine AS (
      SELECT {_CLASS.format("o.population")} AS class FROM organisations_organisation o
      WHERE o.id = ANY ((nullif(current_setting('app.own', true), ''))::bigint[])
      AND o.kind = 'municipality' AND o.population IS NOT NULL LIMIT 1
    ), known AS (
      SELECT door_known(moment) AS id UNION SELECT a.organisation_id FROM sharing_agreement a
      WHERE a.receiver_id = {RECEIVER} AND 'exposure' = ANY (a.records) AND {IN_FORCE}
    ), latest AS (
      SELECT DISTINCT ON (s.organisation_id, s.part) s.organisation_id, s.part, s.percent
      FROM surface_scoreday s
      WHERE s.reckoned_at > moment - interval '14 days' AND s.reckoned_at <= moment
      ORDER BY s.organisation_id, s.part, s.day DESC
    ), figures AS (
      SELECT l.part, count(*) AS size,
        percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY l.percent) AS q
      FROM latest l
      JOIN organisations_organisation o ON o.id = l.organisation_id AND o.kind = 'municipality'
      JOIN mine m ON {_CLASS.format("o.population")} = m.class
      WHERE l.percent IS NOT NULL GROUP BY l.part
      HAVING count(*) FILTER (WHERE l.organisation_id NOT IN (SELECT id FROM known)) >= {FEWEST}
    )
    SELECT f.part::text, f.size / {STEP} * {STEP}, (round((q[1] / 5)::numeric) * 5)::integer,
      (round((q[2] / 5)::numeric) * 5)::integer, (round((q[3] / 5)::numeric) * 5)::integer
    FROM figures f
    """,  # noqa: S608 -- constants
)

# What has lapsed is not known any more.
_LAPSED = (
    "f.state IN ('pass', 'not_applicable') "
    "AND coalesce(f.confirmed_at, r.observed_at) + f.validity <= moment"
)
_HELD = f"CASE WHEN {_LAPSED} THEN 'not_measured' ELSE f.state::text END"

# What the exposure of an organisation is on the internet, for whom it shares that with.
_EXPOSED = (
    "FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id "
    "WHERE f.organisation_id = giver AND f.until IS NULL AND starts_with(f.kind, 'surface.') "
    "AND door_shares(giver, 'exposure', {details}, moment)"
)
tenancy.door(
    "door_exposure_counts",
    "giver bigint, moment timestamptz",
    "TABLE(kind text, state text, facts bigint)",
    f"SELECT f.kind::text, {_HELD}, count(*) "
    + _EXPOSED.format(details="ARRAY['aggregate', 'standing', 'fact']")
    + " GROUP BY 1, 2 ORDER BY 1, 2",
)
tenancy.door(
    "door_exposure",
    "giver bigint, moment timestamptz",
    "TABLE(kind text, subject text, state text, since timestamptz, confirmed timestamptz, "
    "detail jsonb)",
    f"SELECT f.kind::text, f.subject::text, {_HELD}, f.state_since, "
    "coalesce(f.confirmed_at, r.observed_at), f.detail "
    + _EXPOSED.format(details="ARRAY['fact']")
    + " ORDER BY f.state <> 'fail', f.kind, f.subject",
)

# The same of several givers at once, by the names and tests in which words stand; what fails first,
# with the number of all. Who does not share it is left out.
tenancy.door(
    "door_exposure_found",
    "givers bigint[], moment timestamptz, names text[], likes text[], kinds text[], most integer",
    "TABLE(giver bigint, kind text, subject text, state text, total bigint)",
    f"""
    WITH open AS MATERIALIZED (
      SELECT g AS id FROM unnest(givers) g WHERE door_shares(g, 'exposure', ARRAY['fact'], moment)
    ), named AS MATERIALIZED (
      SELECT DISTINCT r.organisation_id, r.scope FROM evidence_round r
      WHERE r.organisation_id IN (SELECT id FROM open) AND r.scope ILIKE ALL (names)
    ), found AS (
      SELECT f.organisation_id, f.kind, f.subject, {_HELD} AS state FROM named n
      JOIN evidence_fact f
        ON f.organisation_id = n.organisation_id AND f.member = n.scope AND f.until IS NULL
      LEFT JOIN evidence_round r ON r.id = f.round_id
      WHERE (f.subject || ' ' || f.kind) ILIKE ALL (likes) AND f.kind <> ALL (kinds)
      UNION ALL SELECT f.organisation_id, f.kind, f.subject, {_HELD} FROM open o
      JOIN evidence_fact f ON f.organisation_id = o.id AND f.until IS NULL AND f.kind = ANY (kinds)
      LEFT JOIN evidence_round r ON r.id = f.round_id
    )
    SELECT x.organisation_id, x.kind::text, x.subject::text, x.state::text, count(*) OVER ()
    FROM found x WHERE starts_with(x.kind, 'surface.')
    ORDER BY x.state <> 'fail', x.subject, x.kind LIMIT most
    """,  # noqa: S608 -- constants
)

# How each subject of several givers stands with one kind of finding: 1 exposed, 2 not known, 3 not
# exposed, 4 not applicable; the worst source counts. Words are sought in what was seen: where
# nothing was seen nothing is known. They tell more than counts do, so only who shares the facts
# themselves is searched by them.
_HOLDS = "strpos(lower(f.detail ->> 'seen'), lower(words)) > 0"
_SUBJECTS = (
    "SELECT g.id, f.subject, max(coalesce(f.confirmed_at, r.observed_at)) AS at, min(CASE "  # noqa: S608
    f"WHEN words = '' AND f.state = 'fail' OR words <> '' AND {_HOLDS} THEN 1 "
    f"WHEN f.state = 'not_measured' OR {_LAPSED} THEN 2 "
    "WHEN f.state = 'not_applicable' THEN 4 "
    "WHEN words <> '' AND coalesce(f.detail ->> 'seen', '{{}}') = '{{}}' THEN 2 ELSE 3 END) AS how "
    "FROM unnest(givers) AS g(id) JOIN evidence_fact f ON f.organisation_id = g.id "
    "AND f.until IS NULL AND f.kind = of_kind AND starts_with(of_kind, 'surface.') "
    "LEFT JOIN evidence_round r ON r.id = f.round_id "
    "WHERE door_shares(g.id, 'exposure', {details}, moment) GROUP BY g.id, f.subject"
)
# A name that ought to be looked at and of which nothing is there is not known either.
_NAMES = (
    "SELECT g.id, m.member, NULL::timestamptz, 2 "
    "FROM unnest(givers) AS g(id) JOIN evidence_populationmember m ON m.organisation_id = g.id "
    "AND m.population = of_population AND m.until IS NULL AND starts_with(of_kind, 'surface.') "
    "WHERE door_shares(g.id, 'exposure', {details}, moment) "
    "AND NOT EXISTS (SELECT FROM evidence_fact f WHERE f.organisation_id = g.id "
    "AND f.kind = of_kind AND f.member = m.member AND f.until IS NULL)"
)
_FACTS = "ARRAY['fact']"
_COUNTS = f"CASE WHEN words = '' THEN ARRAY['aggregate', 'standing', 'fact'] ELSE {_FACTS} END"
tenancy.door(
    "door_exposed",
    "givers bigint[], of_kind text, of_population text, words text, moment timestamptz",
    "TABLE(giver bigint, exposed bigint, unknown bigint, safe bigint, confirmed timestamptz)",
    "SELECT s.id, count(*) FILTER (WHERE how = 1), count(*) FILTER (WHERE how = 2), "  # noqa: S608
    "count(*) FILTER (WHERE how = 3), max(s.at) "
    f"FROM ({_SUBJECTS.format(details=_COUNTS)} "
    f"UNION ALL {_NAMES.format(details=_COUNTS)}) s GROUP BY s.id",
)
tenancy.door(
    "door_exposed_subjects",
    "givers bigint[], of_kind text, words text, moment timestamptz",
    "TABLE(giver bigint, subject text)",
    f"SELECT s.id, s.subject::text FROM ({_SUBJECTS.format(details=_FACTS)}) s "  # noqa: S608
    "WHERE how = 1 ORDER BY s.id, s.subject",
)
