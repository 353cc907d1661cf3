# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of lists: the columns that decide, each able to leave as a value in an export."""

import inspect
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain, repeat
from typing import Any, ClassVar, Literal

import django_tables2
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.utils import A

from dijkring.ui import dutch, states, words
from dijkring.ui.links import link

Kind = Literal["text", "number", "date", "datetime", "percentage"]
Address = Callable[[Any], str]
ROW_HEAD = '<th scope="row" {}>', "</th>"
CELL = "<td {}>", "</td>"
ANYTHING = inspect.Signature([inspect.Parameter("given", inspect.Parameter.VAR_KEYWORD)])


class Table(django_tables2.Table):  # type: ignore[misc]  # the library has no types
    """A table in our look; declare columns and, in `Meta`, what django-tables2 offers."""

    def __init__(self, *args: Any, request: HttpRequest | None = None, **options: Any) -> None:
        options.setdefault("template_name", "ui/table.html")
        options.setdefault("attrs", {"class": "utrecht-table table"})
        super().__init__(*args, request=request, **options)
        for column in self.columns.all():
            column.render = _asked_once(column.render)
            column.value = _asked_once(column.value)

    def cells(self, row: Any) -> SafeString:
        """Draw the cells of a row; the first one heads it."""
        drawn = [
            begin + conditional_escape(_cell(row, one)) + end for one, begin, end in self._frames
        ]
        return mark_safe("".join(drawn))  # noqa: S308 -- the frames are ours, the rest is escaped

    @cached_property
    def _frames(self) -> list[tuple[Any, str, str]]:
        """What stands around the cells of each column, which is equal in every row."""
        shapes = chain([ROW_HEAD], repeat(CELL))
        return [
            (column, format_html(begin, column.attrs["td"].as_html()), end)
            for column, (begin, end) in zip(self.columns, shapes, strict=False)
        ]


def _cell(row: Any, column: Any) -> Any:
    """Draw a cell as `row.get_cell` does, which looks up column and signature at each of them."""

    def draw(column: Any, value: Any = None) -> Any:
        return column.render(**row._optional_cell_arguments(column, value))

    return row._get_and_render_with(column, render_func=draw, default=column.default)


def _asked_once(render: Callable[..., Any]) -> Callable[..., Any]:
    """Give what draws a cell another signature: the library would look it up at each cell."""
    wanted = inspect.signature(render).parameters

    def draw(**given: Any) -> Any:
        return render(**{name: given[name] for name in wanted})

    draw.__signature__ = ANYTHING  # type: ignore[attr-defined]
    return draw


class Column(django_tables2.Column):  # type: ignore[misc]  # the library has no types
    """Words. `kind` says what an export makes of the value."""

    kind: ClassVar[Kind] = "text"

    def render(self, value: Any) -> Any:
        return words.said(words.shown(value))

    def value(self, value: Any) -> Any:
        """Return the value for an export: words as text, other kinds as they are."""
        return value if self.kind != "text" or value is None else str(value)


class NumberColumn(Column):
    """A number, to the right."""

    kind = "number"

    def __init__(self, **options: Any) -> None:
        options.setdefault("attrs", {"td": {"class": "is-number"}, "th": {"class": "is-number"}})
        super().__init__(**options)

    def render(self, value: Any) -> Any:
        is_number = isinstance(value, int | float | Decimal)
        return words.quantity_words(value) if is_number else super().render(value)


class LinkColumn(Column):
    """Words that lead to the page `url_name` of the row; `args` are accessors on the record.

    The first column of a table is usually one: it is drawn as the header of its row.
    """

    def __init__(self, url_name: str, *, args: Sequence[str] = ("pk",), **options: Any) -> None:
        super().__init__(**options)
        self.url_name = url_name
        self.args = [A(arg) for arg in args]

    # The library passes what the signature asks for.
    def render(self, value: Any, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        address = link(table.request, self.url_name, *(arg.resolve(record) for arg in self.args))
        return format_html('<a href="{}">{}</a>', address, words.said(words.shown(value)))


class DateColumn(Column):
    """A date in words, or a moment with its time in Amsterdam."""

    kind: ClassVar[Kind] = "date"

    def render(self, value: Any) -> Any:
        return words.time_tag(value)


class MomentColumn(DateColumn):
    """A date with its time in Amsterdam."""

    kind = "datetime"


class DayColumn(DateColumn):
    """The day in Amsterdam of a moment, where the hour says nothing."""

    def render(self, value: Any) -> Any:
        return words.time_tag(self.value(value))

    def value(self, value: Any) -> Any:
        """Return the day."""
        return dutch.local(value).date() if isinstance(value, datetime) else value


class DeadlineColumn(DateColumn):
    """A date with what is left beside it; what is late says so in words."""

    def render(self, value: Any) -> Any:
        return words.deadline_tag(value)


class StateColumn(Column):
    """A state as a word with its icon; `note` is an accessor on the record for words behind it."""

    def __init__(self, *, note: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.note = A(note) if note else None

    def render(  # type: ignore[override]
        self, value: Any, record: Any, bound_column: Any = None
    ) -> SafeString:
        note = self.note.resolve(record, quiet=True) if self.note else ""
        return states.badge(_key(value, record, bound_column), note=str(note or ""))

    def value(self, value: Any, record: Any = None, bound_column: Any = None) -> str:
        """Return the word of the state."""
        return str(states.state_of(_key(value, record, bound_column)).word)


class LookColumn(Column):
    """A state that follows from the whole row: `look` gives how the record stands."""

    def __init__(self, look: Callable[[Any], states.State], **options: Any) -> None:
        super().__init__(accessor="pk", **options)
        self.look = look

    def render(self, record: Any) -> SafeString:
        return states.badge(self.look(record))

    def value(self, record: Any) -> str:
        """Return the word of the state."""
        return str(self.look(record).word)


def _key(value: Any, record: Any, bound_column: Any) -> Any:
    """Return the state itself: of a field with choices the library passes the words instead."""
    if bound_column is None or not isinstance(record, Model):
        return value
    return bound_column.accessor.resolve(record)


class PersonColumn(Column):
    """The name of a person, or that there is nobody yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"empty_values": (), **options})

    def render(self, value: Any) -> str:
        return words.person_words(value)

    def value(self, value: Any) -> str:
        """Return the name."""
        return "" if value is None else words.person_words(value)


class PercentageColumn(Column):
    """A share that never stands without its counts: the value is a pair (count, total)."""

    kind = "percentage"

    def render(self, value: tuple[int, int]) -> str:
        return words.share_words(*value)

    def value(self, value: tuple[int, int]) -> float | None:
        """Return the share between 0 and 1; None of nothing."""
        count, total = value
        return count / total if total else None
