# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists in parts, filters, and a standing that explains itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkring.api.tests.conftest import System, fact
from dijkring.api.tests.test_access import LISTS, check_problem, fill
from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.evidence.services import judgements
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting


def items(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_parts_of_a_list_join_without_gap_or_overlap(cmdb: System) -> None:
    whole = [row["id"] for row in items(cmdb.get("/organisations", pageSize=200))]
    link, parts = "http://testserver/api/v1/organisations?kind=&pageSize=70", []
    link = link.replace("kind=&", "")
    while link:
        part = cmdb.client.get(link).json()
        parts += [row["id"] for row in part["items"]]
        link = part["links"]["next"]
    assert parts[:200] == whole
    assert len(parts) == len(set(parts)) == part["total"]


@pytest.mark.parametrize("path", LISTS)
def test_list_tells_where_it_is(cmdb: System, path: str) -> None:
    part = cmdb.get(path, page=99_999, pageSize=1).json()
    assert part["items"] == []
    assert part["links"]["next"] is None
    assert part["links"]["self"].endswith("page=99999&pageSize=1")


@pytest.mark.parametrize(
    "query", [{"page": 0}, {"pageSize": 201}, {"page": "x"}, {"page": 100_001}, {"stat": "fail"}]
)
def test_wrong_part(cmdb: System, query: dict[str, Any]) -> None:
    answer = cmdb.get("/facts", **query)
    check_problem(answer, 400)
    (error,) = answer.json()["errors"]
    assert (error["in"], error["location"]) == ("query", *query)


def test_filters_of_facts(cmdb: System) -> None:
    cmdb.post([fact(subject="a"), fact(subject="b", state="pass")])
    assert [row["subject"] for row in items(cmdb.get("/facts"))] == ["a", "b"]
    assert [row["subject"] for row in items(cmdb.get("/facts", state="pass"))] == ["b"]
    assert [row["subject"] for row in items(cmdb.get("/facts", subject="a"))] == ["a"]
    assert items(cmdb.get("/facts", kind="evidence.mfa_coverage")) == []
    check_problem(cmdb.get("/facts", state="goed"), 400)
    check_problem(cmdb.get("/facts", subject="\0"), 400)


def test_ended_facts_are_history(cmdb: System) -> None:
    cmdb.post(fact(observedAt=(clock.now() - timedelta(days=2)).isoformat()))
    cmdb.post(fact(state="pass"))
    assert [row["state"] for row in items(cmdb.get("/facts"))] == ["pass"]
    assert [row["state"] for row in items(cmdb.get("/facts", current="false"))] == ["pass", "fail"]


def test_organisation_of_the_token_is_its_own(cmdb: System) -> None:
    assert cmdb.get("/organisations/dijkerveen").json()["own"]
    assert not cmdb.get("/organisations/waterhoek").json()["own"]
    found = items(cmdb.get("/organisations", kind="safety_region", pageSize=100))
    assert {row["kind"] for row in found} == {"safety_region"}
    assert [row["slug"] for row in items(cmdb.get("/organisations", name="dijkerv"))] == [
        "dijkerveen"
    ]


@pytest.fixture
def judged(acting: Acting, alice: User) -> Requirement:
    with acting(alice) as actor:
        leaf = Requirement.objects.get(framework__key="bio2", ref="5.01.01")
        judgements.judge(
            actor=actor,
            requirement=leaf,
            layer="design",
            line="owner",
            verdict="not_met",
            reason="Er is geen beleid vastgesteld.",
            valid_until=clock.now() + timedelta(days=100),
        )
    return leaf


def test_standing_is_explained_down_to_the_person(cmdb: System, judged: Requirement) -> None:
    (row,) = items(cmdb.get("/standings", verdict="not_met"))
    assert (row["ref"], row["layers"]["design"]) == ("5.01.01", "not_met")
    found = cmdb.get(f"/standings/{row['requirementId']}").json()
    (layer,) = [part for part in found["explanation"]["below"] if part["label"] == "design"]
    (reason,) = layer["below"]
    assert (reason["kind"], reason["who"]) == ("judgement", "Alice Bakker")
    assert reason["text"] == "Er is geen beleid vastgesteld."
    assert found["wouldChange"]


def test_standing_of_a_moment_in_the_past(cmdb: System, judged: Requirement) -> None:
    before = (clock.now() - timedelta(days=1)).isoformat()
    found = cmdb.get(f"/standings/{judged.pk}", at=before).json()
    assert found["verdict"] == "not_assessed"
    check_problem(cmdb.get(f"/standings/{judged.pk}", at="gisteren"), 400)


def test_law_article_has_counts_and_no_verdict(cmdb: System, judged: Requirement) -> None:
    article = Requirement.objects.get(framework__key="cbw", ref="21")
    found = cmdb.get(f"/standings/{article.pk}").json()
    assert found["verdict"] is None
    assert found["profile"]["counts"]["not_met"] == 1
    assert found["profile"]["total"] == sum(found["profile"]["counts"].values())


def test_judgement_names_requirement_and_person(cmdb: System, judged: Requirement) -> None:
    (row,) = items(cmdb.get("/judgements", ref="5.01.01"))
    assert (row["framework"], row["layer"], row["judgedBy"]) == ("bio2", "design", "Alice Bakker")
    assert items(cmdb.get("/judgements", ref="5.14.01")) == []


def test_leaves_of_a_framework(cmdb: System) -> None:
    (bio2,) = items(cmdb.get("/frameworks", key="bio2"))
    path = f"/frameworks/{bio2['id']}/requirements"
    answer = cmdb.get(path, leaf="true", pageSize=200).json()
    assert answer["total"] == 156
    assert all(row["leaf"] for row in answer["items"])
    assert cmdb.get(f"/requirements/{answer['items'][0]['id']}").json() == answer["items"][0]


def test_unknown_framework_of_standings(cmdb: System) -> None:
    check_problem(cmdb.get("/standings", framework="geen"), 404)


@pytest.mark.parametrize("path", LISTS)
def test_queries_do_not_grow_with_the_rows(
    cmdb: System, acting: Acting, alice: User, path: str
) -> None:
    def queries() -> int:
        cmdb.get(path)
        with CaptureQueriesContext(connection) as found:
            assert cmdb.get(path, pageSize=200).status_code == 200
        return len(found)

    counts = []
    for n in (1, 2, 3):
        with acting(alice) as actor:
            fill(actor, n)
        counts.append(queries())
    assert counts[1] == counts[2]
