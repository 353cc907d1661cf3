# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists leave as sheets and come back: unchanged, changed, new, refused or changed here too."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import openpyxl
import pytest
from odfdo import Document

from dijkring.actions import services as actions
from dijkring.actions.models import Action
from dijkring.controls.models import Applicability
from dijkring.core import clock, registers
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.registers import Column, Line, Register
from dijkring.evidence.models import Deviation, Judgement
from dijkring.organisations.models import User
from dijkring.portability.models import Transfer
from dijkring.portability.services import registers as services
from dijkring.portability.sheets import cells, comparing
from dijkring.surface.models import Domain
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting

KINDS = ("csv", "xlsx", "ods")
IN_USE = ("actions", "judgements", "domains", "deviations", "applicability")
NASTY = [
    "=1+1", "'=1+1", "+31 6 12345678", "-2 dagen", "@iedereen", "\tmet tab", "' los",
    "a\nb", " spatie ", "1.234", "1e5", "0012", "12-3-2026", "TRUE", "é ü",
    "een\r\ntwee", '"zo"', "a;b,c",
]  # fmt: skip


def reg(id: str) -> Register:
    found = registers.get(id)
    assert found is not None
    return found


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


def as_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def edited(actor: Actor, id: str, change: Callable[[dict[str, str]], None]) -> bytes:
    """Take a list along as CSV, change every line by its Dutch headers, and give the sheet."""
    rows = rows_of(services.export(actor=actor, register=reg(id), kind="csv"))
    made = []
    for row in rows[1:]:
        line = dict(zip(rows[0], row, strict=True))
        change(line)
        made.append(list(line.values()))
    return as_csv([rows[0], *made])


def looked_at(actor: Actor, id: str, content: bytes) -> tuple[Transfer, list[comparing.Entry]]:
    made = services.keep(actor=actor, register=reg(id), name="lijst.csv", chunks=[content])
    return made, services.preview(actor=actor, transfer=made)


def kinds(entries: list[comparing.Entry]) -> list[str]:
    return [entry.kind for entry in entries]


def header(id: str, key: str) -> str:
    return str(next(one.label for one in reg(id).columns if one.key == key))


