# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who comes in, and to what; over every endpoint that there is."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.test import Client

from dijkring.api.tests.conftest import ALL_SCOPES, KIND, MakeSystem, System, fact
from dijkring.api.urls import api
from dijkring.controls.models import Framework, Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.rest import Token
from dijkring.crisis.tests import crises_objects as crises
from dijkring.incidents.tests import objects as incidents
from dijkring.landscape.tests import objects as landscape
from dijkring.organisations import services
from dijkring.organisations.models import ApiToken, User
from dijkring.suppliers.tests import objects as suppliers
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting
from dijkring.tests.walk import contents


class Endpoint(NamedTuple):
    method: str
    path: str
    scope: str


def endpoints() -> Iterator[Endpoint]:
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                (auth,) = operation.auth_callbacks
                assert isinstance(auth, Token)
                yield Endpoint(operation.methods[0], path, auth.scope)


ENDPOINTS = sorted(endpoints())
LISTS = [one.path for one in ENDPOINTS if one.method == "GET" and "{" not in one.path]
# What belongs to one organisation; frameworks may be for everybody.
OWN = (
    *("/facts", "/judgements", "/actions", "/domains"),
    *("/assets", "/suppliers", "/contracts", "/incidents", "/incident-reports", "/crises"),
)


INCIDENT = {"title": "Alarm", "noticedAt": "2026-01-02T03:04:05+01:00"}


def call(system: System, endpoint: Endpoint) -> Any:
    path = endpoint.path.replace("{slug}", "dijkerveen")
    path = re.sub(r"\{\w+_id\}", "1", path)
    if endpoint.method != "POST":
        return system.get(path)
    bodies = {"/facts": [fact()], "/incidents": INCIDENT, "/crises/1/log": {"text": "Alarm"}}
    return system.post(bodies[path], path=path)


def check_problem(response: Any, status: int) -> None:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"] == "1.0.0"
    problem = response.json()
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["status"] == status


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: f"{one.method} {one.path}")
def test_endpoint_asks_for_token_and_scope(
    endpoint: Endpoint, system_of: MakeSystem, alice: User, acting: Acting
) -> None:
    others = [scope for scope in ALL_SCOPES if scope != endpoint.scope]
    with_others = system_of(alice, others)
    with acting(alice) as actor:
        before = contents([actor.organisation_id])
    check_problem(call(System(), endpoint), 401)
    check_problem(call(System("dr_madeup"), endpoint), 401)
    check_problem(call(with_others, endpoint), 403)
    after = contents([actor.organisation_id])
    # That the token was used is noted, also when it lacked the scope.
    tokens = {"organisations_apitoken", "organisations_apitokenevent"}
    assert {table for table, held in after.items() if held != before[table]} <= tokens
    assert call(system_of(alice, [endpoint.scope]), endpoint).status_code in {200, 201, 404}


def test_missing_token_tells_how_to_send_one() -> None:
    response = Client().get("/api/v1/facts")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Basic {}", "{}", "Token {}", "Bearer", "Bearer {} x", ""])
def test_other_ways_to_send_a_token_are_no_way(cmdb: System, scheme: str) -> None:
    header = {"authorization": scheme.format(cmdb.token)}
    check_problem(Client().get("/api/v1/facts", headers=header), 401)


def test_withdrawn_token_ends_at_once(cmdb: System, acting: Acting, alice: User) -> None:
    assert cmdb.get("/facts").status_code == 200
    with acting(alice) as actor:
        services.withdraw_token(actor=actor, token=ApiToken.objects.get())
    check_problem(cmdb.get("/facts"), 401)


def test_token_ends_by_itself(cmdb: System) -> None:
    with clock.moved_to(clock.now() + timedelta(days=29)):
        assert cmdb.get("/facts").status_code == 200
    with clock.moved_to(clock.now() + timedelta(days=30)):
        check_problem(cmdb.get("/facts"), 401)


