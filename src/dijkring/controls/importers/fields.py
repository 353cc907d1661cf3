# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the fields of one branch and says, with line and place, what is wrong with them."""

import re
from collections.abc import Iterator
from datetime import date

from dijkring.documents.reading.problems import Problems

from .limits import MAX_ITEMS, MAX_REF, MAX_TEXT, MAX_TITLE
from .pack import Text
from .tree import Branch

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}(-[a-z]{2})?")
_TRUE = {"true", "yes", "ja", "waar", "x", "1"}
_FALSE = {"false", "no", "nee", "onwaar", "0", ""}


def truth(value: str) -> bool | None:
    """Read a Dutch or English yes or no; None when it is neither."""
    word = value.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def printable(
    value: str, limit: int, where: str, problems: Problems, line: int | None = None
) -> str:
    """Give the text with plain line ends; refuse over-long text and unprintable characters.

    Markup stays what it is, plain text: pages escape it.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        problems.refuse(
            where, f"Te lang: {len(text)} tekens, hoogstens {limit}.",
            f"Too long: {len(text)} characters, at most {limit}.", line,
        )  # fmt: skip
        return ""
    if _UNWRITABLE.search(text):
        problems.refuse(
            where, "Er staat een onleesbaar teken in.", "Contains an unprintable character.", line
        )
        return ""
    return text


class Fields:
    """One branch with its place in the file and the list of problems to add to."""

    def __init__(self, branch: Branch, where: str, problems: Problems) -> None:
        self.branch = branch
        self.where = where
        self.problems = problems

    @property
    def line(self) -> int | None:
        return self.branch.line

    def refuse(self, key: str, nl: str, en: str) -> None:
        """Refuse the value of one field."""
        self.problems.refuse(f"{self.where} {key}".strip(), nl, en, self.branch.line_of(key))

    def word(self, key: str, limit: int = MAX_TITLE) -> str:
        """Give a text field, empty when absent."""
        value = self.branch.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(key, "Hier hoort tekst te staan.", "Text expected.")
            return ""
        where = f"{self.where} {key}".strip()
        return printable(value, limit, where, self.problems, self.branch.line_of(key))

    def ref(self, key: str) -> str:
        """Give an identifier on one line, empty when absent."""
        value = self.word(key, MAX_REF)
        if "\n" in value or "\t" in value:
            self.refuse(key, "Een nummer staat op één regel.", "An id stands on one line.")
            return ""
        return value

    def text(self, key: str, locale: str, limit: int = MAX_TEXT) -> Text:
        """Give a text per language; a bare text is in the file's own language."""
        value = self.branch.get(key)
        if not isinstance(value, Branch):
            plain = self.word(key, limit)
            return {locale: plain} if plain else {}
        inner = Fields(value, f"{self.where} {key}".strip(), self.problems)
        for language in value:
            if not _LANGUAGE.fullmatch(language):
                inner.refuse(language, "Dit is geen taalcode.", "Not a language code.")
        words = {language: inner.word(language, limit) for language in value}
        return {language: word for language, word in words.items() if word}

    def flag(self, key: str, default: bool) -> bool:
        """Give a yes or no."""
        value = self.branch.get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        known = truth(value) if isinstance(value, str) else None
        if known is None:
            self.refuse(key, "Hier hoort ja of nee te staan.", "Yes or no expected.")
            return default
        return known

    def number(self, key: str) -> int | None:
        """Give a whole number of at most six digits, None when absent."""
        value = self.word(key)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", value):
            self.refuse(key, "Hier hoort een heel getal te staan.", "Whole number expected.")
            return None
        return int(value)

    def day(self, key: str) -> date | None:
        """Give the day of an ISO date or date-time, None when absent."""
        value = self.word(key)
        try:
            return date.fromisoformat(value[:10]) if value else None
        except ValueError:
            self.refuse(key, "Dit is geen datum (jjjj-mm-dd).", "Not a date (yyyy-mm-dd).")
            return None

    def choice(self, key: str, options: tuple[str, ...], default: str) -> str:
        """Give one of the options."""
        value = self.word(key)
        if not value:
            return default
        if value not in options:
            allowed = ", ".join(options)
            self.refuse(key, f"Kies uit: {allowed}.", f"Must be one of: {allowed}.")
            return default
        return value

    def words(self, key: str, limit: int = MAX_TITLE) -> tuple[str, ...]:
        """Give a list of texts; a bare text is a list of one."""
        value = self.branch.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (self.word(key, limit),)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, "Hier hoort een lijst van teksten.", "A list of texts expected.")
            return ()
        where, line = f"{self.where} {key}".strip(), self.branch.line_of(key)
        return tuple(printable(item, limit, where, self.problems, line) for item in value)

    def branches(self, key: str) -> Iterator[tuple[int, Branch]]:
        """Yield the numbered branches of a list; refuse what is not a branch."""
        value = self.branch.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(key, "Hier hoort een lijst te staan.", "A list expected.")
            return
        if len(value) > MAX_ITEMS:
            self.refuse(key, "Deze lijst is te lang.", "This list is too long.")
            return
        for number, item in enumerate(value):
            if isinstance(item, Branch):
                yield number, item
            else:
                place = f"{key}[{number + 1}]"
                self.refuse(place, "Dit onderdeel heeft geen velden.", "This item has no fields.")

    def inner(self, key: str) -> "Fields":
        """Give the fields of a branch inside this one, empty when absent."""
        value = self.branch.get(key)
        if value is not None and not isinstance(value, Branch):
            self.refuse(key, "Hier horen velden te staan.", "Fields expected.")
        found = value if isinstance(value, Branch) else Branch(self.branch.line_of(key))
        return Fields(found, f"{self.where} {key}".strip(), self.problems)

    def only(self, *known: str) -> None:
        """Warn for each field that nobody reads, so that a typing error is seen."""
        for key in self.branch.keys() - set(known):
            self.problems.warn(
                f"{self.where} {key}"[:200].strip(), "Dit veld is onbekend en niet gelezen.",
                "Unknown field, not read.", self.branch.line_of(key),
            )  # fmt: skip
