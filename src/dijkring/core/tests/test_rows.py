# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values come back from the database as they went, also when several questions go together."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from dijkring.core.rows import array, fetch, fetch_together, id_of, in_one_turn, upsert


class Size(models.TextChoices):
    SMALL = 'small, "x"'


def test_values_that_are_written_as_an_array_come_back_as_they_were(db: None) -> None:
    east = timezone(timedelta(hours=2))
    cases: dict[str, list[Any]] = {
        "text": ["", "NULL", "null", None, 'a "b" \\ {c,d}', "é\n\t'", "\\x00", Size.SMALL],
        "bytea": [b"", b'\x00\xff"\\', None],
        "timestamptz": [datetime(2026, 1, 2, 3, 4, 5, 6, east), datetime(1, 1, 1, tzinfo=UTC)],
        "interval": [timedelta(0), -timedelta(seconds=1), timedelta(36, 5, 7), None],
        "boolean": [True, False, None],
        "bigint": [0, -(2**62), True + 1],
        "float8": [0.1, -1e300],
        "date": [date(2026, 11, 22), None],
    }
    for kind, values in cases.items():
        rows = fetch(f"SELECT unnest(%s::{kind}[])", [array(values)])
        assert [one for (one,) in rows] == values, kind
    with pytest.raises(TypeError, match="object"):
        array([object()])


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "²", "٣", "9" * 19, "9" * 5000, "x"])
def test_what_cannot_be_an_id_is_none(text: str) -> None:
    assert id_of(text) is None


@pytest.mark.parametrize("text", ["7", "9" * 18])
def test_an_id_is_read(text: str) -> None:
    assert id_of(text) == int(text)


TABLE = "CREATE TEMPORARY TABLE heights (place bigint UNIQUE, metres float8) ON COMMIT DROP"
TYPES = {"place": "bigint", "metres": "float8"}


@pytest.fixture
def heights(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def test_what_is_asked_together_comes_back_apart_and_in_order(heights: None) -> None:
    with in_one_turn():
        upsert("heights", TYPES, [(1, 0.5), (2, None)])
        upsert("heights", TYPES, [(2, 2.5)], ["place"])
        assert fetch("SELECT metres FROM heights ORDER BY place") == [(0.5,), (2.5,)]
        upsert("heights", TYPES, [(3, -6.0)])
    places, at = "SELECT place FROM heights ORDER BY place", datetime(2026, 11, 23, tzinfo=UTC)
    found = fetch_together(
        (places, ()), ("SELECT %(at)s::timestamptz, %(of)s::jsonb", {"at": at, "of": "[7]"})
    )
    assert found == [[(1,), (2,), (3,)], [(at, [7])]]


def test_one_turn_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        fetch_together(("SELECT 1", ()))


def write(*places: int) -> None:
    with transaction.atomic(), in_one_turn():
        for place in places:
            upsert("heights", TYPES, [(place, 0.5)])


def test_what_fails_in_a_turn_is_told_as_django_does_and_leaves_nothing(heights: None) -> None:
    upsert("heights", TYPES, [(1, 0.5)])
    with pytest.raises(IntegrityError):
        write(2, 1, 3)
    with pytest.raises(DataError), transaction.atomic():
        fetch_together(("SELECT 1", ()), ("SELECT 1 / 0", ()), ("SELECT 2", ()))
    assert fetch("SELECT place FROM heights") == [(1,)]
