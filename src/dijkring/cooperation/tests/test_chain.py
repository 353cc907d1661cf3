# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain: bundled, ordered and drawn; and what is around one organisation."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from dijkring.controls.models import Requirement
from dijkring.cooperation import picture
from dijkring.cooperation.chain import KINDS, Edge, Kind, Party, bundles, columns
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.selectors import carrying
from dijkring.cooperation.services import proposals
from dijkring.cooperation.tests.objects import propose
from dijkring.core import clock
from dijkring.evidence.services import judgements
from dijkring.organisations.models import Organisation, User
from dijkring.tests.harness.people import Acting

A, B, C = (Party(name, f"Gemeente {name}") for name in "abc")
BODY = Party("body", "Samenwerking")
LEGEND: dict[Kind, str] = {kind: kind for kind in KINDS}


def drawn(*edges: Edge) -> ElementTree.Element:
    svg = picture.svg(
        bundles(edges), own="b", title="Keten <hier>", heads=("links", "rechts"), legend=LEGEND
    )
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def texts(svg: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in svg.iter("text")]


def test_one_line_per_kind_between_two() -> None:
    edges = [Edge("task", A, BODY, "een"), Edge("task", A, BODY, "twee"),
             Edge("provision", A, BODY, "dienst", count=12)]  # fmt: skip
    assert [(one.kind, one.count) for one in bundles(edges)] == [("task", 2), ("provision", 12)]
    assert len(list(drawn(*edges).iter("path"))) == 2


def test_own_organisation_stands_first() -> None:
    edges = bundles([Edge("task", A, BODY, ""), Edge("task", B, BODY, ""), Edge("task", C, A, "")])
    assert columns(edges, "b") == ([B, A, C], [BODY, A])


def test_picture_names_everybody_and_its_kinds_and_is_safe() -> None:
    evil = Party("x", '<script>"&')
    svg = drawn(Edge("task", A, BODY, ""), Edge("nobody", B, evil, "", count=3))
    names = {"links", "rechts", A.name, B.name, BODY.name, evil.name, "task", "nobody"}
    assert set(texts(svg)) == names
    assert svg.attrib["role"] == "img"
    assert svg.findtext("title") == "Keten <hier>"


def test_circle_is_drawn_as_any_other() -> None:
    svg = drawn(Edge("task", A, B, ""), Edge("task", B, A, ""))
    assert sorted(texts(svg)).count(A.name) == 2


def test_nothing_is_no_picture() -> None:
    assert picture.svg([], own="b", title="", heads=("", ""), legend=LEGEND) == ""


@pytest.mark.parametrize(("until", "ended"), [(None, False), (-1, True), (0, False), (1, False)])
def test_ended(until: int | None, ended: bool) -> None:
    today = date(2026, 11, 22)
    last = None if until is None else today + timedelta(days=until)
    assert Edge("task", A, BODY, "", until=last).ended(today) is ended


# --- around one organisation ----------------------------------------------------------------------


def own(slug: str = "dijkerveen") -> Organisation:
    return Organisation.objects.get(slug=slug)


def around(slug: str = "dijkerveen") -> set[tuple[str, str, str]]:
    return {(one.kind, one.taker.name, one.what) for one in carrying.edges(own(slug))}


@pytest.mark.django_db
def test_tasks_of_the_whole_co_operation_are_around_a_participant(
    it: Cooperation, acting: Acting, alice: User, dora: User
) -> None:
    with acting(alice):
        assert around() == {
            ("task", "Dijkerveen", "Werkplekken beheren"),
            ("task", "Dijkerveen", "Website hosten"),
            ("task", "Waterhoek", "Werkplekken beheren"),
        }
    with acting(dora):
        assert around("sluisland") == set()


@pytest.mark.django_db
def test_participant_without_a_task_still_takes_part(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen")
        for slug in ("dijkerveen", "waterhoek"):
            proposals.add_participant(actor=actor, cooperation=found, participant=own(slug))
        proposals.add_task(actor=actor, cooperation=found, name="Aanslagen", takers=[own()])
        mine = {edge[:2] for edge in around() if edge[2] in ("Aanslagen", "Belastingen")}
        assert mine == {("task", "Dijkerveen"), ("participation", "Waterhoek")}


@pytest.mark.django_db
def test_centre_municipality_carries_and_takes_nothing_of_itself(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        host = own("waterhoek")
        found = proposals.propose(actor=actor, name="Centrum", legal_form="centre", host=host)
        for one in (own(), host):
            proposals.add_participant(actor=actor, cooperation=found, participant=one)
        takers = [own(), host]
        proposals.add_task(actor=actor, cooperation=found, name="Inkoop", takers=takers)
        edges = carrying.edges(own())
        assert ("Dijkerveen", "Waterhoek") in {(e.taker.name, e.carrier.name) for e in edges}
        assert not [edge for edge in edges if edge.taker == edge.carrier]


@pytest.mark.django_db
def test_gap_closes_when_somebody_speaks(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        gaps = carrying.gaps(actor.organisation_id)
        assert len(gaps) > 100
        leaf = Requirement.objects.get(pk=gaps[0].pk)
        judgements.judge(
            actor=actor,
            requirement=leaf,
            layer=leaf.layers[0],
            line="owner",
            verdict="not_met",
            reason="Nog niet begonnen.",
            valid_until=clock.now() + timedelta(days=30),
        )
        assert {gap.pk for gap in carrying.gaps(actor.organisation_id)} == {
            gap.pk for gap in gaps[1:]
        }
        (edge,) = carrying.nobody(own(), gaps)
        assert (edge.count, edge.carrier.key) == (len(gaps), "nobody")
        assert carrying.nobody(own(), []) == []
