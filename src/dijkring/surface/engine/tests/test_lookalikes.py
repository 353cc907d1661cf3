# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.lab.threads import start_in_thread
from dijkring.surface.engine import InputError, parse_domain
from dijkring.surface.engine.addressmap import split_endpoint
from dijkring.surface.engine.lookalikes import MOST, Lookalike, candidates, existing
from dijkring.surface.engine.lookup import Resolver
from dijkring.surface.engine.tests.seen import found, lost, missing
from dijkring.surface.engine.tests.test_hostile import Known


@pytest.mark.parametrize(
    "lookalike",
    [
        "d1jkerveen.nl",
        "dykerveen.nl",
        "dijkerveen.com",
        "gemeente-dijkerveen.nl",
        "dijkeveen.nl",
        "dijkkerveen.nl",
        "dikjerveen.nl",
        "dijk-erveen.nl",
    ],
)
def test_what_a_person_may_take_for_ours(lookalike: str) -> None:
    assert lookalike in candidates("www.dijkerveen.nl")


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}[a-z0-9]\.(nl|com|gov\.uk)", fullmatch=True))
def test_every_candidate_is_another_name_that_can_exist(domain: str) -> None:
    try:
        parse_domain(domain)
    except InputError:
        return
    made = candidates(domain)
    assert len(made) == len(set(made)) <= MOST
    assert domain not in made
    assert [parse_domain(name) for name in made] == made


def test_only_what_exists_is_told(tmp_path: Path) -> None:
    domains: dict[str, dict[str, str]] = {"dijkerveen.example": {}, "d1jkerveen.example": {}}
    domains["dijkeveen.example"] = {"mail": "none"}
    with start_in_thread(tmp_path, {"domains": domains}) as lab:
        address, port = split_endpoint(lab.resolver)

        async def look() -> list[Lookalike]:
            resolver = Resolver(((address, port or 53),))
            return await existing(resolver, candidates("dijkerveen.example"))

        told = asyncio.run(look())
    assert sorted(told, key=lambda one: one.name) == [
        Lookalike("d1jkerveen.example", receives_mail=True, has_address=True),
        Lookalike("dijkeveen.example", receives_mail=False, has_address=True),
    ]


def test_a_lookup_that_fails_is_told_too() -> None:
    known = {
        ("a.nl", "MX"): lost("a.nl", "MX"),
        ("b.nl", "MX"): missing("b.nl", "MX", "nodata"),
        ("b.nl", "A"): found("b.nl", "A", "192.0.2.1"),
    }
    told = asyncio.run(existing(Known(names=known), ["a.nl", "b.nl", "c.nl"]))
    assert told == [
        Lookalike("a.nl", False, False, "dns_timeout"),
        Lookalike("b.nl", receives_mail=True, has_address=True),
    ]
