# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding requirements and norms by their words.

Requirements are the same for everybody and read far more often than they change, and under row
security their words cannot use an index: so the words of the common ones are kept in memory.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db import connection

from dijkring.controls.models import Framework, Requirement, in_language
from dijkring.core.search import NOTHING, Asked, Found, Hit, matches, rows

_STAMP = "SELECT max(imported_at) FROM controls_framework WHERE organisation_id IS NULL"
_LEXEMES = """
SELECT r.id, r.ref,
  tsvector_to_array(to_tsvector(%(words)s::regconfig, coalesce(r.title->>%(language)s, ''))),
  tsvector_to_array(to_tsvector(%(words)s::regconfig,
    concat_ws(' ', r.text->>%(language)s, r.official_text->>%(language)s)))
FROM controls_requirement r WHERE r.organisation_id IS NULL AND r.status = 'active' ORDER BY r.id
"""
_STEMS = "SELECT tsvector_to_array(to_tsvector(%s::regconfig, word)) FROM unnest(%s::text[]) word"
_OWN = f"""
SELECT r.id, count(*) OVER () FROM controls_requirement r
WHERE r.organisation_id = %(organisation)s AND r.status = 'active'
AND {matches("r.ref || ' ' || r.title::text || ' ' || r.text::text")}
ORDER BY r.framework_id DESC, r.position LIMIT %(limit)s
"""  # noqa: S608 -- constants
_WORDS = {"nl": "dutch", "en": "english"}
Ids = set[int]


@dataclass(slots=True)
class Words:
    """Every word of the common requirements with where it stands, as PostgreSQL stems it."""

    titles: dict[str, Ids] = field(default_factory=lambda: defaultdict(set))
    all: dict[str, Ids] = field(default_factory=lambda: defaultdict(set))
    refs: list[tuple[str, int]] = field(default_factory=list)
    sorted: list[str] = field(default_factory=list)

    def add(self, id: int, ref: str, title: list[str], text: list[str]) -> None:
        """Take up one requirement; call `close` after the last one."""
        self.refs.append((ref.casefold(), id))
        for lexeme in title:
            self.titles[lexeme].add(id)
        for lexeme in (*title, *text):
            self.all[lexeme].add(id)

    def close(self) -> None:
        """Put the words in order, so that beginnings can be looked up."""
        self.sorted = sorted(self.all)

    def numbered(self, words: tuple[str, ...]) -> list[int]:
        """Return the requirements whose number begins with the one word asked for."""
        begin = words[0] if len(words) == 1 and any(sign.isdigit() for sign in words[0]) else ""
        found = [(len(ref), ref, id) for ref, id in self.refs if begin and ref.startswith(begin)]
        return [id for _length, _ref, id in sorted(found)]

    def holding(self, stems: list[list[str]]) -> list[int]:
        """Return those that hold a word that begins with each, in the title before elsewhere."""
        in_title, anywhere = self._in(self.titles, stems), self._in(self.all, stems)
        return [*sorted(in_title), *sorted(anywhere - in_title)]

    def _in(self, places: dict[str, Ids], stems: list[list[str]]) -> Ids:
        sets = [self._beginning(places, stem) for word in stems for stem in word]
        return set.intersection(*sets) if sets else set()

    def _beginning(self, places: dict[str, Ids], stem: str) -> Ids:
        found: Ids = set()
        for lexeme in self.sorted[bisect_left(self.sorted, stem) :]:
            if not lexeme.startswith(stem):
                break
            found |= places.get(lexeme, set())
        return found


@lru_cache(maxsize=4)
def _load(language: str, stamp: datetime | None) -> Words:
    found = Words()
    with connection.cursor() as cursor:
        cursor.execute(_LEXEMES, {"words": _WORDS[language], "language": language})
        for row in cursor.fetchall():
            found.add(*row)
    found.close()
    return found


def _words(language: str) -> Words:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return _load(language, cursor.fetchone()[0])


def _stems(asked: Asked, language: str) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [_WORDS[language], list(asked.words)])
        return [row[0] for row in cursor.fetchall()]


def requirements(asked: Asked) -> Found:
    """Find requirements by number, else by their words; in the language of the reader."""
    language = asked.language if asked.language in _WORDS else "nl"
    words = _words(language)
    found = words.numbered(asked.words) or words.holding(_stems(asked, language))
    own, count = rows(_OWN, asked)
    first = [id for (id,) in own] + found
    return Found(_hits(first[: asked.limit]), count + len(found)) if first else NOTHING


def _hits(ids: Iterable[int]) -> list[Hit]:
    order = list(ids)
    known = Requirement.objects.select_related("framework").in_bulk(order)
    return [
        Hit(str(known[id]), "controls:requirement", (id,), str(known[id].framework))
        for id in order
        if id in known
    ]


def frameworks(asked: Asked) -> Found:
    """Find norms and laws by a part of their name."""
    found = [
        framework
        for framework in Framework.objects.all()
        if all(word in _name(framework) for word in asked.words)
    ]
    hits = [Hit(str(one), "controls:framework", (one.pk,), one.issuer) for one in found]
    return Found(hits[: asked.limit], len(found))


def _name(framework: Framework) -> str:
    titles = " ".join(framework.title.values())
    return f"{framework.key} {titles} {in_language(framework.title)} {framework.version}".casefold()
