# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small norm with rules, and short words for observing, under a clock that the tests move."""

from collections.abc import Mapping as Words
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dijkring.controls.models import EvidenceRule, Framework, Mapping, Requirement
from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Fact, Scope
from dijkring.evidence.selectors.standings import of_leaf
from dijkring.evidence.services import judgements, populations, rounds
from dijkring.evidence.services.rounds import Observation, Recorded

START = datetime(2030, 1, 7, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WEB = "surface.web"
# Both hold for a week and speak about the names with a website.
TLS, HSTS = "surface.web-tls.tls_version", "surface.web-tls.https_hsts"
LAYERS = ["design", "existence", "operation"]
WORDS = {"nl": "Proef", "en": "Trial"}


@dataclass(frozen=True, slots=True)
class Norm:
    """The leaves of a trial norm, and of another one that takes its standing from it.

    `tls` has a rule that decides, `repair` one with a term of ten days that tolerates one unknown,
    `breaks` one that can only break, `judged` none. `carried` is carried by `tls` and `judged`,
    `higher` by `carried`; `repair` only contributes to `carried`.
    """

    tls: Requirement
    repair: Requirement
    breaks: Requirement
    judged: Requirement
    carried: Requirement
    higher: Requirement

    @property
    def all(self) -> list[Requirement]:
        return [self.tls, self.repair, self.breaks, self.judged, self.carried, self.higher]


def norm(organisation_id: int) -> Norm:
    """Make the trial norm as one that the organisation brought in itself."""
    own, other = (_framework(organisation_id, key) for key in ("proef", "ander"))
    made = Norm(
        _leaf(own, "1", LAYERS),
        _leaf(own, "2", ["operation"]),
        _leaf(own, "3", ["operation"]),
        _leaf(own, "4", ["design"]),
        _leaf(other, "1", ["design"]),
        _leaf(other, "2", ["design"]),
    )
    _rule(made.tls, [TLS])
    _rule(made.repair, [HSTS], repair_days=10, tolerance=1)
    _rule(made.breaks, [TLS, HSTS], decides=False)
    _map(made.tls, made.carried, "carries")
    _map(made.judged, made.carried, "carries")
    _map(made.repair, made.carried, "contributes")
    _map(made.carried, made.higher, "carries")
    return made


def _framework(organisation_id: int, key: str) -> Framework:
    return Framework.objects.create(
        organisation_id=organisation_id,
        key=key,
        version="1",
        title=WORDS,
        imported_at=START - DAY,
    )


def _leaf(framework: Framework, ref: str, layers: list[str]) -> Requirement:
    return Requirement.objects.create(
        organisation_id=framework.organisation_id,
        framework=framework,
        ref=ref,
        kind="measure",
        title=WORDS,
        leaf=True,
        layers=layers,
        position=int(ref),
    )


def _rule(
    requirement: Requirement,
    kinds: list[str],
    *,
    decides: bool = True,
    repair_days: int | None = None,
    tolerance: int = 0,
) -> None:
    EvidenceRule.objects.create(
        organisation_id=requirement.organisation_id,
        requirement=requirement,
        layer="operation",
        decides=decides,
        kinds=kinds,
        population=WEB,
        repair_days=repair_days,
        tolerance=tolerance,
        valid_from=START - DAY,
    )


def _map(source: Requirement, target: Requirement, kind: str) -> None:
    Mapping.objects.create(
        organisation_id=source.organisation_id,
        source=source,
        target=target,
        kind=kind,
        valid_from=START - DAY,
    )


def day(number: float) -> AbstractContextManager[None]:
    """Move the clock to so many days after the start."""
    return clock.moved_to(START + number * DAY)


def count(actor: Actor, *members: str, responsible: str = "") -> None:
    """Let names count from now on."""
    for member in members:
        populations.add(
            actor=system_actor(actor.organisation_id),
            population=WEB,
            member=member,
            responsible=responsible,
        )


def see(
    actor: Actor,
    member: str,
    states: str | Words[str, str],
    *,
    kind: str = TLS,
    source: str = "dijkring",
    days_ago: float = 0,
    complete: bool = False,
    **detail: str,
) -> Recorded:
    """Observe a name now, or some days ago: one state, or the state of each of its subjects."""
    found = {member: states} if isinstance(states, str) else states
    return rounds.record(
        actor=system_actor(actor.organisation_id),
        source=source,
        member=member,
        observed_at=clock.now() - days_ago * DAY,
        observations=[
            Observation(kind, subject, state, detail) for subject, state in found.items()
        ],
        complete=complete,
    )


def judge(
    actor: Actor,
    requirement: Requirement,
    layer: str = "design",
    verdict: str = "met",
    *,
    line: str = "owner",
    days: float | None = 200,
    scope: Scope | None = None,
) -> None:
    """Judge a layer now, for so many days."""
    judgements.judge(
        actor=actor,
        requirement=requirement,
        layer=layer,
        line=line,
        verdict=verdict,
        reason="Vastgesteld in het overleg.",
        valid_until=None if days is None else clock.now() + days * DAY,
        scope=scope,
    )


def verdict_of(actor: Actor, requirement: Requirement) -> str:
    """Return the verdict that a page shows now."""
    return of_leaf(actor.organisation_id, requirement.pk).verdict


def current(actor: Actor, subject: str, kind: str = TLS, source: str = "dijkring") -> Fact:
    """Return the current fact about a subject."""
    return Fact.objects.get(
        organisation_id=actor.organisation_id,
        kind=kind,
        subject=subject,
        source=source,
        until=None,
    )


def rows(actor: Actor, subject: str, kind: str = TLS) -> list[Fact]:
    """Return every row about a subject, the oldest first."""
    found = Fact.objects.filter(
        organisation_id=actor.organisation_id, kind=kind, subject=subject
    ).order_by("since", "id")
    return list(found)
