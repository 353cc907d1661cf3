# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Today: what is wrong, what is due, and what changed since the last visit, per role."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dijkring.accountability import services
from dijkring.accountability.models import Visit
from dijkring.accountability.selectors.today import FEW, MOST, Today, today
from dijkring.accountability.tests.makers import date_of, leaf, report, say
from dijkring.actions import services as actions
from dijkring.controls.services import decide_applicability
from dijkring.core import clock, due
from dijkring.core.access import Actor, Role, person_actor
from dijkring.evidence.services import deviations
from dijkring.evidence.tests.makers import DAY, START, count, day, judge, see
from dijkring.landscape.services import assets
from dijkring.landscape.services.wanted import AssetWanted
from dijkring.organisations.models import User
from dijkring.surface.services import domains, registrations
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting, ClientOf

PAGE = "/o/dijkerveen/vandaag/"
FULL = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$"


@pytest.fixture(autouse=True)
def registered(acting: Acting, alice: User) -> None:
    """Let the first registration under the Cbw be there: without it, that is what is late."""
    with acting(alice) as actor:
        registrations.record(
            actor=actor,
            details={"entity": "Gemeente Dijkerveen", "email": "info@dijkerveen.example"},
            domains=["dijkerveen.example"],
            ranges=[],
            submitted_on=clock.today(),
        )


def seen(actor: Actor, *, brief: bool = False) -> Today:
    return today(actor, services.visit(actor=actor), most=FEW if brief else MOST)


def improve(actor: Actor, title: str, due: int, priority: str = "normal") -> None:
    actions.open_action(actor=actor, title=title, due_on=date_of(due), priority=priority)


def test_late_first_then_by_weight_and_date(ciso: Actor) -> None:
    improve(ciso, "later", 9)
    improve(ciso, "licht", 1, "low")
    improve(ciso, "eerder", 2)
    improve(ciso, "zwaar", 30, "high")
    with day(5):
        lines = seen(ciso).now_first
    assert [line.text for line in lines] == ["eerder", "licht", "zwaar", "later"]
    assert [line.state for line in lines] == ["late", "late", "open", "open"]


def test_due_on_the_day_itself_is_not_late(ciso: Actor) -> None:
    improve(ciso, "vandaag", 0)
    assert [line.state for line in seen(ciso).now_first] == ["open"]
    with day(1):
        assert [line.state for line in seen(ciso).now_first] == ["late"]


def test_failing_fact_stands_there_with_who_mends_it(ciso: Actor) -> None:
    count(ciso, "www.dijkerveen.example", responsible="Hostman")
    see(ciso, "www.dijkerveen.example", "fail")
    (line,) = seen(ciso).now_first
    assert line.state == "not_met"
    assert line.note == f"Hostman, {ciso.name}"


def test_judgement_that_ended_stands_there(ciso: Actor) -> None:
    say(ciso, "5.01.01", "met", days=3)
    assert seen(ciso).now_first == []
    with day(4):
        (line,) = seen(ciso).now_first
    assert (line.state, line.args) == ("show_again", (leaf("5.01.01").pk,))


def test_judgement_that_facts_contradict_asks_its_author_again(
    ciso: Actor, acting: Acting, bob: User
) -> None:
    leaf_of_fact = leaf("8.24.04")
    count(ciso, "www.dijkerveen.example")
    judge(ciso, leaf_of_fact, "operation")
    with day(1):
        see(ciso, "www.dijkerveen.example", "fail")
        lines = [line for line in seen(ciso).now_first if line.url_name == "evidence:judge"]
        assert [line.args for line in lines] == [(leaf_of_fact.pk,)]
        with acting(bob) as reader:
            assert "evidence:judge" not in {line.url_name for line in seen(reader).now_first}


def in_role(actor: Actor, role: Role) -> Actor:
    return person_actor(actor.organisation_id, actor.user_id or 0, actor.name, role)


def test_what_is_late_of_any_room_is_told_to_who_keeps_it(ciso: Actor) -> None:
    assets.add(actor=ciso, wanted=AssetWanted("Gemaal", "platform"))
    improve(ciso, "te laat", 1)
    improve(ciso, "later", 900)
    with day(500):
        lines = seen(ciso).now_first
        assert [(line.text, line.state) for line in lines] == [
            ("te laat", "late"),
            ("Gemaal", "late"),
            ("later", "open"),
        ]
        assert (lines[1].url_name, len(lines[1].args)) == ("landscape:asset", 1)
        texts = [line.text for line in seen(in_role(ciso, Role.SECRETARY)).now_first]
        assert texts == ["te laat", "later"]