def test_what_comes_back_as_it_left_changes_nothing(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        objects.make(actor)
        for id, kind in product(IN_USE, KINDS):
            content = services.export(actor=actor, register=reg(id), kind=kind)
            _made, entries = looked_at(actor, id, content)
            assert set(kinds(entries)) == {"unchanged"}, (id, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_look_like_formulas_numbers_and_dates_return_unchanged(
    kind: str, alice: User, acting: Acting
) -> None:
    with acting(alice) as actor:
        for text in NASTY:
            actions.open_action(actor=actor, title=f"Actie {text}"[:60], description=text)
            actions.open_action(actor=actor, title=text.strip() or "x", responsible=text)
        content = services.export(actor=actor, register=reg("actions"), kind=kind)
        _made, entries = looked_at(actor, "actions", content)
    assert {(one.kind, one.reason) for one in entries} == {("unchanged", "")}
    assert len(entries) == 2 * len(NASTY)


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_that_leaves_is_a_formula(kind: str, alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="=HYPERLINK(1)", description="@SUM(1)")
        content = services.export(actor=actor, register=reg("actions"), kind=kind)
    if kind == "csv":
        assert not any(cell.startswith(("=", "@")) for row in rows_of(content) for cell in row)
    elif kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    else:
        assert "table:formula" not in Document(io.BytesIO(content)).body.serialize()


def test_a_changed_line_is_shown_field_by_field_and_then_written_by_its_room(
    alice: User, acting: Acting
) -> None:
    def change(line: dict[str, str]) -> None:
        line[header("actions", "title")] = "Nieuwe titel"
        line[header("actions", "due_on")] = "31-12-2026"
        line[header("actions", "cost")] = "€ 1.250,50"
        line[header("actions", "owner")] = "bob@dijkerveen.example"

    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Oude titel")
        transfer, entries = looked_at(actor, "actions", edited(actor, "actions", change))
        (entry,) = entries
        assert entry.kind == "changed"
        told = {one.label: (one.here, one.there) for one in entry.differences}
        assert told[header("actions", "title")] == ("Oude titel", "Nieuwe titel")
        action.refresh_from_db()
        assert action.title == "Oude titel"
        outcome = carried_out(actor, transfer)
        action.refresh_from_db()
    assert outcome["counts"] == {"changed": 1}
    assert (action.title, action.due_on) == ("Nieuwe titel", date(2026, 12, 31))
    assert action.cost == Decimal("1250.50")
    assert action.owner is not None
    assert action.owner.email == "bob@dijkerveen.example"


def carried_out(actor: Actor, transfer: Transfer, take: Iterable[str] = ()) -> dict[str, Any]:
    services.start(actor=actor, transfer=transfer, take=list(take))
    return services.carry_out(transfer)


def test_two_people_editing_one_line_choose_per_line(alice: User, acting: Acting) -> None:
    def change(line: dict[str, str]) -> None:
        line[header("actions", "title")] += " uit het blad"

    with acting(alice) as actor:
        first, second = (actions.open_action(actor=actor, title=title) for title in ("A", "B"))
        sheet = edited(actor, "actions", change)
        for action in (first, second):
            actions.change(actor=actor, action=action, title=f"{action.title} hier")
        transfer, entries = looked_at(actor, "actions", sheet)
        assert kinds(entries) == ["conflict", "conflict"]
        difference = entries[0].differences[0]
        assert (difference.here, difference.there) == ("A hier", "A uit het blad")
        outcome = carried_out(actor, transfer, take=[str(second.pk)])
        titles = set(Action.objects.values_list("title", flat=True))
    assert outcome["counts"] == {"kept": 1, "conflict": 1}
    assert titles == {"A hier", "B uit het blad"}


def test_a_line_that_was_not_edited_does_not_undo_what_changed_here(
    alice: User, acting: Acting
) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="A")
        sheet = services.export(actor=actor, register=reg("actions"), kind="csv")
        actions.change(actor=actor, action=action, title="A hier")
        transfer, entries = looked_at(actor, "actions", sheet)
        assert kinds(entries) == ["unchanged"]
        carried_out(actor, transfer)
        action.refresh_from_db()
    assert action.title == "A hier"


def test_a_new_line_is_made_and_a_missing_one_stays(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="Blijft")
        head = rows_of(services.export(actor=actor, register=reg("actions"), kind="csv"))[0]
        title = head.index(header("actions", "title"))
        row = ["" if place != title else "Nieuw" for place in range(len(head))]
        transfer, entries = looked_at(actor, "actions", as_csv([head, row]))
        assert kinds(entries) == ["new"]
        assert Action.objects.count() == 1
        carried_out(actor, transfer)
        assert set(Action.objects.values_list("title", flat=True)) == {"Blijft", "Nieuw"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_on", "31 november 2026"),
        ("due_on", "morgen"),
        ("cost", "veel"),
        ("cost", "NaN"),
        ("priority", "superhoog"),
        ("owner", "charlie@waterhoek.example"),
        ("id", "999999999"),
        ("id", "1; DROP TABLE"),
        ("title", "=1+1"),
    ],
)
def test_a_wrong_line_is_refused_with_its_line_and_reason_and_the_others_are_written(
    column: str, value: str, alice: User, acting: Acting
) -> None:
    with acting(alice) as actor:
        wrong, right = (actions.open_action(actor=actor, title=title) for title in ("A", "B"))

        def change(line: dict[str, str]) -> None:
            name = "id" if column == "id" else header("actions", column)
            if line["id"] == str(right.pk):
                line[header("actions", "title")] = "B2"
            else:
                line[name] = value

        transfer, entries = looked_at(actor, "actions", edited(actor, "actions", change))
        assert kinds(entries) == ["refused", "changed"]
        assert entries[0].number == 2
        assert entries[0].reason
        outcome = carried_out(actor, transfer)
        assert outcome["counts"] == {"refused": 1, "changed": 1}
        assert outcome["refused"][0]["line"] == 2
        wrong.refresh_from_db()
        right.refresh_from_db()
    assert (wrong.title, right.title) == ("A", "B2")


def test_the_same_id_twice_is_refused(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="A")
        head, row = rows_of(services.export(actor=actor, register=reg("actions"), kind="csv"))
        other = [cell.replace("A", "B") if cell == "A" else cell for cell in row]
        third = [cell.replace("A", "C") if cell == "A" else cell for cell in row]
        _made, entries = looked_at(actor, "actions", as_csv([head, other, third]))
    assert kinds(entries) == ["refused", "refused"]


def test_a_sheet_of_another_list_or_no_sheet_is_refused(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        for content in (b"a,b\n1,2\n", b"", b"PK\x03\x04nee", b"\xd0\xcf\x11\xe0oud"):
            with pytest.raises(Refused):
                looked_at(actor, "actions", content)


def test_a_row_of_another_organisation_cannot_be_reached(
    alice: User, charlie: User, acting: Acting
) -> None:
    with acting(charlie) as actor:
        theirs = actions.open_action(actor=actor, title="Van Waterhoek")
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="Van ons")

        def change(line: dict[str, str]) -> None:
            line["id"], line[header("actions", "title")] = str(theirs.pk), "Gekaapt"

        _made, entries = looked_at(actor, "actions", edited(actor, "actions", change))
        assert kinds(entries) == ["refused"]
    with acting(charlie):
        theirs.refresh_from_db()
        assert theirs.title == "Van Waterhoek"


def test_a_judgement_that_comes_back_supersedes_the_old_one_and_keeps_its_documents(
    alice: User, acting: Acting
) -> None:
    def change(line: dict[str, str]) -> None:
        line[header("judgements", "verdict")] = "not_met"
        line[header("judgements", "reason")] = "Toch niet op orde."

    with acting(alice) as actor:
        objects.make_judgements(actor, 1)
        before = Judgement.objects.get(superseded_at=None)
        transfer, entries = looked_at(actor, "judgements", edited(actor, "judgements", change))
        assert kinds(entries) == ["changed"]
        carried_out(actor, transfer)
        now = Judgement.objects.get(superseded_at=None)
    assert now.pk != before.pk
    assert (now.verdict, now.reason) == ("not_met", "Toch niet op orde.")
    assert now.valid_until == before.valid_until
    assert now.judged_by == alice


