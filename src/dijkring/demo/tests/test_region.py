# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The story of the region hangs together: whoever and whatever it names is there."""

from typing import Any

import pytest

from dijkring.controls.models import Requirement
from dijkring.cooperation.cbw import evaluate, next_question
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.core.access import Role
from dijkring.demo import region
from dijkring.lab.scenario import region as practice_internet
from dijkring.surface.engine import CHECKS
from dijkring.surface.engine.lookalikes import candidates


@pytest.fixture(scope="module")
def story() -> dict[str, Any]:
    return region.content()


def test_people_and_members_are_of_organisations_that_are_there(story: dict[str, Any]) -> None:
    slugs = {row["slug"] for row in story["organisations"]}
    named = {row["organisation"] for row in story["people"]}
    named |= {row["body"] for row in story["participations"]}
    named |= {slug for row in story["participations"] for slug in row["members"]}
    named |= story["organisations_measured"].keys() | story["domains"].keys()
    assert named <= slugs
    assert {row["role"] for row in story["people"]} <= set(Role)
    emails = [row["email"] for row in story["people"]]
    assert len(set(emails)) == len(emails)


def test_who_signs_and_judges_is_there(story: dict[str, Any]) -> None:
    roles = {(row["organisation"], row["role"]) for row in story["people"]}
    assert {(slug, "ciso") for slug in story["organisations_measured"]} <= roles
    needed = ("secretary", "board", "auditor", "process_owner", "reader")
    assert {("dijkerveen", role) for role in needed} <= roles


def test_who_shares_and_who_accepts_is_there(story: dict[str, Any]) -> None:
    roles = {(row["organisation"], row["role"]) for row in story["people"]}
    for row in story["agreements"]:
        assert (row["receiver"], "board") in roles
        for giver in row["givers"]:
            assert roles & {(giver, "secretary"), (giver, "board")}, giver


def test_cbw_tests_answer_every_question_that_can_come(story: dict[str, Any]) -> None:
    outcomes = []
    for row in story["cbw_tests"]:
        answers: dict[str, str] = {}
        while question := next_question(questionnaire(), answers):
            answers[question.id] = row["answers"][question.id]["answer"]
        outcomes.append(evaluate(questionnaire(), answers).outcome)
    assert outcomes == ["cannot_be_said", "not_government"]


def test_names_that_look_alike_are_names_that_a_search_asks_for(story: dict[str, Any]) -> None:
    for row in story["lookalikes"]:
        own = [one["name"] for one in story["domains"][row["organisation"]]]
        asked = {name for one in own for name in candidates(one)}
        there = asked & set(practice_internet().names)
        assert {said["name"] for said in row["judged"]} < there
        assert there.isdisjoint(own)


def test_who_works_together_is_there(story: dict[str, Any]) -> None:
    roles = {(row["organisation"], row["role"]) for row in story["people"]}
    inside = {row["body"]: set(row["members"]) for row in story["participations"]}
    for row in story["involvements"]:
        assert {(row["organisation"], "ciso"), (row["organisation"], "secretary")} <= roles
        assert row["organisation"] in inside[row["body"]]
    for row in story["cooperations"]:
        takers = {slug for task in row["tasks"] for slug in task.get("takers", [])}
        assert takers <= inside[row["body"]]


def test_what_is_handed_over_is_an_action_between_two_that_work_together(
    story: dict[str, Any],
) -> None:
    roles = {(row["organisation"], row["role"]) for row in story["people"]}
    bodies = [{row["body"], *row["members"]} for row in story["participations"]]
    for row in story["handed_over"]:
        assert {(row["sender"], "ciso"), (row["receiver"], "ciso")} <= roles
        assert any({row["sender"], row["receiver"]} <= body for body in bodies)
        assert row["action"] in {action["title"] for action in story["actions"]}
    assert {row["accepted"] for row in story["handed_over"]} == {True, False}


@pytest.mark.django_db
def test_requirements_that_it_speaks_of_exist(story: dict[str, Any]) -> None:
    refs = {row["ref"] for row in (*story["actions"], *story["not_applicable"])}
    found = Requirement.objects.filter(
        framework__key="bio2", framework__organisation=None, leaf=True, ref__in=refs
    )
    assert set(found.values_list("ref", flat=True)) == refs


def test_weather_befalls_names_of_the_region_by_defects_that_exist(story: dict[str, Any]) -> None:
    names = {row["name"] for rows in story["domains"].values() for row in rows}
    assert {row["name"] for row in story["weather"]} <= names
    assert {row.get("break") or row["mend"] for row in story["weather"]} <= CHECKS.keys()
    assert all(row["days"] > 0 for row in story["weather"])
