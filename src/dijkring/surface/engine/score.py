# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of a site or a mail domain, reckoned as Internet.nl does, from verdicts alone.

A category is its points divided by its maximum, over its mandatory subtests; the worst address
counts. The total is the plain mean of the categories that have a mandatory subtest, and RPKI.
What could not be measured counts neither way and makes the score incomplete.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
# Where the first fails, the second has nothing to be judged by and gets no points either.
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


def score(judged: Iterable[Judged], part: Part) -> Score:
    """Score the verdicts on one name; those of the other part are passed over."""
    states = worst_states([one for one in judged if one.check.startswith(part)])
    found: dict[str, CategoryScore] = {}
    for check_id, check in SCORED.items():
        if check_id.startswith(part):
            before = found.get(check.category, CategoryScore(check.category, 0, 0))
            found[check.category] = _with(before, check, states.get(check_id, "not_applicable"))
    return Score(part, tuple(found.values()))


def _with(before: CategoryScore, check: Check, state: State) -> CategoryScore:
    passed, counted = state == "pass", state in ("pass", "fail")
    return CategoryScore(
        before.category,
        before.points + check.weight * passed,
        before.maximum + check.weight * counted,
        before.not_measured + (state == "not_measured"),
    )


def worst_states(judged: Iterable[Judged]) -> dict[str, State]:
    """The worst state of each check over its addresses, with gates applied on each address."""
    by_subject: dict[str, dict[str, State]] = defaultdict(dict)
    for one in judged:
        by_subject[one.subject][one.check] = one.state
    whole = {
        check: state
        for subject, states in by_subject.items()
        if "/" not in subject
        for check, state in states.items()
    }
    found: dict[str, set[State]] = defaultdict(set)
    for states in by_subject.values():
        for check, state in states.items():
            found[check].add(_gated(check, state, whole | states))
    return {
        check: next(state for state in WORST_FIRST if state in seen)
        for check, seen in found.items()
    }


def _gated(check: str, state: State, states: Mapping[str, State]) -> State:
    """No points for what could not be judged because something before it failed."""
    if state != "not_applicable":
        return state
    closed = any(
        check.startswith(dependents) and check != gate and states.get(gate) == "fail"
        for gate, dependents in GATES.items()
    )
    return "fail" if closed else state


def scores(judged: Iterable[Judged]) -> dict[str, tuple[Score, ...]]:
    """Score every name as a site and for mail; a part with nothing to score is left out."""
    by_name: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_name[one.subject.partition("/")[0]].append(one)
    return {
        name: tuple(found for part in PARTS if (found := score(rows, part)).percent is not None)
        for name, rows in by_name.items()
    }