def test_who_may_not_judge_cannot_do_it_by_a_sheet(alice: User, erik: User, acting: Acting) -> None:
    def change(line: dict[str, str]) -> None:
        line[header("judgements", "reason")] = "Volgens mij is het anders."

    with acting(alice) as actor:
        objects.make_judgements(actor, 1)
    with acting(erik) as actor:
        _made, entries = looked_at(actor, "judgements", edited(actor, "judgements", change))
    assert kinds(entries) == ["refused"]


def test_a_new_judgement_by_number(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        head = rows_of(services.export(actor=actor, register=reg("judgements"), kind="csv"))[0]
        requirement = objects.leaf(3)
        values = {
            "requirement": requirement.ref, "layer": "opzet", "line": "owner", "verdict": "met",
            "reason": "Vastgesteld door het college.",
        }  # fmt: skip
        places = {header("judgements", key): value for key, value in values.items()}
        transfer, entries = looked_at(
            actor, "judgements", as_csv([head, [places.get(name, "") for name in head]])
        )
        assert [(one.kind, one.reason) for one in entries] == [("new", "")]
        carried_out(actor, transfer)
        assert Judgement.objects.get(superseded_at=None).requirement == requirement


def test_applicability_domains_and_deviations_come_back_through_their_services(
    alice: User, acting: Acting
) -> None:
    with acting(alice) as actor:
        objects.make_judgements(actor, 1)
        objects.make_domains(actor, 1)
        ref = objects.leaf(5).ref

        def out(line: dict[str, str]) -> None:
            if line[header("applicability", "ref")] == ref:
                line[header("applicability", "applicable")] = "nee"
                line[header("applicability", "reason")] = "Wij hebben dit niet in huis."

        def host(line: dict[str, str]) -> None:
            line[header("domains", "responsible")] = "Zuiderhost"

        def end(line: dict[str, str]) -> None:
            line[header("deviations", "ended")] = "ja"

        for id, change in (("applicability", out), ("domains", host), ("deviations", end)):
            transfer, entries = looked_at(actor, id, edited(actor, id, change))
            assert "changed" in kinds(entries), [(one.kind, one.reason) for one in entries]
            carried_out(actor, transfer)
        row = Applicability.objects.get(requirement__ref=ref, valid_until=None)
        assert (row.applicable, row.approved_at, row.decided_by) == (False, None, alice)
        hosts = Domain.objects.exclude(state="removed").values_list("responsible", flat=True)
        assert set(hosts) == {"Zuiderhost"}
        assert not Deviation.objects.filter(ended_at=None).exists()


def test_people_are_for_reading_only(alice: User, acting: Acting) -> None:
    def change(line: dict[str, str]) -> None:
        line[header("people", "role")] = "administrator"

    with acting(alice) as actor:
        _made, entries = looked_at(actor, "people", edited(actor, "people", change))
    assert set(kinds(entries)) == {"unchanged"}


def test_a_reader_takes_nothing_along(bob: User, acting: Acting) -> None:
    with acting(bob) as actor, pytest.raises(Forbidden):
        services.export(actor=actor, register=reg("actions"), kind="csv")


def test_a_sheet_is_carried_out_once(alice: User, acting: Acting) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="A")
        sheet = services.export(actor=actor, register=reg("actions"), kind="csv")
        transfer, _entries = looked_at(actor, "actions", sheet)
        carried_out(actor, transfer)
        with pytest.raises(Refused):
            services.start(actor=actor, transfer=transfer, take=[])


DAY = Column("day", "dag", "date", editable=True)


@pytest.mark.parametrize(
    "text",
    ["2026-03-05", "2026-03-05 00:00:00", "5-3-2026", "05/03/2026", "5 maart 2026", "5.3.2026"],
)
def test_dates_in_every_usual_notation(text: str) -> None:
    assert cells.read(DAY, text, number=False, day_zero=date(1899, 12, 30)) == date(2026, 3, 5)


def test_a_date_as_a_number_of_days() -> None:
    found = cells.read(DAY, "46086", number=True, day_zero=date(1899, 12, 30))
    assert found == date(1899, 12, 30) + timedelta(days=46086) == date(2026, 3, 5)


def test_five_thousand_lines_are_compared_in_time() -> None:
    columns = (Column("name", "naam", editable=True), DAY)
    lines = [
        Line(str(n), f"regel {n}", {"name": f"naam {n}", "day": date(2026, 1, 1)})
        for n in range(5000)
    ]
    made = Register("proef", "proef", "x", columns, lambda _id: lines)
    content = comparing.written(made, 1, "xlsx")
    began = clock.now()
    entries = comparing.compared(made, 1, content)
    assert len(entries) == 5000
    assert set(kinds(entries)) == {"unchanged"}
    assert clock.now() - began < timedelta(seconds=5)
