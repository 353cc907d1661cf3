# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a check is, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

State = Literal["pass", "fail", "not_measured", "not_applicable"]
Level = Literal["mandatory", "warning", "information"]
Severity = Literal["high", "medium", "low"]
# One domain, one address of its website, or one address of its mail.
Scope = Literal["domain", "web", "mail"]
JSON: TypeAlias = bool | int | float | str | list["JSON"] | dict[str, "JSON"] | None
Words = dict[str, str]


@dataclass(frozen=True)
class Verdict:
    """What a check says of an observation; `reason` is a key of content/reasons.yaml."""

    state: State
    reason: str
    seen: dict[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One subtest: its place in the test set of Internet.nl, its texts and its criterion.

    weight counts in the score, 0 where the subtest is not scored; texts are {nl, en}. `judge`
    takes the observation of its scope: DomainSeen, (DomainSeen, WebSeen) or (…, MxSeen).
    """

    id: str
    level: Level
    weight: int
    severity: Severity
    scope: Scope
    label: Words
    what: Words
    why: Words
    mend: Words
    judge: Callable[[Any], Verdict]

    @property
    def category(self) -> str:
        """The part of the id before the point, such as web-tls."""
        return self.id.partition(".")[0]


def passed(reason: str, **seen: JSON) -> Verdict:
    """As it should be."""
    return Verdict("pass", reason, seen)


def failed(reason: str, **seen: JSON) -> Verdict:
    """Seen, and not as it should be."""
    return Verdict("fail", reason, seen)


def not_measured(reason: str, **seen: JSON) -> Verdict:
    """Not seen, with the reason why."""
    return Verdict("not_measured", reason, seen)


def not_applicable(reason: str, **seen: JSON) -> Verdict:
    """The question does not arise here."""
    return Verdict("not_applicable", reason, seen)
