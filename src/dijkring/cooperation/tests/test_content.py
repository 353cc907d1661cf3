# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Co-operations as content: described, refused when they cannot be, and proposals made content."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from dijkring.cooperation.circles import closes_circle
from dijkring.cooperation.models import Cooperation, Seat, Task, TaskTaker
from dijkring.cooperation.selectors import carrying, register
from dijkring.cooperation.services import content
from dijkring.cooperation.tests.conftest import SINCE, described, make_it, owner_of
from dijkring.cooperation.tests.objects import propose
from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.organisations.models import Organisation, Participation, User
from dijkring.organisations.services import register_organisation
from dijkring.sharing.doors import co_operate
from dijkring.sharing.partners import is_partner
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import Acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do all tests of this module."""
    with owner_of(clone):
        yield


@pytest.fixture
def it(db: None) -> Cooperation:
    """Make the IT co-operation in the transaction of one test."""
    return make_it()


def tasks() -> dict[str, set[str]]:
    rows = TaskTaker.objects.values_list("task__name", "taker__slug")
    return {name: {slug for task, slug in rows if task == name} for name, _slug in rows}


def test_described_again_it_changes_only_what_is_new(it: Cooperation) -> None:
    again = described(tasks=[{"name": "Website hosten", "takers": ["waterhoek"]}], seats=[])
    assert content.describe(again).pk == it.pk
    assert tasks() == {"Website hosten": {"waterhoek"}}
    assert register.seats(it) == []
    assert Participation.objects.filter(body=it.body).count() == 2


def test_it_is_said_in_the_language_of_the_reader(it: Cooperation) -> None:
    row = described(
        tasks=[{"name": "Website hosten", "en": {"name": "Hosting the website"}}],
        seats=[
            {"organ": "chair", "function": "Wethouder", "en": {"function": "Alderman"}},
            {"organ": "director", "function": "Directeur"},
        ],
    )
    found = content.describe({**row, "en": {"purpose": "Doing IT together"}})
    task, seats = found.tasks.get(), register.seats(found)
    said = [seat.said("function") for seat in seats]
    assert (task.said("name"), said) == ("Hosting the website", ["Alderman", "Directeur"])
    assert found.said("purpose") == "Doing IT together"
    with translation.override("nl"):
        assert (task.said("name"), found.said("purpose")) == ("Website hosten", found.purpose)
    with pytest.raises(Refused, match="Unknown: nmae"):
        content.describe(described(tasks=[{"name": "Website hosten", "en": {"nmae": "x"}}]))


def test_who_left_is_served_no_more() -> None:
    make_it()
    left = date(2024, 6, 30)
    tasks = [{"name": "Werkplekken"}, {"name": "Telefonie", "until": left}]
    members = [
        {"organisation": "dijkerveen", "since": SINCE},
        {"organisation": "waterhoek", "since": SINCE, "until": left},
    ]
    found = content.describe(described(participants=members, tasks=tasks))
    served = {
        task.name: {row.taker.slug for row in task.takers.all()} for task in register.tasks(found)
    }
    assert served == {"Werkplekken": {"dijkerveen"}, "Telefonie": {"dijkerveen", "waterhoek"}}
    # One who is named and leaves later is served until that day, without another word.
    named = [{"name": "Werkplekken", "takers": ["dijkerveen", "waterhoek"]}]
    content.describe(described(participants=members, tasks=named))
    own = Organisation.objects.get(slug="dijkerveen")
    ends = {edge.taker.name: edge.until for edge in carrying.edges(own) if edge.kind == "task"}
    assert ends == {"Dijkerveen": None, "Waterhoek": left}


def test_the_last_day_of_taking_part_is_one_of_its_days() -> None:
    make_it()
    last = clock.today()
    rows = [
        {"organisation": "dijkerveen", "since": SINCE},
        {"organisation": "waterhoek", "since": SINCE, "until": last},
    ]
    content.describe(described(participants=rows))
    here, there = (Organisation.objects.get(slug=slug).pk for slug in ("dijkerveen", "waterhoek"))
    for days, together in ((0, True), (1, False)):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            assert is_partner(here, there) is together
            rule = co_operate(str(here), str(there))
            query = f"SELECT {rule} FROM (SELECT %s::timestamptz AS moment) now"  # noqa: S608
            assert fetch(query, [clock.now()]) == [(together,)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"body": "dijkerveen"}, "is no joint body"),
        ({"body": "nergens"}, "no organisation with the short name"),
        ({"until": date(2020, 1, 1)}, "before the beginning"),
        ({"since": "2021"}, "A date is written as"),
        ({"legal_form": "club"}, "legal form"),
        ({"legal_form": "centre"}, "municipality that does the work"),
        ({"legal_form": "centre", "host": "meldpunt"}, "municipality that does the work"),
        ({"host": "dijkerveen"}, "Only a centre arrangement"),
        ({"colour": "blue"}, "Unknown: colour"),
        ({"tasks": [{"name": "Iets", "takers": ["meldpunt"]}]}, "does not take part"),
        ({"seats": [{"organ": "king", "function": "koning"}]}, "place from the list"),
        (
            {"participants": [{"organisation": "it-sluisland", "since": SINCE}]},
            "takes part in",
        ),
        (
            {"participants": [
                {"organisation": "dijkerveen", "since": SINCE, "until": date(2020, 1, 1)}
            ]},
            "before the beginning",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_whole(
    it: Cooperation, change: dict[str, Any], words: str
) -> None:
    before = tasks()
    with pytest.raises(Refused, match=words):
        content.load([described(purpose="Anders"), described(**change)])
    assert tasks() == before
    assert Cooperation.objects.get(pk=it.pk).purpose != "Anders"


def test_participation_in_a_circle_is_refused(it: Cooperation) -> None:
    other = register_organisation(kind="joint_body", name="Groot", slug="groot")
    row = {"organisation": "it-sluisland", "since": SINCE}
    content.describe({"body": "groot", "legal_form": "plain", "participants": [row]})
    row = {"organisation": "groot", "since": SINCE}
    with pytest.raises(Refused, match="takes part in"), transaction.atomic():
        content.describe(described(participants=[row]))
    assert not Participation.objects.filter(participant=other).exists()


@pytest.mark.parametrize(
    ("edges", "body", "participant", "circle"),
    [
        ([], 1, 1, True),
        ([], 1, 2, False),
        ([(1, 2)], 1, 2, True),
        ([(2, 1)], 1, 2, False),
        ([(1, 2), (2, 3), (3, 4)], 1, 4, True),
        ([(5, 6), (6, 5), (6, 2)], 1, 2, False),
    ],
)
def test_circles(edges: list[tuple[int, int]], body: int, participant: int, circle: bool) -> None:
    """Edges are (participant, body); an old circle elsewhere does not keep it busy for ever."""
    assert (
        closes_circle(
            body, participant, lambda bodies: [edge for edge in edges if edge[1] in set(bodies)]
        )
        is circle
    )


def test_every_safety_region_is_described_once() -> None:
    regions = Organisation.objects.filter(kind="safety_region").count()
    assert content.describe_regions() == regions > 20
    assert content.describe_regions() == 0
    for rows in (Cooperation.objects, Seat.objects, Task.objects):
        rows.update(english={})
    content.describe_regions()
    region = Cooperation.objects.filter(body__kind="safety_region").first()
    assert region is not None
    assert region.said("purpose").startswith("Caring together")
    assert region.tasks.get().said("name").startswith("Fire service")
    assert region.seats.get().said("function").startswith("Mayors")
    real = Cooperation.objects.get(body__code="VR05")
    assert real.legal_form == "public_body"
    assert Task.objects.get(cooperation=real).takers.count() == 14


# --- a proposal becomes content -------------------------------------------------------------------


def test_proposal_is_joined_to_a_body_only_if_it_can(
    it: Cooperation, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Nog een")
    with pytest.raises(Refused, match="described already"), transaction.atomic():
        content.accept(pk=found.pk, body=it.body)
    with pytest.raises(Refused, match="no joint body"), transaction.atomic():
        content.accept(pk=found.pk, body=Organisation.objects.get(slug="meldpunt"))
    assert Cooperation.objects.get(pk=found.pk).is_proposal


# --- the command ----------------------------------------------------------------------------------


def test_command_loads_lists_and_accepts(
    acting: Acting, alice: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen")
    path = tmp_path / "region.yaml"
    register_organisation(kind="joint_body", name="IT Sluisland", slug="it-sluisland")
    path.write_text(yaml.safe_dump({"cooperations": [described()]}), encoding="utf-8")
    call_command("cooperation", "load", str(path))
    call_command("cooperation", "proposals")
    call_command("cooperation", "accept", str(found.pk), "--slug", "bel")
    said = capsys.readouterr().out
    assert "region.yaml: 1" in said
    assert f"{found.pk}  Belastingen  (Dijkerveen)" in said
    assert "Belastingen: bel" in said


@pytest.mark.parametrize(
    "text", ["cooperations: [", "nothing: here", "- 1", "cooperations: [1]", "cooperations: [{}]"]
)
def test_command_says_what_is_wrong_with_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("cooperation", "load", str(path))
