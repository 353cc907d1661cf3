# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts that an outside system posts, under its own source and only of the kinds it was granted."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden
from dijkring.evidence import kinds
from dijkring.evidence.services import populations, rounds
from dijkring.evidence.services.rounds import Observation, Recorded


@dataclass(frozen=True, slots=True)
class Posted:
    """One fact as an outside system tells it; `observed_at` is an aware moment."""

    kind: str
    subject: str
    state: str
    observed_at: datetime
    detail: dict[str, Any] = field(default_factory=dict)


def post(
    *, actor: Actor, source: str, granted: Collection[str], facts: Sequence[Posted]
) -> list[Recorded]:
    """Record posted facts, all or none; raises Forbidden for a kind that was not granted."""
    for fact in facts:
        kinds.get(fact.kind)
        if fact.kind not in granted:
            raise Forbidden(f"facts:{fact.kind}")
    grouped: dict[tuple[str, str, datetime], list[Observation]] = defaultdict(list)
    for fact in facts:
        observation = Observation(fact.kind, fact.subject, fact.state, fact.detail)
        grouped[_member(actor, fact), fact.kind, fact.observed_at].append(observation)
    return [
        rounds.record(
            actor=actor,
            source=f"{source}/{kind}",
            member=member,
            observed_at=at,
            observations=found,
        )
        for (member, kind, at), found in sorted(grouped.items(), key=lambda item: item[0])
    ]


def _member(actor: Actor, fact: Posted) -> str:
    # A fact about the organisation as a whole makes it a member of its own population.
    if kinds.get(fact.kind).population == kinds.ORGANISATION:
        populations.add(actor=actor, population=kinds.ORGANISATION, member=kinds.ORGANISATION)
        return kinds.ORGANISATION
    return fact.subject.split("/", 1)[0]
