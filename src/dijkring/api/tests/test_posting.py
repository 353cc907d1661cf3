# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts of an outside system: recorded once, all or none, only what may be."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dijkring.api.models import IdempotencyKey
from dijkring.api.tests.conftest import KIND, MakeSystem, System, fact
from dijkring.api.tests.test_access import check_problem
from dijkring.core import clock
from dijkring.evidence.models import Fact
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, account, acting_as


@pytest.fixture
def recorded(acting: Acting, alice: User) -> Callable[[], int]:
    def count() -> int:
        with acting(alice):
            return Fact.objects.count()

    return count


def test_posted_fact_counts_and_tells_its_source(cmdb: System) -> None:
    answer = cmdb.post(fact())
    assert answer.status_code == 201
    (id,) = answer.json()["began"]
    found = cmdb.get(f"/facts/{id}").json()
    assert found["state"] == "fail"
    assert found["source"].startswith("token:CMDB")
    assert found["detail"] == {"reason": "te laat"}
    assert not found["lapsed"]
    assert [row["originKind"] for row in cmdb.get("/actions").json()["items"]] == [KIND]


def test_fact_lapses_when_nobody_confirms_it(cmdb: System) -> None:
    (id,) = cmdb.post(fact(state="pass")).json()["began"]
    with clock.moved_to(clock.now() + timedelta(days=367)):
        later = cmdb.get("/facts")
        assert later.status_code == 401  # the token has ended too
    assert cmdb.get(f"/facts/{id}").json()["validUntil"] > clock.now().isoformat()


def test_many_facts_at_once(cmdb: System, recorded: Callable[[], int]) -> None:
    moment = clock.now().isoformat()
    many = [fact(subject=f"server-{n}", observedAt=moment) for n in range(500)]
    assert len(cmdb.post(many).json()["began"]) == 500
    assert recorded() == 500


def test_the_same_request_twice_is_carried_out_once(
    cmdb: System, recorded: Callable[[], int]
) -> None:
    body = [fact()]
    first, second = cmdb.post(body, "sleutel"), cmdb.post(body, "sleutel")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first["Content-Type"].split(";")[0] == second["Content-Type"].split(";")[0]
    assert recorded() == 1


def test_key_is_for_one_request(cmdb: System, recorded: Callable[[], int]) -> None:
    cmdb.post([fact()], "sleutel")
    check_problem(cmdb.post([fact(subject="iets anders")], "sleutel"), 409)
    assert recorded() == 1


def test_key_is_kept_for_a_day(cmdb: System, acting: Acting, alice: User) -> None:
    cmdb.post([fact()], "sleutel")
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        assert cmdb.post([fact(subject="iets anders")], "sleutel").status_code == 201
    with acting(alice):
        assert IdempotencyKey.objects.count() == 1


def test_keys_of_two_organisations_have_nothing_to_do_with_each_other(
    cmdb: System, elsewhere: System
) -> None:
    assert cmdb.post([fact()], "sleutel").status_code == 201
    assert elsewhere.post([fact(subject="iets anders")], "sleutel").status_code == 201


def test_refused_request_leaves_its_key_free(cmdb: System) -> None:
    assert cmdb.post([fact(state="x")], "sleutel").status_code == 400
    assert cmdb.post([fact()], "sleutel").status_code == 201


@pytest.mark.parametrize("key", [" ", "é", "x" * 201, "a b"])
def test_odd_key_is_refused(cmdb: System, key: str, recorded: Callable[[], int]) -> None:
    answer = cmdb.post([fact()], key)
    check_problem(answer, 400)
    assert answer.json()["errors"][0]["in"] == "header"
    assert recorded() == 0


def test_one_wrong_fact_refuses_all(cmdb: System, recorded: Callable[[], int]) -> None:
    later = (clock.now() + timedelta(days=1)).isoformat()
    check_problem(cmdb.post([fact(), fact(subject="b", observedAt=later)]), 400)
    assert recorded() == 0


