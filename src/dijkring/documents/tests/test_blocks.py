# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from dijkring.documents.blocks import Heading, Table
from dijkring.documents.tests.samples import full
from dijkring.documents.text import clean, one_line


def test_a_document_needs_a_title() -> None:
    with pytest.raises(ValueError, match="title"):
        replace(full(), title=" ")


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 4), (0,), (1, 2, 3, 4, 5)])
def test_headings_may_not_skip_a_level(levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="level"):
        replace(full(), blocks=tuple(Heading(level, "x") for level in levels))


def test_headings_may_go_back_any_number_of_levels() -> None:
    levels = (1, 2, 3, 4, 1, 2)
    blocks = tuple(Heading(level, "x") for level in levels)
    assert len(replace(full(), blocks=blocks).blocks) == len(levels)


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cell"):
        Table("x", ("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="cell"):
        Table("x", ("a", "b"), (), ("left",))


def test_clean_text_keeps_lines_and_loses_controls() -> None:
    assert clean("a\r\nb\rc\td\x00\x1b\x7f\x85\ud800\ufffe\U0010ffff\u202ee") == "a\nb\nc de"
    assert one_line("  a\n\n b\t") == "a b"
    assert clean("é 漢 \U0001f600 שלום") == "é 漢 \U0001f600 שלום"
