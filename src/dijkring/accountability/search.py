# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding reports by their title, and what others share; what stands in an annex is not searched.

To search what others share is to look at it: each giver sees in its list that we searched, also
where nothing was found.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dijkring.accountability.models import Report
from dijkring.actions.models import Action
from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.search import Asked, Found, Hit, holds, matches, rows
from dijkring.evidence import kinds
from dijkring.evidence.models import STATES, VERDICTS
from dijkring.evidence.selectors.lists import kind_label
from dijkring.sharing import selectors as sharing
from dijkring.sharing.models import Look
from dijkring.sharing.selectors import Giver
from dijkring.sharing.services import looks

_REPORTS = f"""
SELECT r.id, r.title, r.status, count(*) OVER () FROM accountability_report r
WHERE r.organisation_id = %(organisation)s
AND {matches("r.title || ' ' || r.period_from::text || ' ' || r.period_to::text")}
ORDER BY r.made_at DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def reports(asked: Asked) -> Found:
    """Find reports by the words of their title, the newest first."""
    found, count = rows(_REPORTS, asked)
    states = dict(Report.Status.choices)
    hits = [
        Hit(title, "accountability:report", (id,), str(states.get(status, status)))
        for id, title, status in found
    ]
    return Found(hits, count)


# --- what others share ------------------------------------------------------------------------

# Facts are many: the names and tests in which the words stand give the way to those few to read.
# A name has one round for each source, and a hundred facts.
_FACTS = f"""
WITH named AS MATERIALIZED (SELECT DISTINCT r.organisation_id, r.scope FROM evidence_round r
  WHERE r.organisation_id = ANY(%(givers)s) AND r.scope ILIKE ALL (%(names)s::text[])),
found AS (
  SELECT f.organisation_id, f.kind, f.subject, f.state FROM named n JOIN evidence_fact f
    ON f.organisation_id = n.organisation_id AND f.member = n.scope AND f.until IS NULL
  WHERE {holds("f.subject || ' ' || f.kind")} AND f.kind <> ALL (%(kinds)s::text[])
  UNION ALL SELECT f.organisation_id, f.kind, f.subject, f.state FROM evidence_fact f
  WHERE f.organisation_id = ANY(%(givers)s) AND f.until IS NULL AND f.kind = ANY(%(kinds)s::text[]))
SELECT *, count(*) OVER () FROM found ORDER BY state <> 'fail', subject, kind LIMIT %(limit)s
"""  # noqa: S608 -- constants
_EXPOSED = """
SELECT giver, kind, subject, state, total
FROM door_exposure_found(%(givers)s, %(now)s, %(names)s, %(likes)s, %(kinds)s, %(limit)s)
"""
_JUDGEMENTS = f"""
SELECT j.organisation_id, j.requirement_id, left(j.reason, 160), j.verdict, count(*) OVER ()
FROM evidence_judgement j
WHERE j.organisation_id = ANY(%(givers)s) AND j.superseded_at IS NULL AND {matches("j.reason")}
ORDER BY j.judged_at DESC, j.id DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants
_ACTIONS = f"""
SELECT a.organisation_id, a.title, a.state, count(*) OVER () FROM actions_action a
WHERE a.organisation_id = ANY(%(givers)s) AND {matches("a.title || ' ' || a.responsible")}
ORDER BY a.state <> 'open', a.id DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}")


@contextmanager
def _looking(asked: Asked, what: str) -> Iterator[dict[int, Giver]]:
    """Look at all who share something with us; inside, their rows can be read."""
    received = asked.kept.get("received")
    if received is None:
        received = asked.kept["received"] = sharing.received(asked.organisation_id)
    given = [one for one in received if looks.may(one, what)]
    with looks.overlooking(actor=asked.actor, all_shared=given, what=what, about=_("Search")):
        yield {one.giver.pk: one.giver for one in given}


def _hit(page: str, giver: Giver, title: str, row: str, state: Any) -> Hit:
    """Lead to the row in the list of that giver."""
    query = urlencode({"search": row})
    return Hit(title, f"accountability:{page}", (giver.slug,), f"{giver}, {state}", query)


def shared_facts(asked: Asked) -> Found:
    """Find facts that others share, by their subject or kind, what fails first."""
    return _of_facts(asked, Look.What.FACTS, _FACTS, "shared_facts")


def shared_exposure(asked: Asked) -> Found:
    """Find what was measured of others on the internet, by subject or kind, what fails first."""
    return _of_facts(asked, Look.What.EXPOSED, _EXPOSED, "shared_exposure")


def _of_facts(asked: Asked, what: str, query: str, page: str) -> Found:
    with _looking(asked, what) as givers:
        more = {"givers": list(givers), "now": clock.now(), **_ways(asked)}
        found, count = rows(query, asked, **more) if givers else ([], 0)
    states = dict(STATES)
    hits = [
        _hit(page, givers[id], f"{subject}: {kind_label(kind)}", subject, states.get(state, state))
        for id, kind, subject, state in found
    ]
    return Found(hits, count)


def _ways(asked: Asked) -> dict[str, list[str]]:
    """Return where to look: patterns that a name must fit, and the tests that are meant.

    A word that stands in the id of a test may mean the test, and a full address stands behind the
    name: both say nothing of the name, unless there is no other word.
    """
    ids = [kind.id for kind in kinds.all_kinds()]
    pairs = list(zip(asked.words, asked.likes, strict=True))
    sure = [like for word, like in pairs if not any(word in id for id in ids)]
    names = [like for like in sure if not _ADDRESS.fullmatch(like.strip("%"))]
    meant = [id for id in ids if all(word in id for word in asked.words)]
    return {
        "names": names if sure else asked.likes,
        "kinds": sorted({*meant, *kinds.named(asked.words)}),
    }


def shared_judgements(asked: Asked) -> Found:
    """Find the judgements of others that hold now, by their reason, the newest first."""
    with _looking(asked, Look.What.JUDGEMENTS) as givers:
        found, count = rows(_JUDGEMENTS, asked, givers=list(givers)) if givers else ([], 0)
    named = Requirement.objects.in_bulk([row[1] for row in found])
    words = dict(VERDICTS)
    hits = [
        _hit("shared_judgements", givers[id], reason, named[leaf].ref, words.get(verdict, verdict))
        for id, leaf, reason, verdict in found
        if leaf in named
    ]
    return Found(hits, count)


def shared_actions(asked: Asked) -> Found:
    """Find actions of others, the open ones first."""
    with _looking(asked, Look.What.ACTIONS) as givers:
        found, count = rows(_ACTIONS, asked, givers=list(givers)) if givers else ([], 0)
    states = dict(Action.State.choices)
    hits = [
        _hit("shared_actions", givers[id], title, title, states.get(state, state))
        for id, title, state in found
    ]
    return Found(hits, count)
