# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Allowed moves per model: one small table that buttons, services and the database share."""

from dataclasses import dataclass

import pgtrigger
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dijkring.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state, the right it needs and the word on its button."""

    before: str
    after: str
    right: str
    label: Promise | str


@dataclass(frozen=True, slots=True)
class Flow:
    """The moves of one field of one model."""

    field: str
    moves: tuple[Move, ...]

    def trigger(self, name: str) -> pgtrigger.FSM:
        """Return the trigger by which the database refuses every other move."""
        pairs = sorted({(move.before, move.after) for move in self.moves})
        return pgtrigger.FSM(name=name, field=self.field, transitions=pairs)

    def moves_from(self, state: str) -> list[Move]:
        """Return the moves that are open from a state."""
        return [move for move in self.moves if move.before == state]

    def move(self, before: str, after: str) -> Move:
        """Return the move between two states; raise Refused when there is none."""
        for move in self.moves:
            if (move.before, move.after) == (before, after):
                return move
        raise Refused(
            _("This step is not possible now: %(before)s to %(after)s.")
            % {"before": before, "after": after}
        )
