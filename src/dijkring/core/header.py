# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame of every page: rooms hang parts in it in `apps.py`, a page shows what the role may see.

A part is a small template with a function that gives its context. The frame has these places:
`head` (in <head>: a style sheet), `brand` (instead of our own mark), `tools` (the bar above the
page: search, notices), `menu` (lines `<li>` in the menu of the person), `top` (above the content:
what everybody must know now), `list` (above the filters of a list), `form` (above a form) and
`foot` (under the page).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

PLACES = ("head", "brand", "tools", "menu", "top", "list", "form", "foot")
ContextOf = Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the frame; `context` returns None where there is nothing to show."""

    template: str
    context: ContextOf
    right: str
    place: str
    order: int


_parts: list[Part] = []


def add(
    template: str, context: ContextOf, right: str, *, place: str = "tools", order: int = 50
) -> None:
    """Hang a part in the frame of every page, the lowest order first.

    The context function gets the request and may read the database of its organisation: one quick
    query at most. With a right the part stands on pages inside an organisation only; with an empty
    right on all pages, also without login, where the request has no organisation.
    """
    if place not in PLACES:
        raise ValueError(f"unknown place {place}")
    part = Part(template, context, right, place, order)
    if part not in _parts:
        _parts.append(part)


def parts(request: HttpRequest) -> dict[str, list[Part]]:
    """Return the parts per place that the person may see; outside the door those for everybody."""
    can = getattr(request, "can", None) if getattr(request, "inside", False) else None
    shown = [part for part in _parts if not part.right or (can and can(part.right))]
    shown.sort(key=lambda part: part.order)
    return {place: [part for part in shown if part.place == place] for place in PLACES}
