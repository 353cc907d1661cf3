# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording what was observed: facts in rounds, extended, closed, never edited."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact, FailedAttempt, Round
from dijkring.evidence.services import fact_rows, follow_up, standings
from dijkring.evidence.services.fact_rows import NOTHING_HOLDS, NewFact

FUTURE = timedelta(minutes=5)
# Whether a round is about every subject: of all kinds, of none, or of some.
Whole = bool | Collection[str]


_WRITE = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


@dataclass(frozen=True)
class Observation:
    """What was seen of one subject: kind, state and what explains it (stable, without times)."""

    kind: str
    subject: str
    state: str
    detail: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The detail as JSON that is the same for the same detail."""
        return _WRITE(self.detail)

    @cached_property
    def digest(self) -> bytes:
        """What tells this state and detail from every other."""
        text = f'["{self.state}", {self.text}]'
        return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(slots=True)
class Recorded:
    """What a round changed: new facts, ended facts, kinds whose counts moved."""

    unchanged: bool = False
    new: list[NewFact] = field(default_factory=list)
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
    complete: Whole = False,
    answers: bool = False,
) -> Recorded:
    """Record what one source observed of one member of a population at one moment.

    An unchanged round costs one update. `complete` ends the facts of subjects not seen any more,
    of every kind or of some. A source that always `answers`, as a register of our own does, makes
    no attempts that fail: what it cannot tell any more is not measured from now on.
    `observed_at` is an aware moment, not in the future. Raises Refused for an unknown kind, a
    duplicate subject or a moment in the future.
    """
    seen = {member: observations}
    return record_many(
        actor=actor, source=source, observed_at=observed_at, seen=seen, complete=complete,
        answers=answers,
    )[member]  # fmt: skip


def record_many(
    *,
    actor: Actor,
    source: str,
    observed_at: datetime,
    seen: Mapping[str, Sequence[Observation]],
    complete: Whole = False,
    again: bool = False,
    answers: bool = False,
) -> dict[str, Recorded]:
    """Record what one source observed of several members at one moment, a round for each.

    The same as `record` one after the other, but the standings are computed once. Who records for
    the same member at the same time elsewhere calls `extend` in a transaction of its own first.
    With `again` a person says anew what was withdrawn; a message alone does not bring it back.
    """
    for observations in seen.values():
        _check(observed_at, observations)
    same = extend(actor=actor, source=source, observed_at=observed_at, seen=seen)
    found = {member: Recorded(unchanged=True) for member in same}
    rest = {member: seen[member] for member in seen if member not in same}
    if rest:
        standings.begin_change(actor.organisation_id)
        recorded = _Recordings(actor, source, rest, observed_at, again, answers).run(complete)
        moved = set().union(*(one.kinds for one in recorded.values()))
        standings.after_facts(actor.organisation_id, moved, observed_at)
        _follow(actor.organisation_id, recorded.values(), moved)
        found |= recorded
    return found


def _follow(organisation_id: int, recorded: Iterable[Recorded], moved: set[str]) -> None:
    states = {fact.state for one in recorded for fact in one.new}
    if states - {"fail"} or any(one.ended for one in recorded):
        follow_up.close_lines(organisation_id, moved)
    if "fail" in states:
        follow_up.open_lines(organisation_id, moved)


def _check(observed_at: datetime, observations: Sequence[Observation]) -> None:
    if observed_at > clock.now() + FUTURE:
        raise Refused(_("The moment of observing lies in the future."), "observedAt")
    seen = {(observation.kind, observation.subject) for observation in observations}
    if len(seen) != len(observations):
        raise Refused(_("The same kind and subject stand twice in one round."), "observations")
    for observation in observations:
        kinds.get(observation.kind)


def _fingerprint(observations: Sequence[Observation]) -> bytes:
    lines = sorted((o.kind, o.subject, o.digest.hex()) for o in observations)
    return hashlib.blake2b(json.dumps(lines).encode(), digest_size=32).digest()


_EXTEND = """
UPDATE evidence_round r SET observed_at = %(at)s, times = times + 1
FROM unnest(%(members)s::text[], %(prints)s::bytea[]) AS v(member, print)
WHERE organisation_id = %(organisation)s AND source = %(source)s AND scope = v.member
  AND fingerprint = v.print AND all_confirmed AND observed_at < %(at)s
  -- Lapsed by the clock: the standings may say so already, so every fact is looked at.
  AND observed_at > greatest(%(at)s, %(now)s) - shortest_validity
