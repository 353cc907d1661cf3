# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be asked by link: rooms above register their purposes and offer them on their pages.

An answer is a proposal: it never changes a row of another room by itself. A purpose with `settle`
lets somebody with the right take the proposal over with one click.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from dijkring.core.access import Actor
from dijkring.notices.models import Ask

Words = str | Promise
DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class Description:
    """What the receiver sees of what it is about, and the page of it inside."""

    title: str
    url_name: str
    url_args: tuple[Any, ...] = ()
    rows: Sequence[tuple[Words, Any]] = ()


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that a link is for.

    `describe(organisation_id, object_id)` returns None when it is not needed any more. `settle`
    carries an answer out for an actor; it raises Refused where that cannot be. Choices in
    `explained` need words with them, the choice `dated` needs a day.
    """

    id: str
    label: Words
    right: str
    describe: Callable[[int, int], Description | None]
    choices: Sequence[tuple[str, Words]] = ()
    settle: Callable[[Actor, Ask], None] | None = None
    settle_label: Words = ""
    explained: Collection[str] = (DISAGREE,)
    dated: str = ""
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be asked on a page: a purpose, about an object, in words."""

    purpose: str
    object_id: int
    label: Words

    @property
    def key(self) -> str:
        return f"{self.purpose}:{self.object_id}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page on which can be asked: what it offers, and its own address."""

    url_name: str
    offers: list[Offer] = field(default_factory=list)


Find = Callable[[Actor, int], list[Offer]]
_purposes: dict[str, Purpose] = {}
_subjects: dict[str, tuple[str, list[Find]]] = {}


def register(
    id: str,
    *,
    label: Words,
    right: str,
    describe: Callable[[int, int], Description | None],
    choices: Sequence[tuple[str, Words]] = (),
    settle: Callable[[Actor, Ask], None] | None = None,
    settle_label: Words = "",
    explained: Collection[str] = (DISAGREE,),
    dated: str = "",
    hint: Words = "",
) -> None:
    """Register a purpose; `right` is what asking and settling need besides `notices.ask`."""
    _purposes[id] = Purpose(
        id, label, right, describe, choices, settle, settle_label, explained, dated, hint
    )


def purpose(id: str) -> Purpose | None:
    """Return a purpose, or None when no room has registered it."""
    return _purposes.get(id)


def offer(subject: str, url_name: str, find: Find) -> None:
    """Let something be asked on the page `url_name` of a subject: `find(actor, its id)`.

    A higher room may offer more on the page of a lower one.
    """
    _url_name, finders = _subjects.setdefault(subject, (url_name, []))
    if find not in finders:
        finders.append(find)


def page_of(subject: str, actor: Actor, subject_id: int) -> Page | None:
    """Return what can be asked about an object; None for an unknown subject or nothing to ask."""
    if subject not in _subjects:
        return None
    url_name, finders = _subjects[subject]
    found = [one for find in finders for one in find(actor, subject_id)]
    offers = [one for one in found if _may(actor, one)]
    return Page(url_name, offers) if offers else None


def _may(actor: Actor, one: Offer) -> bool:
    found = _purposes.get(one.purpose)
    return found is not None and actor.can(found.right)
