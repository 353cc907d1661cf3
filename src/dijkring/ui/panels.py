# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Panels of a detail page, and the slots in which higher rooms hang theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django_tables2 import RequestConfig

from dijkring.ui import tables

Words = str | Promise


class Panel(Protocol):
    """Anything that can draw itself on a page."""

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the panel."""


def _draw(name: str, request: HttpRequest, panel: object, **more: Any) -> SafeString:
    context = {"panel": panel, "request": request, **more}
    return render_to_string(f"ui/panels/{name}.html", context)


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and a value; dates become words, nothing becomes a dash."""

    title: Words
    rows: Sequence[tuple[Words, Any]]

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the pairs as a description list."""
        return _draw("facts", request, self)


@dataclass(frozen=True, slots=True)
class RelatedTable:
    """What hangs on the object, as a table without paging; `more` leads to the whole list."""

    title: Words
    table: tables.Table
    empty: Words = ""
    more: str = ""

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the table, or the words for an empty one."""
        RequestConfig(request, paginate=False).configure(self.table)
        return _draw("related_table", request, self)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline: when, who, what, and why if a reason was given."""

    when: date
    what: Words
    who: Any = ""
    why: Words = ""
    url: str = ""
    state: Any = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who did what, when and why; the newest first."""

    title: Words
    moments: Sequence[Moment]
    empty: Words = ""

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the moments as an ordered list."""
        return _draw("timeline", request, self)


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """A chart of `ui.charts` with its table and, if given, a sentence that explains it."""

    title: Words
    chart: Any
    explanation: Words = ""

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the chart with its data table."""
        return _draw("chart", request, self)


@dataclass(frozen=True, slots=True)
class Markup:
    """A panel of a room's own template, which gets `context` besides what every page knows."""

    title: Words
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)

    def render(self, request: HttpRequest) -> SafeString:
        """Draw the room's template inside a panel."""
        body = render_to_string(self.template, dict(self.context), request)
        return _draw("markup", request, self, body=body)


@dataclass(frozen=True, slots=True)
class Part:
    """Panels of a long page that belong together, as one of its parts.

    The page shows one part at a time, on paper all of them. `id` stands in the address after the
    number sign, so it is the same in every language.
    """

    id: str
    title: Words
    panels: Sequence[Panel]


def draw_parts(request: HttpRequest, parts: Iterable[Part]) -> SafeString:
    """Draw the parts that hold something, under a menu that leads to each."""
    drawn = [
        {"id": one.id, "title": one.title, "panels": [each.render(request) for each in one.panels]}
        for one in parts
        if one.panels
    ]
    return render_to_string("ui/panels/parts.html", {"parts": drawn, "request": request})


Factory = Callable[[HttpRequest, Any], Iterable[Panel]]
_slots: dict[str, list[Factory]] = {}


def extend(slot: str, factory: Factory) -> None:
    """Hang panels in a slot of a lower room; called in the `apps.py` of the higher one.

    The factory gets the request and the object of the page, and returns none, one or more panels.
    """
    factories = _slots.setdefault(slot, [])
    if factory not in factories:
        factories.append(factory)


def for_slot(slot: str, request: HttpRequest, object: Any) -> list[Panel]:
    """Return the panels that rooms have hung in a slot, in the order of registration."""
    return [panel for factory in _slots.get(slot, []) for panel in factory(request, object)]
