# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta

import pytest

from dijkring.core import due
from dijkring.core.due import DueItem


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_kinds", {})


def item(at: date, title: str = "x") -> DueItem:
    return DueItem(at, title, "actions:action", (1,), "action")


def anything(_right: str) -> bool:
    return True


NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)


def test_a_day_is_due_when_it_ends_in_the_netherlands() -> None:
    assert item(date(2026, 7, 1)).moment.astimezone(UTC).hour == 21
    assert item(date(2026, 12, 1)).moment.astimezone(UTC).hour == 22


def test_a_moment_belongs_to_the_day_of_the_netherlands() -> None:
    assert item(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).day == date(2026, 7, 2)


def test_items_of_all_rooms_are_one_list_by_date() -> None:
    days = [item(date(2026, 11, 23), "b"), item(date(2026, 11, 21), "late")]
    moments = [item(NOON, "a"), item(NOON + timedelta(days=9), "after")]
    due.register("days", "Days", lambda _organisation, _until: days)
    due.register("moments", "Moments", lambda _organisation, _until: moments)
    found = due.items(1, NOON + timedelta(days=3), anything)
    assert [one.title for one in found] == ["late", "a", "b"]


def test_a_room_gets_the_organisation_and_the_moment() -> None:
    asked: list[tuple[int, datetime]] = []

    def find(organisation_id: int, until: datetime) -> list[DueItem]:
        asked.append((organisation_id, until))
        return []

    due.register("x", "X", find)
    assert due.items(7, NOON, anything) == []
    assert asked == [(7, NOON)]


def test_who_lacks_the_right_is_not_told() -> None:
    due.register("seal", "Seal", lambda _organisation, _until: [item(NOON)], "identity.view")
    assert due.items(1, NOON + timedelta(days=1), lambda right: right != "identity.view") == []
    assert len(due.items(1, NOON + timedelta(days=1), anything)) == 1


def test_a_kind_has_words_and_belongs_to_one_room() -> None:
    def find(_organisation_id: int, _until: datetime) -> list[DueItem]:
        return []

    due.register("action", "Action", find)
    due.register("action", "Action", find)
    assert due.kinds() == [("action", "Action")]
    assert item(NOON).label == "Action"
    with pytest.raises(ValueError, match="twice"):
        due.register("action", "Action", lambda _organisation, _until: [])
