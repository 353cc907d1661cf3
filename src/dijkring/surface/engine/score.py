# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of a site or a mail domain, reckoned as Internet.nl does, from verdicts alone.

A category is its points divided by its maximum, over its mandatory subtests; the worst address
counts. The total is the plain mean of the categories that have a mandatory subtest, and RPKI.
What could not be measured counts neither way and makes the score incomplete.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.checks.model import Check, State

Part = Literal["web", "mail"]
PARTS: tuple[Part, ...] = ("web", "mail")
# RPKI counts in the score, though it is advice and decides no verdict.
COUNTED_ADVICE = ("web-rpki", "mail-rpki")
WORST_FIRST: tuple[State, ...] = ("fail", "not_measured", "pass", "not_applicable")
# Where the first fails, what begins with the second has nothing to be judged by: no points either.
GATES = {
    "web-tls.https_exists": ("web-tls.",),
    "mail-tls.starttls_exists": ("mail-tls.",),
    "web-ipv6.ns_aaaa": ("web-ipv6.ns_reach",),
    "web-ipv6.web_aaaa": ("web-ipv6.web_",),
    "web-ipv6.web_reach": ("web-ipv6.web_ipv46",),
    "mail-ipv6.ns_aaaa": ("mail-ipv6.ns_reach",),
    "mail-ipv6.mx_aaaa": ("mail-ipv6.mx_reach",),
    "web-dnssec.dnssec_exists": ("web-dnssec.",),
    "mail-dnssec.dnssec_exists": ("mail-dnssec.dnssec_valid",),
    "mail-auth.dmarc": ("mail-auth.dmarc_policy",),
    "mail-auth.spf": ("mail-auth.spf_policy",),
    "mail-tls.dane_exists": ("mail-tls.dane_",),
    "web-rpki.web_rpki_exists": ("web-rpki.web_rpki_valid",),
    "web-rpki.ns_rpki_exists": ("web-rpki.ns_rpki_valid",),
    "mail-rpki.mail_rpki_exists": ("mail-rpki.mail_rpki_valid",),
    "mail-rpki.ns_rpki_exists": ("mail-rpki.ns_rpki_valid",),
    "mail-rpki.mail_mx_ns_rpki_exists": ("mail-rpki.mail_mx_ns_rpki_valid",),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict: which check, on which subject ("domain" or "domain/address"), and its state."""

    check: str
    subject: str
    state: State


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Points out of a maximum, and how many scored subtests could not be measured."""

    category: str
    points: int
    maximum: int
    not_measured: int = 0

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1; None when there was nothing to score."""
        return Fraction(self.points, self.maximum) if self.maximum else None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one name as a site or for mail."""

    part: Part
    categories: tuple[CategoryScore, ...]

    @property
    def percent(self) -> int | None:
        """Whole percents, rounded down so that only what is perfect has 100; None for nothing."""
        return percent([one.share for one in self.categories])

    @property
    def complete(self) -> bool:
        """Whether everything that counts was measured."""
        return not any(one.not_measured for one in self.categories)


def percent(shares: Iterable[Fraction | None]) -> int | None:
    """The plain mean of what there is, in whole percents, rounded down."""
    known = [share for share in shares if share is not None]
    return int(100 * sum(known, Fraction()) / len(known)) if known else None


def counts(check: Check) -> bool:
    """Whether a subtest counts in the score."""
    of_level = check.level == "mandatory" or check.category in COUNTED_ADVICE
    return check.weight > 0 and of_level


SCORED = {check.id: check for check in CHECKS.values() if counts(check)}


def score(states: Mapping[str, Set[State]], part: Part) -> Score:
    """Score one name from the states that each check has on its addresses."""
    worst = worst_states(states)
    found: dict[str, CategoryScore] = {}
    for check_id, check in SCORED.items():
        if check_id.startswith(part):
            before = found.get(check.category, CategoryScore(check.category, 0, 0))
            found[check.category] = _with(before, check, worst.get(check_id, "not_applicable"))
    return Score(part, tuple(found.values()))


def _with(before: CategoryScore, check: Check, state: State) -> CategoryScore:
    passed, counted = state == "pass", state in ("pass", "fail")
    return CategoryScore(
        before.category,
        before.points + check.weight * passed,
        before.maximum + check.weight * counted,
        before.not_measured + (state == "not_measured"),
    )


def worst_states(states: Mapping[str, Set[State]]) -> dict[str, State]:
    """The worst state of each check, where what does not apply behind a closed gate fails."""
    failing = {check for check, found in states.items() if "fail" in found}
    closed = tuple(prefix for gate in GATES if gate in failing for prefix in GATES[gate])
    found = {}
    for check, seen in states.items():
        behind = check.startswith(closed) and "not_applicable" in seen
        found[check] = "fail" if behind else worst(seen)
    return found


def worst(seen: Set[State]) -> State:
    """The worst of some states."""
    return next(state for state in WORST_FIRST if state in seen)


def by_name(judged: Iterable[Judged]) -> dict[str, dict[str, set[State]]]:
    """The states of each check for each name."""
    found: dict[str, dict[str, set[State]]] = defaultdict(lambda: defaultdict(set))
    for one in judged:
        found[one.subject.partition("/")[0]][one.check].add(one.state)
    return {name: dict(states) for name, states in found.items()}


def scores(judged: Iterable[Judged]) -> dict[str, tuple[Score, ...]]:
    """Score every name as a site and for mail; a part with nothing to score is left out."""
    return {
        name: tuple(found for part in PARTS if (found := score(states, part)).percent is not None)
        for name, states in by_name(judged).items()
    }
