# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever happens in whatever order: standings that are kept up equal standings made anew."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.models import Fact, PopulationMember
from dijkring.evidence.selectors import standings as select
from dijkring.evidence.selectors.explanation import explain
from dijkring.evidence.services import populations, standings, withdrawals
from dijkring.evidence.tests.makers import DAY, HSTS, START, TLS, Norm, count, judge, see
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

MEMBERS = ("a.example", "b.example")
STATES = ("pass", "pass", "fail", "not_measured", "not_applicable")

members = st.sampled_from(MEMBERS)
subjects = st.sampled_from(("", "/192.0.2.1"))
seen = st.tuples(
    st.just("see"),
    members,
    subjects,
    st.sampled_from(STATES),
    st.sampled_from((TLS, TLS, HSTS)),
    st.sampled_from(("dijkring", "internet.nl")),
    st.sampled_from((0, 0, 0, 2)),
    st.booleans(),
)
said = st.tuples(
    st.just("judge"),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(("met", "met", "met", "partly", "not_met", "not_applicable")),
    st.sampled_from(("owner", "ciso")),
    st.sampled_from((None, 3, 5, 40)),
)
weighed = st.tuples(st.just("weigh"), st.integers(0, 5), st.booleans())
counted = st.tuples(st.sampled_from(("count", "remove", "withdraw")), members)
waited = st.tuples(st.just("wait"), st.sampled_from((0.5, 1, 3, 6, 9)))
swept = st.just(("sweep",))
stories = st.lists(st.one_of(seen, seen, said, weighed, counted, waited, swept), max_size=14)


@dataclass
class Story:
    """An organisation to which things happen, and what its pages showed in the meantime."""

    ciso: Actor
    other: Actor
    norm: Norm
    now: datetime = START
    shown: dict[datetime, dict[int, str]] = field(default_factory=dict)
    straight: bool = True

    def happen(self, name: str, *values: Any) -> None:
        with clock.moved_to(self.now), transaction.atomic():
            getattr(self, name)(*values)
        with clock.moved_to(self.now):
            self.shown[self.now] = self.verdicts()

    def see(
        self,
        member: str,
        subject: str,
        state: str,
        kind: str,
        source: str,
        days_ago: float,
        complete: bool,
    ) -> None:
        self.straight = self.straight and not days_ago
        see(
            self.ciso,
            member,
            {member + subject: state},
            kind=kind,
            source=source,
            days_ago=days_ago,
            complete=complete,
        )

    def judge(self, leaf: int, layer: int, verdict: str, line: str, days: float | None) -> None:
        found = self.norm.all[leaf]
        layers = found.layers
        judge(self.ciso, found, layers[layer % len(layers)], verdict, line=line, days=days)

    def weigh(self, leaf: int, applicable: bool) -> None:
        requirements = [self.norm.all[leaf]]
        changed = decide_applicability(
            actor=self.ciso,
            requirements=requirements,
            applicable=applicable,
            reason="Omdat het zo is.",
        )
        if changed:
            approve_applicability(actor=self.other, requirements=requirements)

    def count(self, member: str) -> None:
        count(self.ciso, member)

    def remove(self, member: str) -> None:
        for found in PopulationMember.objects.filter(member=member, until=None):
            populations.propose_removal(actor=self.ciso, member=found, reason="Opgeheven.")
            populations.confirm_removal(actor=self.other, member=found)

    def withdraw(self, member: str) -> None:
        for fact in Fact.objects.filter(member=member, until=None)[:1]:
            withdrawals.withdraw(actor=self.ciso, fact=fact, reason="Verkeerd gemeten.")

    def wait(self, days: float) -> None:
        self.now += days * DAY

    def sweep(self) -> None:
        standings.begin_change(self.ciso.organisation_id)

    def verdicts(self) -> dict[int, str]:
        found = select.of_leaves(self.ciso.organisation_id)
        return {leaf: found[leaf].verdict if leaf in found else "not_assessed" for leaf in self.ids}

    def layers(self) -> dict[int, list[tuple[str, str]]]:
        found = select.of_leaves(self.ciso.organisation_id)
        return {
            leaf: sorted((part["layer"], part["verdict"]) for part in found[leaf].layers)
            for leaf in self.ids
            if leaf in found
        }

    @property
    def ids(self) -> list[int]:
        return [leaf.pk for leaf in self.norm.all]


def undone(work: Callable[[], Any]) -> Any:
    """Return what work gives, and undo what it did."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def check(story: Story) -> None:
    organisation_id = story.ciso.organisation_id
    shown, layers = story.verdicts(), story.layers()
    raw = {leaf: explain(organisation_id, leaf).verdict for leaf in story.ids}
    assert shown == raw
    standings.recompute_all(organisation_id)
    assert story.verdicts() == shown
    assert {leaf: found for leaf, found in story.layers().items() if leaf in layers} == layers
    if story.straight:
        past = {at: select.at_moment(organisation_id, at, story.ids) for at in story.shown}
        silent = dict.fromkeys(story.ids, "not_assessed")
        assert {at: silent | found for at, found in past.items()} == story.shown


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(steps=stories)
def test_kept_up_equals_made_anew(
    ciso: Actor, norm: Norm, acting: Acting, fatima: User, steps: list[tuple[Any, ...]]
) -> None:
    def live() -> None:
        with acting(fatima) as other:
            pass
        story = Story(ciso, other, norm)
        for step in (("count", MEMBERS[0]), *steps):
            story.happen(*step)
        with clock.moved_to(story.now):
            check(story)

    undone(live)