def test_only_granted_kinds(
    system_of: MakeSystem, alice: User, recorded: Callable[[], int]
) -> None:
    system = system_of(alice, kinds=[KIND])
    answer = system.post([fact(), fact(kind="evidence.mfa_coverage")])
    check_problem(answer, 403)
    assert "evidence.mfa_coverage" in answer.json()["detail"]
    assert recorded() == 0
    granted = {row["id"] for row in system.get("/fact-kinds").json()["items"] if row["granted"]}
    assert granted == {KIND}


WRONG = [
    ("#/0/state", {"state": "goed"}),
    ("#/0/subject", {"subject": ""}),
    ("#/0/subject", {"subject": "x" * 301}),
    ("#/0/subject", {"subject": "nul\0"}),
    ("#/0/subject", {"subject": 3}),
    ("#/0/observedAt", {"observedAt": "2026-01-01T00:00:00"}),
    ("#/0/observedAt", {"observedAt": "gisteren"}),
    ("#/0/observedAt", {"observedAt": 1_700_000_000}),
    ("#/0/observedAt", {"observedAt": "0001-01-01T00:00:00+14:00"}),
    ("#/0/kleur", {"kleur": "rood"}),
    ("#/0/detail", {"detail": {"a": {"b": {"c": 1}}}}),
    ("#/0/detail", {"detail": {"a": "nul\0"}}),
    ("#/0/detail", {"detail": {"a": "half een paar: \ud800"}}),
    ("#/0/detail", {"detail": {"nul\0": 1}}),
    ("#/0/detail", {"detail": {"a": 10**16}}),
    ("#/0/detail", {"detail": {"a": [1]}}),
    ("#/0/detail", {"detail": {str(n): n for n in range(31)}}),
    ("#/0/detail", {"detail": []}),
]


@pytest.mark.parametrize(("place", "change"), WRONG)
def test_wrong_fact_is_told_where(
    cmdb: System, place: str, change: dict[str, Any], recorded: Callable[[], int]
) -> None:
    answer = cmdb.post([fact(**change)])
    check_problem(answer, 400)
    assert any(found["location"].startswith(place) for found in answer.json()["errors"])
    assert recorded() == 0


def test_unknown_kind(cmdb: System) -> None:
    check_problem(cmdb.post([fact(kind="geen.soort")]), 400)


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[" * 100_000,
        "[]",
        "null",
        '"tekst"',
        b"\xff\xfe",
        '[{"kind": NaN}]',
        '{"kind": "a", "kind": "b"}',
        '[{"detail": {"a": "\\ud800"}}]',
        f'[{{"detail": {{"a": {"9" * 5000}}}}}]',
    ],
)
def test_broken_body(cmdb: System, body: str | bytes, recorded: Callable[[], int]) -> None:
    check_problem(cmdb.post(body), 400)
    assert recorded() == 0


def test_too_many_facts(cmdb: System, recorded: Callable[[], int]) -> None:
    check_problem(cmdb.post([fact(subject=str(n)) for n in range(501)]), 400)
    assert recorded() == 0


def test_too_many_moments(cmdb: System, recorded: Callable[[], int]) -> None:
    check_problem(cmdb.post([fact(subject=str(n)) for n in range(51)]), 400)
    assert recorded() == 0


def test_too_large(cmdb: System) -> None:
    check_problem(cmdb.post(" " * (1024 * 1024 + 1)), 413)


def test_other_type_of_body(cmdb: System) -> None:
    check_problem(cmdb.post("kind=a", content_type="application/x-www-form-urlencoded"), 415)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_carried_out_once(system_of: MakeSystem) -> None:
    system, body = system_of(account("alice")), [fact()]

    def send(_n: int) -> tuple[int, bytes]:
        try:
            answer = system.post(body, "sleutel")
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(8)))
    assert [status for status, _content in answers] == [201]
    with acting_as(account("alice")):
        assert Fact.objects.count() == 1
