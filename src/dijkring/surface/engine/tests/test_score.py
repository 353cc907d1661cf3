# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score: worked cases, and what holds for any verdicts."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import score as engine
from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.checks.model import State
from dijkring.surface.engine.score import (
    GATES,
    SCORED,
    CategoryScore,
    Judged,
    Part,
    Score,
    by_name,
    percent,
    scores,
    worst_states,
)

NAME = "dijkerveen.example"
FOUR, SIX = f"{NAME}/192.0.2.3", f"{NAME}/2001:db8::3"
CATEGORIES: dict[Part, set[str]] = {
    "web": {"web-ipv6", "web-dnssec", "web-tls", "web-rpki"},
    "mail": {"mail-ipv6", "mail-dnssec", "mail-auth", "mail-tls", "mail-rpki"},
}


def verdicts(state: State = "pass", **changed: State) -> list[Judged]:
    """Every check with one state, on the domain; web_tls__https_hsts="fail" changes one."""
    other = {
        key.replace("__", ".").replace("web_", "web-", 1).replace("mail_", "mail-", 1): value
        for key, value in changed.items()
    }
    assert other.keys() <= CHECKS.keys()
    return [Judged(check, NAME, other.get(check, state)) for check in CHECKS]


def score(judged: list[Judged], part: Part) -> Score:
    return engine.score(by_name(judged).get(NAME, {}), part)


def of(category: str, judged: list[Judged]) -> CategoryScore:
    part: Part = "web" if category.startswith("web") else "mail"
    return next(one for one in score(judged, part).categories if one.category == category)


@pytest.mark.parametrize("part", ["web", "mail"])
def test_all_well_is_a_hundred_and_all_wrong_nothing(part: Part) -> None:
    assert score(verdicts("pass"), part).percent == 100
    assert score(verdicts("fail"), part).percent == 0
    assert score(verdicts("not_applicable"), part).percent is None
    assert score(verdicts("not_measured"), part).percent is None
    assert {one.category for one in score(verdicts(), part).categories} == CATEGORIES[part]


def test_the_weights_are_those_of_the_table() -> None:
    maxima = {
        one.category: one.maximum
        for part in CATEGORIES
        for one in score(verdicts(), part).categories
    }
    assert maxima["web-ipv6"] == 22
    assert maxima["web-dnssec"] == maxima["mail-dnssec"] == 10
    assert maxima["mail-ipv6"] == 20
    assert maxima["mail-auth"] == 50
    assert maxima["web-rpki"] == 30
    assert maxima["mail-rpki"] == 45


def test_one_failure_costs_its_weight_in_its_category_only() -> None:
    judged = verdicts(web_ipv6__web_ipv46="fail")
    assert of("web-ipv6", judged) == CategoryScore("web-ipv6", 20, 22)
    # (20/22 + 1 + 1 + 1) / 4 = 97.7
    assert score(judged, "web").percent == 97
    assert score(judged, "mail").percent == 100


def test_advice_costs_nothing_but_rpki_counts() -> None:
    assert score(verdicts(web_appsecpriv__http_csp="fail"), "web").percent == 100
    assert score(verdicts(web_tls__dane_valid="fail"), "web").percent == 100
    judged = verdicts(web_rpki__web_rpki_valid="fail")
    assert of("web-rpki", judged) == CategoryScore("web-rpki", 20, 30)
    assert score(judged, "web").percent == 91


def test_what_could_not_be_measured_counts_neither_way() -> None:
    judged = verdicts(web_ipv6__web_reach="not_measured")
    assert of("web-ipv6", judged) == CategoryScore("web-ipv6", 12, 12, 1)
    found = score(judged, "web")
    assert (found.percent, found.complete) == (100, False)
    assert score(verdicts(), "web").complete


def test_what_follows_from_a_failure_gets_no_points() -> None:
    judged = [
        Judged(one.check, one.subject, "not_applicable" if "https_" not in one.check else "fail")
        for one in verdicts()
        if one.check.startswith("web-tls.")
    ]
    found = of("web-tls", judged)
    assert found.points == 0
    assert found.maximum == of("web-tls", verdicts()).maximum
    judged = verdicts(mail_auth__spf="fail", mail_auth__spf_policy="not_applicable")
    assert of("mail-auth", judged) == CategoryScore("mail-auth", 30, 50)
    judged = verdicts(
        web_ipv6__web_aaaa="fail",
        web_ipv6__web_reach="not_applicable",
        web_ipv6__web_ipv46="not_applicable",
    )
    assert of("web-ipv6", judged) == CategoryScore("web-ipv6", 10, 22)
    judged = verdicts(web_dnssec__dnssec_exists="fail", web_dnssec__dnssec_valid="not_applicable")
    assert of("web-dnssec", judged) == CategoryScore("web-dnssec", 0, 10)


def test_what_does_not_apply_is_left_out() -> None:
    no_mail = [
        Judged(one.check, NAME, "not_applicable" if "tls" in one.check else one.state)
        for one in verdicts()
    ]
    assert of("mail-tls", no_mail).share is None
    assert score(no_mail, "mail").percent == 100


def test_the_worst_address_counts() -> None:
    judged = [Judged("web-tls.https_hsts", FOUR, "pass"), Judged("web-tls.https_hsts", SIX, "fail")]
    assert of("web-tls", judged) == CategoryScore("web-tls", 0, 10)
    closed = [
        Judged("web-tls.https_exists", FOUR, "pass"),
        Judged("web-tls.https_hsts", FOUR, "pass"),
        Judged("web-tls.https_exists", SIX, "fail"),
        Judged("web-tls.https_hsts", SIX, "not_applicable"),
    ]
    assert worst_states(by_name(closed)[NAME])["web-tls.https_hsts"] == "fail"


def test_names_are_scored_apart() -> None:
    other = [Judged(one.check, "ander.example", one.state) for one in verdicts("fail")]
    found = scores([*verdicts(), *other])
    assert [one.percent for one in found[NAME]] == [100, 100]
    assert [one.percent for one in found["ander.example"]] == [0, 0]
    assert scores([Judged("web-tls.https_hsts", NAME, "not_measured")]) == {NAME: ()}


def test_gates_and_weights_name_what_exists() -> None:
    for gate, dependents in GATES.items():
        assert gate in CHECKS
        assert any(check.startswith(dependents) and check != gate for check in CHECKS), gate
    assert all(check.weight for check in SCORED.values())
    assert percent([]) is None


ANY = st.lists(
    st.builds(
        Judged,
        st.sampled_from(sorted(CHECKS)),
        st.sampled_from([NAME, FOUR, SIX]),
        st.sampled_from(get_args(State)),
    ),
    unique_by=lambda one: (one.check, one.subject),
)


@given(ANY, st.sampled_from(["web", "mail"]), st.randoms(use_true_random=False))
def test_a_score_is_between_nothing_and_all_in_any_order(
    judged: list[Judged], part: Part, random: object
) -> None:
    found = score(judged, part)
    assert found.percent is None or 0 <= found.percent <= 100
    assert all(0 <= one.points <= one.maximum for one in found.categories)
    shuffled = list(judged)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled, part) == found


@given(ANY, st.sampled_from(["web", "mail"]))
def test_a_pass_more_never_costs_points(judged: list[Judged], part: Part) -> None:
    failing = [one for one in judged if one.state == "fail" and one.check in SCORED]
    before = score(judged, part)
    for one in failing:
        mended = [
            other if other != one else Judged(one.check, one.subject, "pass") for other in judged
        ]
        after = score(mended, part)
        assert (after.percent or 0) >= (before.percent or 0)
