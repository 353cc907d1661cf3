# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording what was observed: facts in rounds, extended, closed, never edited."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact, FailedAttempt, Round
from dijkring.evidence.services import follow_up, standings

FUTURE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of one subject: kind, state and what explains it (stable, without times)."""

    kind: str
    subject: str
    state: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Recorded:
    """What a round changed: new facts, ended facts, kinds whose counts moved."""

    unchanged: bool = False
    new: list[Fact] = field(default_factory=list)
    ended: list[Fact] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    attempts: int = 0


def record(
    *,
    actor: Actor,
    source: str,
    member: str,
    observed_at: datetime,
    observations: Sequence[Observation],
    complete: bool = False,
) -> Recorded:
    """Record what one source observed of one member of a population at one moment.

    An unchanged round costs one update. `complete` ends the facts of subjects not seen any more.
    `observed_at` is an aware moment, not in the future. Raises Refused for an unknown kind, a
    duplicate subject or a moment in the future.
    """
    _check(observed_at, observations)
    print_ = _fingerprint(observations)
    if _extend(actor.organisation_id, source, member, observed_at, print_):
        return Recorded(unchanged=True)
    standings.begin_change(actor.organisation_id)
    recorded = _Recording(actor, source, member, observed_at).run(observations, print_, complete)
    standings.after_facts(actor.organisation_id, recorded.kinds, observed_at)
    _follow(actor.organisation_id, recorded)
    return recorded


def _follow(organisation_id: int, recorded: Recorded) -> None:
    if any(fact.state != "fail" for fact in recorded.new) or recorded.ended:
        follow_up.close_lines(organisation_id, recorded.kinds)
    if any(fact.state == "fail" for fact in recorded.new):
        follow_up.open_lines(organisation_id, recorded.kinds)


def _check(observed_at: datetime, observations: Sequence[Observation]) -> None:
    if observed_at > clock.now() + FUTURE:
        raise Refused(_("The moment of observing lies in the future."), "observedAt")
    seen = {(observation.kind, observation.subject) for observation in observations}
    if len(seen) != len(observations):
        raise Refused(_("The same kind and subject stand twice in one round."), "observations")
    for observation in observations:
        kinds.get(observation.kind)


def _digest(state: str, detail: dict[str, Any]) -> bytes:
    text = json.dumps([state, detail], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _fingerprint(observations: Sequence[Observation]) -> bytes:
    lines = sorted((o.kind, o.subject, _digest(o.state, o.detail).hex()) for o in observations)
    return hashlib.blake2b(json.dumps(lines).encode(), digest_size=32).digest()


_EXTEND = """
UPDATE evidence_round SET observed_at = %(at)s, times = times + 1
WHERE organisation_id = %(organisation)s AND source = %(source)s AND scope = %(member)s
  AND fingerprint = %(print)s AND all_confirmed AND observed_at < %(at)s
  -- Lapsed by the clock: the standings may say so already, so every fact is looked at.
  AND observed_at > greatest(%(at)s, %(now)s) - shortest_validity
