# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads one value as its field asks, and writes it so that it can be read again."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dijkring.documents.reading import dates
from dijkring.documents.reading.columns import Field, Wrong, plain
from dijkring.documents.reading.table import EXCEL_ZERO

from .fields import WORDS

THREE_LEVELS = ("laag", "midden", "hoog")
_OTHER_WORDS = {
    "low": "laag", "basis": "laag", "medium": "midden", "gemiddeld": "midden", "high": "hoog",
}  # fmt: skip
_MOST_HOURS = Decimal(876_000)
_MOST_PEOPLE = 2_000_000_000
_HOURS = re.compile(r"(-?[0-9]{1,7}(?:[.,][0-9]{1,6})?)\s*([a-z]*)")
_UNITS = {"minuut": Decimal(1) / 60, "uur": Decimal(1), "dag": Decimal(24), "week": Decimal(168)}
_UNIT_OF = {
    **dict.fromkeys(("m", "min", "minuut", "minuten", "minute", "minutes"), "minuut"),
    **dict.fromkeys(("", "u", "uur", "uren", "h", "hour", "hours"), "uur"),
    **dict.fromkeys(("d", "dag", "dagen", "day", "days"), "dag"),
    **dict.fromkeys(("w", "week", "weken", "weeks"), "week"),
}
_TRUE = frozenset("ja yes true waar x 1".split())
_FALSE = frozenset("nee no false onwaar 0".split())


class Bad(Wrong):
    """A value that cannot be read; the reason in both languages."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.reason = {"nl": nl, "en": en}


def read(
    field: Field, text: str, levels: Sequence[str] = THREE_LEVELS, zero: date = EXCEL_ZERO
) -> Any:
    """Read a text that is not empty; `levels` are the words of the classification, lowest first.

    Raises Bad with the reason.
    """
    found = text.strip()
    if field.type == "level":
        return _level(found, levels)
    if field.type == "choice":
        return _choice(field.name, found)
    if field.type == "date":
        return _day(found, zero)
    return _READERS.get(field.type, _text)(found, field)


def write(field: Field, value: Any) -> str:
    """Return a value as text that `read` gives back; empty for nothing."""
    if value is None or value == "":
        return ""
    if field.type == "choice":
        return WORDS[field.name].get(value, (str(value),))[0]
    if field.type == "yes":
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(text: str, field: Field) -> str:
    if len(text) > field.limit:
        raise Bad(f"Langer dan {field.limit} tekens.", f"Longer than {field.limit} characters.")
    return text


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]


def _level(text: str, levels: Sequence[str]) -> int:
    known = {plain(word): place for place, word in enumerate(levels, start=1)}
    tokens = [_OTHER_WORDS.get(token, token) for token in plain(text).split()]
    for word in (plain(text), *tokens):
        if word in known:
            return known[word]
    numbers = [int(token) for token in tokens if re.fullmatch(r"[0-9]", token)]
    if len(numbers) == 1 and 1 <= numbers[0] <= len(levels):
        return numbers[0]
    allowed = ", ".join(levels)
    raise Bad(
        f"'{_shown(text)}' is geen niveau. Kies uit: {allowed}.",
        f"'{_shown(text)}' is no level. Choose from: {allowed}.",
    )


def _choice(name: str, text: str) -> str:
    word = plain(text)
    for value, words in WORDS[name].items():
        if word == plain(value) or word in words:
            return value
    allowed = ", ".join(words[0] for words in WORDS[name].values())
    raise Bad(
        f"'{_shown(text)}' is onbekend. Kies uit: {allowed}.",
        f"'{_shown(text)}' is unknown. Choose from: {allowed}.",
    )


def _hours(text: str, _field: Field) -> Decimal:
    match = _HOURS.fullmatch(text.casefold())
    if match is None or match[2] not in _UNIT_OF:
        raise Bad(
            f"'{_shown(text)}' is geen tijd. Schrijf bijvoorbeeld 4 of 2 dagen.",
            f"'{_shown(text)}' is no time. Write for example 4 or 2 days.",
        )
    number = Decimal(match[1].replace(",", ".")) * _UNITS[_UNIT_OF[match[2]]]
    if not 0 <= number <= _MOST_HOURS:
        raise Bad(
            f"{_shown(text)} kan niet: een tijd is 0 of meer, en hoogstens honderd jaar.",
            f"{_shown(text)} cannot be: a time is 0 or more, and at most a hundred years.",
        )
    return number.quantize(Decimal("0.01"))


def _count(text: str, _field: Field) -> int:
    bare = text.replace(".", "").replace(" ", "")
    if not (bare.isascii() and bare.isdigit()) or int(bare[:12]) > _MOST_PEOPLE:
        raise Bad(f"'{_shown(text)}' is geen aantal.", f"'{_shown(text)}' is no number.")
    return int(bare)


def _yes(text: str, _field: Field) -> bool:
    word = plain(text)
    if word not in _TRUE | _FALSE:
        raise Bad(f"'{_shown(text)}' is geen ja of nee.", f"'{_shown(text)}' is not yes or no.")
    return word in _TRUE


def _country(text: str, _field: Field) -> str:
    word = text.upper()
    if not re.fullmatch(r"[A-Z]{2}", word):
        raise Bad(
            f"'{_shown(text)}' is geen land. Schrijf de twee letters, zoals NL.",
            f"'{_shown(text)}' is no country. Write the two letters, such as NL.",
        )
    return word


def _degrees(most: int) -> Callable[[str, Field], float]:
    def read_degrees(text: str, _field: Field) -> float:
        try:
            number = float(Decimal(text.replace(",", ".")))
        except InvalidOperation:
            number = math.nan
        if not -most <= number <= most:
            raise Bad(f"'{_shown(text)}' is geen graad.", f"'{_shown(text)}' is no degree.")
        return number

    return read_degrees


def _day(text: str, zero: date) -> date:
    try:
        return dates.read(text, zero).first
    except (dates.NoDate, ArithmeticError) as error:
        nl = f"'{_shown(text)}' is geen datum. Schrijf bijvoorbeeld 31-12-2026."
        raise Bad(nl, f"'{_shown(text)}' is no date. Write for example 31-12-2026.") from error


_READERS: dict[str, Callable[[str, Field], Any]] = {
    "hours": _hours,
    "count": _count,
    "yes": _yes,
    "country": _country,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
}
