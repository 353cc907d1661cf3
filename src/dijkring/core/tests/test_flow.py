# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from dijkring.core.errors import Refused
from dijkring.core.flow import Flow, Move

FLOW = Flow(
    "state",
    (
        Move("open", "done", "x.close", "Finish"),
        Move("open", "off", "x.close", "Call off"),
        Move("done", "open", "x.edit", "Open again"),
    ),
)


def test_moves_from_a_state_are_its_buttons() -> None:
    assert [move.label for move in FLOW.moves_from("open")] == ["Finish", "Call off"]
    assert FLOW.moves_from("off") == []


def test_a_move_names_its_right() -> None:
    assert FLOW.move("done", "open").right == "x.edit"


@pytest.mark.parametrize("after", ["open", "nowhere"])
def test_another_move_is_refused_in_words(after: str) -> None:
    with pytest.raises(Refused) as refused:
        FLOW.move("off", after)
    assert after in refused.value.message


def test_the_database_gets_the_same_table() -> None:
    assert FLOW.trigger("moves").transitions == [
        ("done", "open"),
        ("open", "done"),
        ("open", "off"),
    ]