"""


def _extend(organisation_id: int, source: str, member: str, at: datetime, print_: bytes) -> bool:
    values: dict[str, Any] = {
        "organisation": organisation_id,
        "source": source,
        "member": member,
        "at": at,
        "now": clock.now(),
        "print": print_,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXTEND, values)
        return bool(cursor.rowcount)


class _Recording:
    """One round being recorded; holds the facts that were current before it."""

    def __init__(self, actor: Actor, source: str, member: str, at: datetime) -> None:
        self.actor = actor
        self.source = source
        self.member = member
        self.at = at
        self.result = Recorded()
        self.insert: list[Fact] = []
        self.change: dict[int, Fact] = {}
        self.reached: set[int] = set()
        self.earlier: set[tuple[str, str, bytes]] | None = None

    def run(self, observations: Sequence[Observation], print_: bytes, complete: bool) -> Recorded:
        self._open(observations, print_)
        for observation in observations:
            self._observe(observation)
        for key, fact in self.current.items():
            if fact.id not in self.reached:
                self._unseen(key, fact, complete)
        self._store(print_)
        return self.result

    def _open(self, observations: Sequence[Observation], print_: bytes) -> None:
        mine = {"organisation_id": self.actor.organisation_id, "source": self.source}
        known = next(iter(Round.objects.filter(scope=self.member, **mine)), None)
        self.round = known or Round(
            scope=self.member,
            first_at=self.at,
            observed_at=self.at,
            times=0,
            recorded_at=clock.now(),
            **mine,
        )
        self.before = self.round.observed_at
        self.late = known is not None and self.at <= self.before
        facts = Fact.objects.filter(member=self.member, until=None, **mine).defer("detail")
        self.current = {(fact.kind, fact.subject): fact for fact in facts}
        self.round.fingerprint = print_
        self.round.shortest_validity = min(
            (kinds.get(o.kind).validity for o in observations), default=timedelta(0)
        )
        if known is None:
            self.round.save()

    def _confirmed(self, fact: Fact) -> datetime:
        return fact.confirmed_at or self.before

    def _observe(self, observation: Observation) -> None:
        old = self.current.get((observation.kind, observation.subject))
        if old is not None:
            self.reached.add(old.id)
        if old is not None and self.at <= self._confirmed(old):
            if not self._known(observation, old):
                self._keep_late(observation, old)
        elif (
            observation.state == "not_measured" and old is not None and old.state != "not_measured"
        ):
            self._attempt(observation)
            self._pin(old)
        elif old is None:
            self._begin(observation, self.at)
        else:
            self._continue(observation, old)

    def _continue(self, observation: Observation, old: Fact) -> None:
        end = self._confirmed(old) + old.validity
        lapsed = self.at >= end
        same = bytes(old.digest) == _digest(observation.state, observation.detail)
        if same and not lapsed:
            self._confirm(old, end)
            return
        carried = observation.state == old.state and (not lapsed or old.state == "fail")
        self._close(old, self.at, _("not confirmed in time") if lapsed else "")
        self._begin(observation, old.state_since if carried else self.at)

    def _confirm(self, fact: Fact, end: datetime) -> None:
        if fact.round_id is None:
            self._attach(fact)
            self._changed(fact)
        elif end <= clock.now():
            # By the clock it had lapsed, and the standings may say so already.
            self.result.kinds.add(fact.kind)

    def _unseen(self, key: tuple[str, str], fact: Fact, complete: bool) -> None:
        if self.at <= self._confirmed(fact):
            return
        if complete:
            self._close(fact, self.at, _("the subject is not there any more"))
            fact.gone = True
            self.result.ended.append(fact)
        else:
            self._pin(fact)

    def _known(self, observation: Observation, current: Fact) -> bool:
        """Tell whether exactly this was recorded before: work may be done twice."""
        digest = _digest(observation.state, observation.detail)
        if self.at == self._confirmed(current) and bytes(current.digest) == digest:
            return True
        return (observation.kind, observation.subject, digest) in self._of_this_moment()

    def _of_this_moment(self) -> set[tuple[str, str, bytes]]:
        if self.earlier is None:
            rows = Fact.objects.filter(
                organisation_id=self.actor.organisation_id,
                member=self.member,
                source=self.source,
                since=self.at,
            )
            found = rows.values_list("kind", "subject", "digest")
            self.earlier = {(kind, subject, bytes(digest)) for kind, subject, digest in found}
        return self.earlier

    def _keep_late(self, observation: Observation, current: Fact) -> None:
        fact = self._fact(observation, self.at)
        fact.until = min(self.at + fact.validity, max(current.since, self.at))
        fact.end_reason = _("observed before the current fact")
        fact.round, fact.confirmed_at = None, self.at
        self.insert.append(fact)

    def _attempt(self, observation: Observation) -> None:
        reason = str(observation.detail.get("reason", ""))[:300]
        attempt, created = FailedAttempt.objects.get_or_create(
            organisation_id=self.actor.organisation_id,
            kind=observation.kind,
            subject=observation.subject,
            source=self.source,
            reason=reason,
            defaults={"at": self.at},
        )
        if not created and self.at > attempt.at:
            attempt.at, attempt.times = self.at, attempt.times + 1
            attempt.save(update_fields=["at", "times"])
        self.result.attempts += 1

    def _pin(self, fact: Fact) -> None:
        if fact.round_id is not None:
            fact.confirmed_at, fact.round = self.before, None
            self._changed(fact)

    def _close(self, fact: Fact, until: datetime, reason: str) -> None:
        self._pin(fact)
        fact.until, fact.end_reason = until, reason
        self._changed(fact)

    def _begin(self, observation: Observation, state_since: datetime) -> None:
        fact = self._fact(observation, state_since)
        self._attach(fact)
        self.insert.append(fact)
        self.result.new.append(fact)
        self.result.kinds.add(fact.kind)

    def _attach(self, fact: Fact) -> None:
        # A late observation may not borrow the later moment of the round.
        fact.round, fact.confirmed_at = (None, self.at) if self.late else (self.round, None)

    def _changed(self, fact: Fact) -> None:
        self.change[fact.id] = fact
        self.result.kinds.add(fact.kind)

    def _fact(self, observation: Observation, state_since: datetime) -> Fact:
        return Fact(
            organisation_id=self.actor.organisation_id,
            kind=observation.kind,
            subject=observation.subject,
            member=self.member,
            source=self.source,
            state=observation.state,
            detail=observation.detail,
            digest=_digest(observation.state, observation.detail),
            since=self.at,
            state_since=state_since,
            validity=kinds.get(observation.kind).validity,
            recorded_at=clock.now(),
            recorded_by=self.actor.name,
        )

    def _store(self, print_: bytes) -> None:
        _update(self.change.values())
        Fact.objects.bulk_create(self.insert)
        if not self.late:
            with connection.cursor() as cursor:
                shortest: Any = self.round.shortest_validity
                whole = self.result.attempts == 0
                cursor.execute(_MOVE, [print_, shortest, self.at, whole, self.round.pk])


_MOVE = """
UPDATE evidence_round SET fingerprint = %s, shortest_validity = %s, observed_at = %s,
    all_confirmed = %s, times = times + 1
WHERE id = %s
"""
_UPDATE = """
UPDATE evidence_fact f SET round_id = v.round_id, confirmed_at = v.confirmed_at, until = v.until,
    end_reason = v.end_reason, gone = v.gone
FROM unnest(
    %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::bool[]
) AS v(id, round_id, confirmed_at, until, end_reason, gone)
WHERE f.id = v.id
"""


def _update(facts: Collection[Fact]) -> None:
    """Store what a round changed of facts in one statement; the hot path of daily measuring."""
    if facts:
        rows = [(f.pk, f.round_id, f.confirmed_at, f.until, f.end_reason, f.gone) for f in facts]
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])