RETURNING scope
"""


def extend(
    *, actor: Actor, source: str, observed_at: datetime, seen: Mapping[str, Sequence[Observation]]
) -> set[str]:
    """Extend the rounds of the members of whom nothing has changed, in one update; returns those.

    The facts of the others are left as they are.
    """
    prints = [_fingerprint(observations) for observations in seen.values()]
    values: dict[str, Any] = {
        "organisation": actor.organisation_id,
        "source": source,
        "members": list(seen),
        "prints": prints,
        "at": observed_at,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXTEND, values)
        return {member for (member,) in cursor.fetchall()}


class _Recordings:
    """The rounds of some members being recorded: read at once, and stored at once."""

    def __init__(
        self,
        actor: Actor,
        source: str,
        seen: Mapping[str, Sequence[Observation]],
        at: datetime,
        again: bool,
        answers: bool,
    ) -> None:
        self.actor, self.source, self.seen, self.at = actor, source, seen, at
        self.again, self.answers = again, answers
        self.mine = {"organisation_id": actor.organisation_id, "source": source}

    def run(self, complete: Whole) -> dict[str, Recorded]:
        rounds, facts = self._rounds(), self._facts()
        made = {
            member: _Recording(
                self.actor,
                self.source,
                rounds[member],
                facts[member],
                self.at,
                self.again,
                self.answers,
            )
            for member in self.seen
        }
        for member, recording in made.items():
            recording.run(self.seen[member], complete)
        self._store(list(made.values()))
        return {member: recording.result for member, recording in made.items()}

    def _rounds(self) -> dict[str, Round]:
        found = {
            known.scope: known
            for known in Round.objects.filter(scope__in=list(self.seen), **self.mine)
        }
        new = [self._new(member) for member in self.seen if member not in found]
        for made in Round.objects.bulk_create(new):
            found[made.scope] = made
        return found

    def _new(self, member: str) -> Round:
        return Round(
            scope=member,
            fingerprint=b"",
            first_at=self.at,
            observed_at=self.at,
            times=0,
            shortest_validity=timedelta(0),
            recorded_at=clock.now(),
            **self.mine,
        )

    def _facts(self) -> dict[str, dict[tuple[str, str], Fact]]:
        found: dict[str, dict[tuple[str, str], Fact]] = defaultdict(dict)
        facts = Fact.objects.filter(member__in=list(self.seen), until=None, **self.mine)
        for fact in facts.defer("detail"):
            found[fact.member][fact.kind, fact.subject] = fact
        return found

    def _store(self, made: Sequence["_Recording"]) -> None:
        fact_rows.update([fact for one in made for fact in one.change.values()])
        fact_rows.insert([fact for one in made for fact in one.insert])
        moved = [one for one in made if not one.late]
        whole = [one.result.attempts == 0 for one in moved]
        fact_rows.move([one.round for one in moved], self.at, whole)


class _Recording:
    """One round being recorded; holds the facts that were current before it."""

    def __init__(
        self,
        actor: Actor,
        source: str,
        round: Round,
        current: dict[tuple[str, str], Fact],
        at: datetime,
        again: bool,
        answers: bool,
    ) -> None:
        self.actor = actor
        self.source = source
        self.member = round.scope
        self.round = round
        self.current = current
        self.at = at
        self.again, self.answers = again, answers
        self.now = clock.now()
        self.before = round.observed_at
        self.late = round.times > 0 and at <= round.observed_at
        self.result = Recorded()
        self.insert: list[NewFact] = []
        self.change: dict[int, Fact] = {}
        self.reached: set[int] = set()
        self.earlier: set[tuple[str, str, bytes]] | None = None
        self.ended: dict[tuple[str, str], Any] | None = None

    def run(self, observations: Sequence[Observation], complete: Whole) -> None:
        self.round.fingerprint = _fingerprint(observations)
        self.round.shortest_validity = min(
            (kinds.get(o.kind).validity for o in observations), default=timedelta(0)
        )
        for observation in observations:
            self._observe(observation)
        for key, fact in self.current.items():
            if fact.id not in self.reached:
                whole = complete if isinstance(complete, bool) else fact.kind in complete
                self._unseen(key, fact, whole)

    def _confirmed(self, fact: Fact) -> datetime:
        return fact.confirmed_at or self.before

    def _observe(self, observation: Observation) -> None:
        old = self.current.get((observation.kind, observation.subject))
        if old is not None:
            self.reached.add(old.id)
        if (over := self._over(observation, old)) is not None:
            if not self._known(observation, old):
                self._keep(observation, over)
        elif old is not None and self._failed(observation, old):
            self._attempt(observation)
            self._pin(old)
        elif old is not None:
            self._continue(observation, old)
        else:
            self._begin(observation, self.at)

    def _failed(self, observation: Observation, old: Fact) -> bool:
        """Tell whether this is no answer, beside a fact that goes on until it lapses."""
        nothing = observation.state == "not_measured" and old.state != "not_measured"
        return nothing and not self.answers

    def _continue(self, observation: Observation, old: Fact) -> None:
        end = self._confirmed(old) + old.validity
        lapsed = self.at >= end
        same = bytes(old.digest) == observation.digest
        if same and not lapsed:
            self._confirm(old, end)
            return
        carried = observation.state == old.state and (not lapsed or old.state == "fail")
        late = lapsed and old.validity != NOTHING_HOLDS
        self._close(old, self.at, _("not confirmed in time") if late else "")
        self._begin(observation, old.state_since if carried else self.at)

    def _confirm(self, fact: Fact, end: datetime) -> None:
        if fact.round_id is None:
            self._attach(fact)
            self._changed(fact)
        elif end <= clock.now():
            # By the clock it had lapsed, and the standings may say so already.
            self.result.kinds.add(fact.kind)

    def _unseen(self, key: tuple[str, str], fact: Fact, complete: Whole) -> None:
        if self.at <= self._confirmed(fact):
            return
        if complete:
            self._close(fact, self.at, _("the subject is not there any more"))
            fact.gone = True
            self.result.ended.append(fact)
        else:
            self._pin(fact)

    def _known(self, observation: Observation, current: Fact | None = None) -> bool:
        """Tell whether exactly this was recorded before: work may be done twice."""
        same = current is not None and bytes(current.digest) == observation.digest
        if current is not None and same and self.at == self._confirmed(current):
            return True
        known = (observation.kind, observation.subject, observation.digest)
        return known in self._of_this_moment()

    def _all(self) -> QuerySet[Fact]:
        mine = {"organisation_id": self.actor.organisation_id, "source": self.source}
        return Fact.objects.filter(member=self.member, **mine)

    def _of_this_moment(self) -> set[tuple[str, str, bytes]]:
        if self.earlier is None:
            rows = self._all().filter(since=self.at).values_list("kind", "subject", "digest")
            self.earlier = {(kind, subject, bytes(digest)) for kind, subject, digest in rows}
        return self.earlier

    def _keep(self, observation: Observation, until: datetime) -> None:
        """Keep as history what was observed before what is known now."""
        fact = self._fact(observation, self.at)
        fact.until = min(self.at + fact.validity, until)
        fact.end_reason = _("observed before the current fact")
        fact.confirmed_at = self.at
        self.insert.append(fact)

    def _over(self, observation: Observation, old: Fact | None) -> datetime | None:
        """Return until when an observation counts that is not later than what is known; else None.

        What was withdrawn does not come back by a message from before, nor what went.
        """
        if old is not None and old.validity:
            return max(old.since, self.at) if self.at <= self._confirmed(old) else None
        ended = self._ended().get((observation.kind, observation.subject)) if self.late else None
        if ended is None:
            return None
        if ended.gone:
            return ended.until if self.at <= ended.until else None
        same = bytes(ended.digest) == observation.digest and not self.again
        before = self.at < ended.confirmed_at or (same and self.at == ended.confirmed_at)
        return ended.until if before else None

    def _ended(self) -> dict[tuple[str, str], Any]:
        """Return the last fact of each subject that went or was withdrawn."""
        if self.ended is None:
            withdrawn = Q(withdrawal__isnull=False) & ~Q(validity=NOTHING_HOLDS)
            rows = self._all().filter(Q(gone=True) | withdrawn).exclude(until=None)
            self.ended = {(row.kind, row.subject): row for row in rows.order_by("until", "id")}
        return self.ended

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
        fact.until, fact.end_reason = max(until, fact.since), reason
        self._changed(fact)

    def _begin(self, observation: Observation, state_since: datetime) -> None:
        fact = self._fact(observation, state_since)
        self._attach(fact)
        self.insert.append(fact)
        self.result.new.append(fact)
        self.result.kinds.add(fact.kind)

    def _attach(self, fact: Fact | NewFact) -> None:
        # A late observation may not borrow the later moment of the round.
        fact.round_id, fact.confirmed_at = (None, self.at) if self.late else (self.round.pk, None)

    def _changed(self, fact: Fact) -> None:
        self.change[fact.id] = fact
        self.result.kinds.add(fact.kind)

    def _fact(self, observation: Observation, state_since: datetime) -> NewFact:
        return NewFact(
            organisation_id=self.actor.organisation_id,
            kind=observation.kind,
            subject=observation.subject,
            member=self.member,
            source=self.source,
            state=observation.state,
            detail=observation.text,
            digest=observation.digest,
            since=self.at,
            state_since=state_since,
            validity=kinds.get(observation.kind).validity,
            recorded_at=self.now,
            recorded_by=self.actor.name,
        )
