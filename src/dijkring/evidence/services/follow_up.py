# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows from facts: a failing one opens an action line, a passing one closes it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dijkring.actions import services as actions
from dijkring.actions.models import Action, ActionLine
from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.access import Actor, Role, system_actor
from dijkring.core.rows import fetch
from dijkring.evidence import kinds
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import Fact
from dijkring.evidence.selectors.lists import reason_in
from dijkring.organisations.services import colleagues

PRIORITY = {"mandatory": "high", "warning": "low"}


def follow(organisation_id: int, of_kinds: Collection[str] | None = None) -> None:
    """Open and close action lines after the current facts of some kinds (None: all)."""
    wanted = {kind.id for kind in kinds.all_kinds()} if of_kinds is None else set(of_kinds)
    if wanted:
        close_lines(organisation_id, wanted)
        open_lines(organisation_id, wanted)


def open_lines(organisation_id: int, of_kinds: Collection[str]) -> None:
    """Open a line for every subject that fails longer than its grace and has none."""
    actor = system_actor(organisation_id)
    for (kind_id, party), subjects in _failing(organisation_id, set(of_kinds)).items():
        kind = kinds.get(kind_id)
        action = Action.objects.filter(
            organisation_id=actor.organisation_id,
            origin_kind=kind_id,
            responsible=party,
            state=Action.State.OPEN,
        ).first() or _new_action(actor, kind, party)
        actions.add_lines(actor=actor, action=action, subjects=subjects)


_NEEDING = """
SELECT f.kind, m.responsible, f.subject, f.detail
FROM unnest(%s::text[], %s::text[], %s::interval[]) AS k(kind, population, grace)
JOIN evidence_fact f ON f.kind = k.kind AND f.organisation_id = %s AND f.until IS NULL
JOIN evidence_populationmember m ON m.organisation_id = f.organisation_id
  AND m.population = k.population AND m.member = f.member AND m.until IS NULL
WHERE f.state = 'fail' AND f.state_since + k.grace <= %s
  -- What lapsed gives way to a source that spoke since.
  AND NOT EXISTS (
    SELECT FROM evidence_fact o
    LEFT JOIN evidence_round u ON u.id = o.round_id LEFT JOIN evidence_round r ON r.id = f.round_id
    WHERE o.organisation_id = f.organisation_id AND o.kind = f.kind AND o.subject = f.subject
    AND o.until IS NULL AND o.id <> f.id
    AND coalesce(o.confirmed_at, u.observed_at) + o.validity > %s
    AND coalesce(f.confirmed_at, r.observed_at) + f.validity <= %s)
  AND NOT EXISTS (
    SELECT FROM evidence_deviation d WHERE d.organisation_id = f.organisation_id
    AND d.kind = f.kind AND d.subject = f.subject AND d.ended_at IS NULL AND d.ends_at > %s)
  AND NOT EXISTS (
    SELECT FROM actions_actionline l JOIN actions_action a ON a.id = l.action_id
    WHERE l.organisation_id = f.organisation_id AND l.subject = f.subject
    AND l.closed_at IS NULL AND a.origin_kind = f.kind AND a.state = 'open')
ORDER BY f.subject
"""


