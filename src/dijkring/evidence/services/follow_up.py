# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows from facts: a failing one opens an action line, a passing one closes it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from dijkring.actions import services as actions
from dijkring.actions.models import Action, ActionLine
from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Requirement, in_language
from dijkring.core import clock
from dijkring.core.access import Actor, Role, system_actor
from dijkring.evidence import kinds
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import Deviation, Fact, PopulationMember
from dijkring.evidence.selectors.lists import reason_of as reason_of
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


def _failing(organisation_id: int, wanted: set[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return per kind and party the subjects that need a line and have none, and what is wrong."""
    facts = Fact.objects.filter(
        organisation_id=organisation_id, kind__in=wanted, state="fail", until=None
    )
    failing = [fact for fact in facts.order_by("subject") if _is_due(fact)]
    if not failing:
        return {}
    settled = _accepted(organisation_id) | _in_hand(organisation_id)
    parties = _parties(organisation_id)
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for fact in failing:
        party = parties.get((kinds.get(fact.kind).population, fact.member))
        if party is not None and (fact.kind, fact.subject) not in settled:
            found[fact.kind, party][fact.subject] = reason_of(fact)
    return found


def _is_due(fact: Fact) -> bool:
    kind = kinds.get(fact.kind)
    return kind.level in PRIORITY and fact.state_since + kind.grace <= clock.now()


def _in_hand(organisation_id: int) -> set[tuple[str, str]]:
    lines = ActionLine.objects.filter(
        organisation_id=organisation_id, action__state=Action.State.OPEN, closed_at=None
    )
    return set(lines.values_list("action__origin_kind", "subject"))


def _accepted(organisation_id: int) -> set[tuple[str, str]]:
    rows = Deviation.objects.filter(
        organisation_id=organisation_id, ended_at=None, ends_at__gt=clock.now()
    )
    return set(rows.exclude(kind="").values_list("kind", "subject"))


def _parties(organisation_id: int) -> dict[tuple[str, str], str]:
    rows = PopulationMember.objects.filter(organisation_id=organisation_id, until=None)
    return {
        (population, member): party
        for population, member, party in rows.values_list("population", "member", "responsible")
    }


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
    return (clock.now() + timedelta(days=kind.repair_days)).astimezone(clock.AMSTERDAM).date()


def helps(kind: str) -> list[str]:
    """Return the refs of the requirements that facts of a kind speak about."""
    ids = catalogue(clock.now()).by_kind.get(kind, set())
    rows = Requirement.objects.filter(id__in=ids).select_related("framework")
    return [f"{row.framework.key}:{row.ref}" for row in rows]


def close_lines(organisation_id: int, of_kinds: Collection[str]) -> None:
    """Close every line whose subject passes, with that fact as proof, or counts no more."""
    actor = system_actor(organisation_id)
    lines = ActionLine.objects.filter(
        organisation_id=organisation_id, action__origin_kind__in=of_kinds, closed_at=None
    ).select_related("action")
    if not lines:
        return
    current = _current(actor.organisation_id, lines)
    members = _parties(actor.organisation_id)
    for line in lines:
        kind, subject = line.action.origin_kind, line.subject
        facts = current.get((kind, subject), [])
        counted = [fact for fact in facts if (kinds.get(kind).population, fact.member) in members]
        if not counted:
            reason = _("not counted any more") if facts else _last_words(actor, kind, subject)
            actions.end_line(actor=actor, origin_kind=kind, subject=subject, reason=reason)
        elif all(fact.state in {"pass", "not_applicable"} for fact in counted):
            actions.close_line(actor=actor, line=line, proof=_proof(counted[0]))


def _last_words(actor: Actor, kind: str, subject: str) -> str:
    rows = Fact.objects.filter(
        organisation_id=actor.organisation_id, kind=kind, subject=subject
    ).exclude(until=None)
    last = rows.order_by("-until", "-id").first()
    return last.end_reason if last else _("the subject is not there any more")


def _current(
    organisation_id: int, lines: Collection[ActionLine]
) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    facts = Fact.objects.filter(
        organisation_id=organisation_id,
        kind__in={line.action.origin_kind for line in lines},
        subject__in={line.subject for line in lines},
        until=None,
    )
    for fact in facts.annotate(round_at=F("round__observed_at")):
        found[fact.kind, fact.subject].append(fact)
    return found


def _proof(fact: Any) -> dict[str, Any]:
    at = fact.round_at or fact.confirmed_at
    return {"fact": fact.id, "state": fact.state, "source": fact.source, "at": at.isoformat()}
