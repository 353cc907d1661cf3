# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values that go to the database as an array come back as they were."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import models

from dijkring.core.rows import array, fetch, id_of


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