def test_use_of_a_token_is_noted_once_a_minute(cmdb: System, acting: Acting, alice: User) -> None:
    def used() -> Any:
        with acting(alice):
            return ApiToken.objects.get().used_at

    start = clock.now()
    noted = []
    for seconds in (0, 40, 61):
        with clock.moved_to(start + timedelta(seconds=seconds)):
            cmdb.get("/facts")
        noted.append(used())
    assert noted == [start, start, start + timedelta(seconds=61)]


def fill(actor: Actor, n: int) -> None:
    """Make something for every list of the API."""
    for maker in (
        objects.make_facts,
        objects.make_judgements,
        objects.make_actions,
        objects.make_domains,
    ):
        maker(actor, n)
    framework = Framework.objects.create(
        organisation_id=actor.organisation_id,
        key="eigen",
        version=str(n),
        title={"nl": "Eigen norm"},
        imported_at=clock.now(),
    )
    Requirement.objects.create(
        organisation_id=actor.organisation_id,
        framework=framework,
        ref="1",
        kind="control",
        title={"nl": "Eigen eis"},
        leaf=True,
        position=1,
    )


@pytest.fixture
def both_filled(acting: Acting, alice: User, charlie: User) -> None:
    for user in (alice, charlie):
        with acting(user) as actor:
            fill(actor, 1)


def test_system_of_another_organisation_sees_nothing(
    both_filled: None, acting: Acting, alice: User, charlie: User, cmdb: System, elsewhere: System
) -> None:
    for user in (alice, charlie):
        with acting(user) as actor:
            for room in (incidents, landscape, suppliers, crises):
                room.make(actor, 1)
    for path in OWN:
        mine = {row["id"] for row in cmdb.get(path, pageSize=200).json()["items"]}
        theirs = {row["id"] for row in elsewhere.get(path, pageSize=200).json()["items"]}
        assert mine, path
        assert theirs, path
        assert not mine & theirs, path
        for id in mine:
            assert cmdb.get(f"{path}/{id}").json()["id"] == id
            check_problem(elsewhere.get(f"{path}/{id}"), 404)


@pytest.mark.usefixtures("both_filled")
def test_framework_of_another_organisation_is_not_there(cmdb: System, elsewhere: System) -> None:
    own = [row for row in cmdb.get("/frameworks").json()["items"] if row["own"]]
    assert own
    assert not {row["id"] for row in own} & {
        row["id"] for row in elsewhere.get("/frameworks").json()["items"]
    }
    for framework in own:
        path = f"/frameworks/{framework['id']}"
        (requirement, *_others) = cmdb.get(f"{path}/requirements").json()["items"]
        check_problem(elsewhere.get(path), 404)
        check_problem(elsewhere.get(f"{path}/requirements"), 404)
        check_problem(elsewhere.get(f"/requirements/{requirement['id']}"), 404)
        check_problem(elsewhere.get(f"/standings/{requirement['id']}"), 404)


@pytest.mark.parametrize("path", ["", "/", "/nowhere", "/facts/", "/facts/1/x", "/../v2"])
def test_unknown_address_is_a_problem(cmdb: System, path: str) -> None:
    check_problem(cmdb.get(path), 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_method_that_is_not_possible(cmdb: System, method: str) -> None:
    response = getattr(cmdb.client, method)("/api/v1/facts")
    check_problem(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


def test_login_of_a_person_opens_nothing(client_of: Any, alice: User) -> None:
    check_problem(client_of(alice).get("/api/v1/facts"), 401)


def test_words_follow_the_language_asked_for(cmdb: System) -> None:
    def detail(language: str) -> str:
        headers = {"accept-language": language}
        found = cmdb.client.get("/api/v1/facts/999999", headers=headers).json()
        return str(found["detail"])

    assert detail("nl") == "Dit bestaat niet, of niet voor uw organisatie."
    assert detail("en") == "This does not exist, or not for your organisation."


def test_source_fits_with_the_longest_kind() -> None:
    from dijkring.api.services.tokens import LONGEST_SOURCE
    from dijkring.evidence import kinds
    from dijkring.evidence.models import Round

    longest = max(len(kind.id) for kind in kinds.all_kinds())
    assert LONGEST_SOURCE + 1 + longest <= (Round._meta.get_field("source").max_length or 0)
    assert KIND in {kind.id for kind in kinds.all_kinds()}