@pytest.mark.parametrize(("number", "texts"), [(2, ["A", "A"]), (3, ["Proef: 3 te laat"])])
def test_much_of_one_kind_that_is_late_stands_together(
    ciso: Actor, monkeypatch: pytest.MonkeyPatch, number: int, texts: list[str]
) -> None:
    found = [due.DueItem(date_of(-1), "A", "actions:actions", (), "proef")] * number
    monkeypatch.setattr(due, "_kinds", dict(due._kinds))
    due.register("proef", "Proef", lambda _organisation, _until: found, keeper="actions.edit")
    lines = seen(ciso).now_first
    assert [line.text for line in lines] == texts
    assert lines[0].query == ("month=all&due=late&kind=proef" if number > 2 else "")
    assert lines[0].due_on == date_of(-1)


def test_what_is_ones_own_stays_when_it_is_late(
    ciso: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for who lacks the right by which others act on it; they see how much of that is late."""
    found = [
        due.DueItem(date_of(-1), title, "actions:actions", (), "proef", owner)
        for title, owner in (("van mij", ciso.name), ("van een ander", "Iemand anders"))
    ]
    monkeypatch.setattr(due, "_kinds", dict(due._kinds))
    due.register("proef", "Proef", lambda _organisation, _until: found, keeper="niemand.mag")
    for role in (Role.PROCESS_OWNER, Role.BOARD, Role.READER):
        page = seen(in_role(ciso, role))
        assert [line.text for line in page.now_first] == ["van mij"]
        assert (page.others, page.late_elsewhere) == (0, 1)


@pytest.mark.django_db
def test_the_page_never_says_that_nothing_is_late_when_something_is(
    client_of: ClientOf, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [clock.now() - DAY, clock.now() + DAY]
    found = [due.DueItem(at, "x", "actions:actions", (), "proef") for at in moments]
    monkeypatch.setattr(due, "_kinds", dict(due._kinds))
    due.register("proef", "Proef", lambda _organisation, _until: found, keeper="niemand.mag")
    html = client_of(bob).get(PAGE).content.decode()
    assert "Van u staat niets open en is niets te laat." in html
    assert "1 te laat bij anderen" in html
    assert "1 te laat bij anderen" not in client_of(bob).get(f"{PAGE}?all=1").content.decode()
    assert "Voor zover bekend" not in html


@pytest.mark.parametrize("role", ["buyer", "public_order", "privacy_officer", "administrator"])
def test_who_does_a_part_sees_that_part_and_how_much_there_is_of_others(
    ciso: Actor, acting: Acting, bob: User, role: str
) -> None:
    actions.open_action(actor=ciso, title="van de CISO", owner_id=ciso.user_id, due_on=date_of(4))
    say(ciso, "5.01.02", "met", days=4)
    say(ciso, "5.01.01", "met", days=1)
    with acting(bob) as other, day(2):
        part = seen(in_role(other, Role(role)))
        whole = today(in_role(other, Role(role)), None, most=None)
    assert (part.now_first, part.more, part.others, part.due) == ([], 0, 2, [])
    assert len(whole.now_first) == part.others
    assert len(whole.due) == part.soon_elsewhere == 2
    with day(2):
        own = seen(in_role(ciso, Role(role)))
    assert ([line.text for line in own.now_first], own.others) == (["van de CISO"], 1)
    assert [item.owner for item in own.due] == [ciso.name] * 2


def test_due_this_week(ciso: Actor) -> None:
    say(ciso, "5.01.01", "met", days=3)
    say(ciso, "5.01.02", "met", days=30)
    deviations.accept(
        actor=ciso, requirement=leaf("5.02.01"), reason="Bekend.", ends_at=START + 5 * DAY
    )
    improve(ciso, "deze week", 6)
    improve(ciso, "volgende maand", 40)
    titles = " | ".join(item.title for item in seen(ciso).due)
    for part, there in (
        ("5.01.01", True),
        ("5.02.01", True),
        ("deze week", True),
        ("5.01.02", False),
        ("volgende maand", False),
    ):
        assert (part in titles) == there


def test_board_keeps_to_five_lines(ciso: Actor) -> None:
    for number in range(8):
        improve(ciso, f"nummer {number}", number)
    brief, whole = seen(ciso, brief=True), seen(ciso)
    assert (len(brief.now_first), brief.more, len(brief.due)) == (5, 3, 5)
    assert (len(whole.now_first), whole.more) == (8, 0)


def test_better_and_worse_since_the_last_visit(ciso: Actor) -> None:
    assert seen(ciso).since is None
    say(ciso, "5.01.01", "met", days=20)
    with day(1):
        seen(ciso)
    with day(10):
        say(ciso, "5.01.02", "met")
        say(ciso, "5.02.01", "not_met")
    with day(30):
        found = seen(ciso)
    assert (found.since, found.better, found.worse) == (START + DAY, 1, 2)


def test_looks_close_together_are_one_visit(ciso: Actor) -> None:
    for minutes in (0, 10, 20):
        with clock.moved_to(START + timedelta(minutes=minutes)):
            seen(ciso)
    assert Visit.objects.get().before is None
    with clock.moved_to(START + timedelta(hours=2)):
        assert seen(ciso).since == START


def test_report_waits_for_who_must_sign(
    ciso: Actor, acting: Acting, fatima: User, bob: User
) -> None:
    made = report(ciso, -30, 0)
    services.move(actor=ciso, report=made, to="secretary")
    with acting(fatima) as secretary:
        (line,) = seen(secretary, brief=True).now_first
    assert line.args == (made.pk,)
    with acting(bob) as reader:
        assert seen(reader).now_first == []


def test_what_waits_for_a_decision_is_on_top(
    ciso: Actor, acting: Acting, fatima: User, bob: User
) -> None:
    late = actions.open_action(actor=ciso, title="Te laat", due_on=date_of(-1))
    decide_applicability(
        actor=ciso, requirements=[leaf("5.01.01")], applicable=False, reason="Wij hebben dit niet."
    )
    domain = stated(ciso, "weg.dijkerveen.example")
    domains.remove_domain(actor=ciso, domain=domain, reason="Opgeheven.")
    assert [line.args for line in seen(ciso).now_first] == [(late.pk,)], "not by who proposed it"
    with acting(fatima) as secretary:
        found = [(line.url_name, line.args) for line in seen(secretary, brief=True).now_first]
    assert found == [
        ("controls:applicability", ()),
        ("surface:domain", (domain.pk,)),
        ("actions:action", (late.pk,)),
    ]
    with acting(bob) as reader:
        assert [line.args for line in seen(reader).now_first] == [(late.pk,)]


class TestPage:
    """The page itself, per role."""

    @pytest.fixture(autouse=True)
    def lived(self, acting: Acting, alice: User) -> None:
        with acting(alice) as actor:
            for number in range(7):
                actions.open_action(actor=actor, title=f"Verbetering {number}")

    @pytest.mark.parametrize(("role", "lines"), [("ciso", 7), ("reader", 7), ("board", 5)])
    def test_lines_per_role(
        self, client_of: ClientOf, alice: User, bob: User, greet: User, role: str, lines: int
    ) -> None:
        user = {"ciso": alice, "reader": bob, "board": greet}[role]
        page = client_of(user).get(PAGE).content.decode()
        assert page.count("Verbetering ") == lines

    def test_looking_notes_only_the_visit(
        self, client_of: ClientOf, acting: Acting, alice: User, bob: User
    ) -> None:
        client_of(bob).get(PAGE)
        with acting(alice):
            assert Visit.objects.get().user == bob

    @pytest.mark.parametrize("visits", [0, 1])
    def test_on_a_full_disk_the_page_can_still_be_read(
        self, client_of: ClientOf, acting: Acting, alice: User, visits: int
    ) -> None:
        def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            writes = not sql.startswith("SELECT") and "accountability_visit" in sql
            given = (FULL, None) if writes else (sql, params)
            return execute(*given, many, context)

        client = client_of(alice)
        for _ in range(visits):
            client.get(PAGE)
        with clock.moved_to(clock.now() + timedelta(days=1)), connection.execute_wrapper(full):
            page = client.get(PAGE)
        assert page.content.decode().count("Verbetering ") == 7
        with acting(alice):
            assert Visit.objects.count() == visits

    def test_another_fault_of_the_database_is_not_hidden(
        self, client_of: ClientOf, alice: User
    ) -> None:
        def gone(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            lost = (FULL.replace("53100", "57P01"), None)
            given = lost if "accountability_visit" in sql else (sql, params)
            return execute(*given, many, context)

        with connection.execute_wrapper(gone):
            assert client_of(alice).get(PAGE).status_code == 503

    def test_stranger_finds_nothing(self, client_of: ClientOf, charlie: User) -> None:
        assert client_of(charlie).get(PAGE).status_code == 404
        page = client_of(charlie).get("/o/waterhoek/vandaag/").content.decode()
        assert "Verbetering" not in page
