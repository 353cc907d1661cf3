# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves an organisation: every room ends or hands over what it holds of that person."""

from collections.abc import Callable
from dataclasses import dataclass

from dijkring.core.access import Actor


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves, by whose act, and who takes over what the person owned (None: nobody)."""

    actor: Actor
    user_id: int
    successor_id: int | None = None

    @property
    def organisation_id(self) -> int:
        """The organisation that is left; other organisations of the person are not touched."""
        return self.actor.organisation_id


Part = Callable[[Leaving], list[str]]
_parts: list[Part] = []


def register(part: Part) -> None:
    """Let a room do its part; it returns, in words, what it ended or handed over.

    Called in `apps.py`. The part runs inside the transaction that ends the access, and acts for
    the organisation that is left; it touches nothing of other organisations.
    """
    if part not in _parts:
        _parts.append(part)


def carry_out(leaving: Leaving) -> list[str]:
    """Let every room do its part and return what was done."""
    return [line for part in _parts for line in part(leaving)]
