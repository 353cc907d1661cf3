# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people can be told: rooms register their kinds of notice with their words in `apps.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from dijkring.ui import words

if TYPE_CHECKING:
    from dijkring.notices.models import Notice

Words = str | Promise
Still = Callable[["Notice"], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its label and its words, with the values of the notice in them.

    `still` tells whether there is any use left in a mail that comes late.
    """

    id: str
    label: Words
    words: Words
    still: Still | None = None


_kinds: dict[str, Kind] = {}


def register(id: str, label: Words, words: Words, still: Still | None = None) -> None:
    """Register a kind; the words name values as `%(title)s`.

    A value whose name ends in `_on` is a day as yyyy-mm-dd and is shown in words.
    """
    _kinds[id] = Kind(id, label, words, still)


def get(id: str) -> Kind:
    """Return a kind; KeyError for one that no room has registered."""
    return _kinds[id]


def matters(notice: "Notice") -> bool:
    """Tell whether a notice that could not be mailed in time is worth a mail still."""
    kind = _kinds.get(notice.kind)
    return notice.read_at is None and (kind is None or kind.still is None or kind.still(notice))


def label(id: str) -> str:
    """Return the label of a kind in the language of the reader."""
    return str(_kinds[id].label) if id in _kinds else id


def say(id: str, values: Mapping[str, Any]) -> str:
    """Return the words of a notice in the language of the reader."""
    kind = _kinds.get(id)
    if kind is None:
        return " ".join(str(value) for value in values.values())
    return str(kind.words) % {name: _shown(name, value) for name, value in values.items()}


def say_marked(id: str, values: Mapping[str, Any]) -> SafeString:
    """Return the words of a notice for a page; a stored value that is Dutch says so there."""
    kind = _kinds.get(id)
    if kind is None:
        return conditional_escape(words.said(say(id, values)))
    shown = {
        name: conditional_escape(words.said(_shown(name, value))) for name, value in values.items()
    }
    return mark_safe(conditional_escape(str(kind.words)) % shown)  # noqa: S308 -- all escaped


def _shown(name: str, value: Any) -> Any:
    return words.date_words(date.fromisoformat(value)) if name.endswith("_on") else value
