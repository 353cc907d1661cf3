# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be handed over: higher rooms register their kinds in `apps.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dijkring.sharing.models import Handover

Words = Promise | str
Handler = Callable[..., None]
Rows = Callable[[dict[str, Any]], Sequence[tuple[Words, Any]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of handover: its words, who may send it, and what the receiver does with it.

    The handler gets `actor` (Dijkring for the receiver) and `handover`; `answering` is the right
    to accept or decline it there. `title` and `rows` show a payload to both sides: one line, and
    labels with values.
    """

    id: str
    label: Words
    right: str
    handler: Handler
    answering: str
    title: Callable[[dict[str, Any]], str]
    rows: Rows


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Register a kind; a second one with the same id takes its place."""
    _kinds[kind.id] = kind


def find(id: str) -> Kind | None:
    """Return a kind, or None when no room knows it."""
    return _kinds.get(id)


def get(id: str) -> Kind:
    """Return a kind; KeyError when no room knows it."""
    return _kinds[id]


def words_of(handover: Handover) -> str:
    """Say in one line what was handed over; the kind itself when no room knows it any more."""
    known = _kinds.get(handover.kind)
    return f"{known.label}: {known.title(handover.payload)}" if known else handover.kind
