# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists that can leave as a sheet and come back: each room declares its own in `registers.py`.

A register says what its columns are, how its lines are read, and by which service a line that was
edited outside is written. Nothing is ever written past that service.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from dijkring.core.access import Actor

Kind = Literal["text", "date", "number", "yesno", "choice", "person"]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its values are, and whether what is changed outside is taken over.

    `choices` are pairs of a key and its words. The value of a person is an e-mail address. A column
    with `adding` is read when a line is new and fixed from then on.
    """

    key: str
    label: Promise | str
    kind: Kind = "text"
    editable: bool = False
    adding: bool = False
    choices: Collection[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands now: its id, how people call it, and a value per column."""

    id: str
    title: str
    values: Values


@dataclass(frozen=True, slots=True)
class Register:
    """One list. `change` and `add` raise Refused, in words, for what may not be.

    `change(actor, id, values, changed)` gets all editable values and which of them are new;
    `add(actor, values)` those of a new line. Without them nothing comes back. What comes back of a
    `whole` list is written whole or not at all.
    """

    id: str
    label: Promise | str
    right: str
    columns: tuple[Column, ...]
    lines: Callable[[int], Iterable[Line]]
    change: Callable[[Actor, str, Values, frozenset[str]], None] | None = None
    add: Callable[[Actor, Values], None] | None = None
    order: int = field(default=100)
    whole: bool = False

    @property
    def editable(self) -> tuple[Column, ...]:
        """The columns that are taken over when they are changed."""
        return tuple(column for column in self.columns if column.editable)

    @property
    def comes_back(self) -> bool:
        """Whether an edited sheet changes anything."""
        return self.change is not None or self.add is not None


_registers: dict[str, Register] = {}


def register(one: Register) -> None:
    """Add a register; a room calls it in its `registers.py`."""
    _registers[one.id] = one


def registers() -> list[Register]:
    """Return all registers, in their order."""
    return sorted(_registers.values(), key=lambda one: (one.order, one.id))


def get(id: str) -> Register | None:
    """Return a register, or None."""
    return _registers.get(id)
