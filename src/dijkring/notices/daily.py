# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is looked up once a day for one person, just before the e-mail: what is due, what moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dijkring.core.access import Actor


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice that is not made yet; the same key is told to somebody once."""

    kind: str
    values: dict[str, Any]
    url_name: str
    url_args: tuple[Any, ...] = ()
    key: str = field(default="", kw_only=True)


Find = Callable[[Actor, datetime], list[Draft]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """Let a room find notices for a person: `find(actor, since)`, a fixed number of queries.

    It is called while acting for the organisation of the actor; `since` is the digest before.
    """
    if find not in _finders:
        _finders.append(find)


def drafts(actor: Actor, since: datetime) -> list[Draft]:
    """Return what all rooms have found for a person."""
    return [draft for find in _finders for draft in find(actor, since)]
