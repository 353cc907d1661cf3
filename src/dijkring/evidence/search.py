# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding facts by their subject, judgements by their reason, and documents by their name."""

from django.utils.translation import get_language

from dijkring.controls.models import Requirement
from dijkring.core.search import Asked, Found, Hit, holds, matches, rows
from dijkring.evidence import kinds
from dijkring.evidence.models import STATES, VERDICTS

# What does not hold comes first.
_FACTS = f"""
SELECT f.id, f.kind, f.subject, f.state, count(*) OVER () FROM evidence_fact f
WHERE f.organisation_id = %(organisation)s AND f.until IS NULL
AND ({holds("f.subject || ' ' || f.kind || ' ' || f.member")} OR f.kind = ANY(%(kinds)s::text[]))
ORDER BY f.state <> 'fail', f.subject, f.kind LIMIT %(limit)s
"""  # noqa: S608 -- constants
_JUDGEMENTS = f"""
SELECT j.requirement_id, left(j.reason, 160), j.verdict, count(*) OVER () FROM evidence_judgement j
WHERE j.organisation_id = %(organisation)s AND j.superseded_at IS NULL AND {matches("j.reason")}
ORDER BY j.judged_at DESC, j.id DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants
_DOCUMENTS = f"""
SELECT u.id, u.name, count(*) OVER () FROM evidence_upload u
WHERE u.organisation_id = %(organisation)s AND {holds("u.name")} ORDER BY u.id DESC LIMIT %(limit)s
"""  # noqa: S608 -- constants


def facts(asked: Asked) -> Found:
    """Find current facts by a part of their subject, or by their kind, what fails first."""
    found, count = rows(_FACTS, asked, kinds=kinds.named(asked.words))
    states = dict(STATES)
    hits = [
        Hit(f"{subject}: {_label(kind)}", "evidence:fact", (id,), str(states.get(state, state)))
        for id, kind, subject, state in found
    ]
    return Found(hits, count)


def _label(kind: str) -> str:
    known = {one.id: one.label for one in kinds.all_kinds()}
    label = known.get(kind, {})
    return label.get(get_language() or "nl") or label.get("nl") or kind


def judgements(asked: Asked) -> Found:
    """Find the judgements that hold now by their reason, the newest first."""
    found, count = rows(_JUDGEMENTS, asked)
    named = Requirement.objects.in_bulk([row[0] for row in found])
    words = dict(VERDICTS)
    hits = [
        Hit(reason, "evidence:requirement", (id,), f"{named[id]}, {words.get(verdict, verdict)}")
        for id, reason, verdict in found
        if id in named
    ]
    return Found(hits, count)


def documents(asked: Asked) -> Found:
    """Find documents by a part of their name, the newest first."""
    found, count = rows(_DOCUMENTS, asked)
    return Found([Hit(name, "evidence:download", (id,)) for id, name in found], count)