def _failing(organisation_id: int, wanted: set[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return per kind and party the subjects that need a line and have none, and what is wrong."""
    followed = [kind for kind in map(kinds.get, wanted) if kind.level in PRIORITY]
    columns = [[k.id for k in followed], [k.population for k in followed]]
    now = clock.now()
    graces = [kind.grace for kind in followed]
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for kind, party, subject, detail in fetch(
        _NEEDING, [*columns, graces, organisation_id, now, now, now, now]
    ):
        found[kind, party][subject] = reason_in(detail)
    return found


def _new_action(actor: Actor, kind: FactKind, party: str) -> Action:
    return actions.open_action(
        actor=actor,
        title=in_language(kind.label)[:200],
        description=in_language(kind.mend),
        owner_id=_default_owner(actor.organisation_id),
        due_on=due_date(kind),
        priority=PRIORITY[kind.level],
        responsible=party,
        requirements=helps(kind.id),
        origin_kind=kind.id,
    )


def _default_owner(organisation_id: int) -> int | None:
    found = colleagues(organisation_id, [Role.CISO]) or colleagues(
        organisation_id, [Role.ADMINISTRATOR]
    )
    return found[0].user_id if found else None


def due_date(kind: FactKind) -> date:
    """Return the day, in the Netherlands, by which a failing fact of this kind should be mended."""
    return clock.day_of(clock.now() + timedelta(days=kind.repair_days))


def helps(kind: str) -> list[str]:
    """Return the refs of the requirements that facts of a kind speak about."""
    known = catalogue(clock.now())
    nodes = [known.nodes[id] for id in sorted(known.by_kind.get(kind, ()))]
    return [f"{known.keys[node.framework]}:{node.ref}" for node in nodes]


_CLOSING = """
SELECT l.id, a.origin_kind, l.subject, count(f.id), count(m.id),
  bool_and(f.state IN ('pass', 'not_applicable')) FILTER (WHERE m.id IS NOT NULL
    AND coalesce(f.confirmed_at, r.observed_at) + f.validity > %s),
  (array_agg(jsonb_build_object('fact', f.id, 'state', f.state, 'source', f.source, 'at',
    coalesce(f.confirmed_at, r.observed_at)) ORDER BY f.id) FILTER (WHERE m.id IS NOT NULL
    AND f.state = 'pass' AND coalesce(f.confirmed_at, r.observed_at) + f.validity > %s))[1]
FROM unnest(%s::text[], %s::text[]) AS k(kind, population)
JOIN actions_action a ON a.origin_kind = k.kind AND a.organisation_id = %s
JOIN actions_actionline l ON l.action_id = a.id AND l.closed_at IS NULL
LEFT JOIN evidence_fact f ON f.organisation_id = l.organisation_id AND f.kind = a.origin_kind
  AND f.subject = l.subject AND f.until IS NULL
  -- What only tells that something was withdrawn keeps no line open.
  AND f.validity > interval '0'
LEFT JOIN evidence_round r ON r.id = f.round_id
LEFT JOIN evidence_populationmember m ON m.organisation_id = l.organisation_id
  AND m.population = k.population AND m.member = f.member AND m.until IS NULL
GROUP BY l.id, a.origin_kind, l.subject
"""


def close_lines(organisation_id: int, of_kinds: Collection[str]) -> None:
    """Close every line whose subject passes, with that fact as proof, or counts no more.

    What has lapsed proves nothing; what does not apply any more ends a line without proof.
    """
    actor, now = system_actor(organisation_id), clock.now()
    populations = [kinds.get(kind).population for kind in of_kinds]
    rows = fetch(_CLOSING, [now, now, list(of_kinds), populations, organisation_id])
    for line, kind, subject, facts, counted, all_pass, proof in rows:
        if not counted:
            reason = _("not counted any more") if facts else _last_words(actor, kind, subject)
            actions.end_line(actor=actor, origin_kind=kind, subject=subject, reason=reason)
        elif all_pass and proof is None:
            reason = _("does not apply any more")
            actions.end_line(actor=actor, origin_kind=kind, subject=subject, reason=reason)
        elif all_pass:
            actions.close_line(actor=actor, line=_line(line), proof=proof)


def _line(id: int) -> ActionLine:
    return ActionLine.objects.select_related("action").get(pk=id)


def _last_words(actor: Actor, kind: str, subject: str) -> str:
    rows = Fact.objects.filter(
        organisation_id=actor.organisation_id, kind=kind, subject=subject
    ).exclude(until=None)
    last = rows.order_by("-until", "-id").first()
    return last.end_reason if last else _("the subject is not there any more")
