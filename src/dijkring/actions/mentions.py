# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is meant by `@name` in a text; plain Python, without Django."""

import re
from collections.abc import Mapping

# An e-mail address is no mention: before the sign stands no letter, digit or dot.
_SIGN = re.compile(r"(?<![\w.+-])@(?=\w)")


class Unclear(ValueError):
    """A mention that fits several people; `words` is what was written, `names` who fit."""

    def __init__(self, words: str, names: list[str]) -> None:
        super().__init__(words)
        self.words = words
        self.names = names


def mentioned(text: str, people: Mapping[int, str]) -> set[int]:
    """Return who is mentioned: by the whole name, or by a first part that fits one person only.

    `people` are the ids and names of colleagues. A sign before words that fit nobody is left as it
    is. Raises Unclear where it fits several.
    """
    found = set()
    for sign in _SIGN.finditer(text):
        one = _meant(text[sign.end() :], people)
        if one is not None:
            found.add(one)
    return found


def _meant(rest: str, people: Mapping[int, str]) -> int | None:
    whole = [id for id, name in people.items() if _begins_with(rest, name)]
    if whole:
        longest = max(len(people[id]) for id in whole)
        return _only(rest, [id for id in whole if len(people[id]) == longest], people)
    word = re.split(r"[^\w-]", rest, maxsplit=1)[0].casefold()
    return _only(rest, [id for id, name in people.items() if _first(name) == word], people)


def _begins_with(rest: str, name: str) -> bool:
    after = rest[len(name) : len(name) + 1]
    return rest[: len(name)].casefold() == name.casefold() and not re.match(r"\w", after)


def _first(name: str) -> str:
    return name.split(" ", 1)[0].casefold()


def _only(rest: str, ids: list[int], people: Mapping[int, str]) -> int | None:
    if len(ids) > 1:
        raise Unclear(re.split(r"\s", rest, maxsplit=1)[0], sorted(people[id] for id in ids))
    return ids[0] if ids else None
