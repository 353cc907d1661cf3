# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search over everything a person may see: rooms register where they look in `apps.py`.

A source is asked only when the person holds its right. One that looks in what others share is asked
only when the person wants that, because every look is written down for the giver. A source of our
own names the organisation in its query: under row security words cannot use an index, so the rows
of one organisation are the place to begin.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from dijkring.core.access import Actor

LONGEST, MOST_WORDS, PER_KIND, ALL_OF_A_KIND = 200, 8, 5, 100
_WORD = re.compile(r"\w(?:[\w.\-]*\w)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words in lower case, of which the beginning is enough.

    `traces` are LIKE patterns of what any text must hold in which these words can be found;
    `kept` is where sources keep what several of them need for one question.
    """

    words: tuple[str, ...]
    actor: Actor
    language: str
    traces: tuple[str, ...] = ()
    limit: int = PER_KIND
    kept: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def organisation_id(self) -> int:
        return self.actor.organisation_id

    @property
    def tsquery(self) -> str:
        """Return the words for to_tsquery: all of them, each as a beginning.

        Dutch writes words together: who looks for back-up means back-upbeleid too.
        """
        return " & ".join(f"'{word}':*" for word in self.words)

    @property
    def likes(self) -> list[str]:
        """Return a LIKE pattern per word, for names that are no words of a language."""
        plain = (re.sub(r"([%_\\])", r"\\\1", word) for word in self.words)
        return [f"%{word}%" for word in plain]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, and the page that shows it."""

    title: str
    url_name: str
    args: tuple[Any, ...] = ()
    note: str = ""
    url_query: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The first of what a source found, and how much there is in all."""

    hits: list[Hit]
    count: int


NOTHING = Found([], 0)
Find = Callable[[Asked], Found]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that can be found."""

    kind: str
    label: Promise | str
    right: str
    find: Find
    order: int
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    source: Source
    found: Found


_sources: dict[str, Source] = {}


def add(
    kind: str,
    label: Promise | str,
    right: str,
    find: Find,
    *,
    order: int = 50,
    shared: bool = False,
) -> None:
    """Register a kind of thing that can be found, the lowest order on top.

    With `shared` it is something of others, and `find` writes down that somebody looked.
    """
    _sources[kind] = Source(kind, label, right, find, order, shared)


def sources(*, shared: bool = False) -> list[Source]:
    """Return the sources of our own, or of what others share, in their order."""
    found = [one for one in _sources.values() if one.shared == shared]
    return sorted(found, key=lambda source: (source.order, source.kind))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of what was typed, in lower case; at most eight of 200 signs."""
    found = _WORD.findall(text[:LONGEST].casefold())
    return tuple(word for word in found if any(map(str.isalnum, word)))[:MOST_WORDS]


def ask(
    text: str, *, actor: Actor, language: str = "nl", kind: str = "", shared: bool = False
) -> list[Group]:
    """Look in every source that the actor may see, or only in one kind; leaves out what is empty.

    With a kind it gives up to a hundred hits of that kind, else five of each; with `shared` it
    looks in what others share, and in nothing else.
    """
    words = words_of(text)
    if not words:
        return []
    limit = ALL_OF_A_KIND if kind else PER_KIND
    asked = Asked(words, actor, language, tuple(_traces(words)), limit)
    offered = sources(shared=shared)
    chosen = [one for one in offered if kind in ("", one.kind) and actor.can(one.right)]
    groups = [Group(source, source.find(asked)) for source in chosen]
    return [group for group in groups if group.found.count]


_STEMS = """
SELECT DISTINCT unnest(tsvector_to_array(to_tsvector('dutch', word)))
FROM unnest(%s::text[]) word ORDER BY 1
"""
_VOWELS = re.compile("[aeiouy]")
_LAST_VOWELS = re.compile("(?<![aeiouy])[aeiouy]+(?=[^aeiouy]*$)")


def _traces(words: tuple[str, ...]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [list(words)])
        return [trace(stem) for (stem,) in cursor.fetchall()]


def trace(stem: str) -> str:
    """Return what any Dutch word with this stem holds, as a LIKE pattern.

    The stemmer of PostgreSQL (Snowball) changes a word from its last vowels on, and drops accents:
    what comes before stands in the word itself, but for the accents.
    """
    last = _LAST_VOWELS.search(stem)
    sure = stem[: last.start() + 1] if last else stem
    plain = re.sub(r"([%_\\])", r"\\\1", sure)
    return f"%{_VOWELS.sub('_', plain)}%"


# --- for the queries of sources ---------------------------------------------------------------


def matches(expression: str) -> str:
    """Return the condition that a Dutch text holds the words asked for.

    To look for traces first is a tenth of the work of taking a text apart.
    """
    traces = f"({expression}) ILIKE ALL (%(traces)s::text[])"
    words = f"to_tsvector('dutch', {expression}) @@ to_tsquery('dutch', %(tsquery)s::text)"
    return f"({traces} AND {words})"


def holds(expression: str) -> str:
    """Return the condition that a name holds every word asked for, anywhere in it."""
    return f"{expression} ILIKE ALL (%(likes)s::text[])"


def rows(query: str, asked: Asked, **more: Any) -> tuple[list[tuple[Any, ...]], int]:
    """Carry out the query of a source: its rows, and how many there are in all.

    The query takes %(organisation)s, %(tsquery)s, %(likes)s, %(limit)s and what is given besides;
    its last column is `count(*) OVER ()`, which is taken off.
    """
    values: Mapping[str, Any] = {
        "organisation": asked.organisation_id,
        "tsquery": asked.tsquery,
        "likes": asked.likes,
        "traces": list(asked.traces),
        "limit": asked.limit,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchall()
    return [row[:-1] for row in found], int(found[0][-1]) if found else 0
