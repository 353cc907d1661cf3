# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registry of fact kinds: what a module can record, declared in its `facts.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from dijkring.core.errors import Refused

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its words, how long an observation holds and who ought to have one.

    `validity` is how long an observation counts; `grace` how long a failing fact may last before an
    action opens; `population` names the subjects that ought to have a fact of this kind.
    """

    id: str
    label: dict[str, str]
    subject_type: str
    validity: timedelta
    population: str
    what: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    mend: dict[str, str] = field(default_factory=dict)
    severity: str = "normal"
    grace: timedelta = timedelta(0)
    repair_days: int = 30
    level: str = "mandatory"


_kinds: dict[str, FactKind] = {}


def register(kind: FactKind) -> None:
    """Register a kind of fact; its id starts with the name of its module."""
    _kinds[kind.id] = kind


def get(id: str) -> FactKind:
    """Return a kind; raise Refused when nobody declared it."""
    if id not in _kinds:
        raise Refused(f"Onbekende soort feit / unknown kind of fact: {id}", "kind")
    return _kinds[id]


def all_kinds() -> list[FactKind]:
    """Return every declared kind, ordered by id."""
    return [_kinds[id] for id in sorted(_kinds)]


def named(words: Iterable[str]) -> list[str]:
    """Return the ids of the kinds whose name holds all these words, given in lower case."""
    wanted = list(words)
    return [
        kind.id
        for kind in all_kinds()
        if all(word in " ".join(kind.label.values()).casefold() for word in wanted)
    ]


def of_population(population: str) -> list[FactKind]:
    """Return the kinds whose subjects ought to come from this population."""
    return [kind for kind in all_kinds() if kind.population == population]
