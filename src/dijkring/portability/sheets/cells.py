# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One cell: how a value is written, read again in every usual notation, and compared.

Values are compared in one plain form, so that what a spreadsheet does to a cell (a date as a
number, an apostrophe before a formula, another line end) is no change.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from dijkring.core.clock import day_of
from dijkring.core.errors import Refused
from dijkring.core.registers import Column
from dijkring.documents.sheets import FORMULA_STARTS
from dijkring.documents.text import clean

LANGUAGES = ("nl", "en")
YES = frozenset({"ja", "yes", "true", "waar", "1", "x"})
NO = frozenset({"nee", "no", "false", "onwaar", "0"})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?")
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_IN_WORDS = re.compile(r"(\d{1,2}) ([a-z]+)\.? (\d{4})")
MOST_DAYS = 200_000


def words_of(choice: Any) -> set[str]:
    """Return how a choice may be written: its words in each language."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(str(choice).strip().casefold())
    return found


def shown(column: Column, value: Any) -> Any:
    """Return what stands in the cell when a value leaves: words, days, numbers."""
    if value is None:
        return None
    if column.kind == "date":
        return _day(value)
    if column.kind == "yesno":
        return _("yes") if value else _("no")
    if column.kind == "choice":
        return str(dict(column.choices).get(value, value))
    return value if column.kind == "number" else str(value)


def _day(value: date) -> date:
    return day_of(value) if isinstance(value, datetime) else value


def plain(column: Column, value: Any) -> str:
    """Return a value in the form in which it is compared; the same in every language and format."""
    if value is None or value == "":
        return ""
    if column.kind == "date":
        return _day(value).isoformat()
    if column.kind == "number":
        return f"{Decimal(str(value)).normalize():f}"
    if column.kind == "yesno":
        return "yes" if value else "no"
    if column.kind == "person":
        return str(value).strip().lower()
    # Our writer puts an apostrophe before what looks like a formula; so may a spreadsheet.
    return _text(str(value)).removeprefix("'").lstrip()


def _text(text: str) -> str:
    """Return a text without what a spreadsheet or our own writer adds to it or takes away."""
    found = "\n".join(line.rstrip() for line in clean(text).strip().split("\n"))
    rest = found.removeprefix("'").lstrip()
    return rest if found.startswith("'") and rest.startswith(FORMULA_STARTS) else found


def version(columns: tuple[Column, ...], values: Mapping[str, Any]) -> str:
    """Return the mark of what may be edited of a line; another content gives another mark."""
    told = json.dumps([plain(column, values.get(column.key)) for column in columns])
    # A letter in front, so that no spreadsheet takes it for a number.
    return f"v{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def read(column: Column, text: str, *, number: bool, day_zero: date) -> Any:
    """Read the text of a cell as its column asks; Refused, in words, for what it cannot be."""
    bare = text.strip()
    if not bare:
        return "" if column.kind in ("text", "person") else None
    if column.kind == "date":
        return _read_day(column, bare, number, day_zero)
    if column.kind == "number":
        return _read_number(column, bare)
    if column.kind == "yesno":
        return _read_yes(column, bare)
    if column.kind == "choice":
        return _read_choice(column, bare)
    return bare.lower() if column.kind == "person" else _text(text)


def _wrong(column: Column, text: str, hint: str) -> Refused:
    words = _("%(column)s: '%(text)s' cannot be used. %(hint)s")
    told = {"column": str(column.label), "text": text[:60], "hint": hint}
    return Refused(words % told, column.key)


def _read_day(column: Column, text: str, number: bool, day_zero: date) -> date:
    hint = _("Write a date such as 21-11-2026.")
    try:
        if number and float(text) <= MOST_DAYS:
            return day_zero + timedelta(days=int(float(text)))
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DUTCH.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _IN_WORDS.fullmatch(text.lower())) and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except (ValueError, OverflowError) as error:
        raise _wrong(column, text, hint) from error
    raise _wrong(column, text, hint)


def _read_number(column: Column, text: str) -> Decimal:
    bare = text.replace("€", "").replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", bare) or "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        found = Decimal(bare)
    except InvalidOperation as error:
        raise _wrong(column, text, _("Write a number such as 1250,50.")) from error
    if not found.is_finite() or abs(found) >= Decimal("1e10"):
        raise _wrong(column, text, _("Write a number such as 1250,50."))
    return found


def _read_yes(column: Column, text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise _wrong(column, text, _("Write yes or no."))
    return word in YES


def _read_choice(column: Column, text: str) -> str:
    found = _meanings(column).get(text.casefold())
    if found is not None:
        return found
    allowed = ", ".join(str(label) for _key, label in column.choices)
    raise _wrong(column, text, _("Choose from: %(words)s.") % {"words": allowed})


# The columns of a register live as long as the process; each is kept with what is known of it.
_known: dict[int, tuple[Column, dict[str, str]]] = {}


def _meanings(column: Column) -> dict[str, str]:
    """Return what may be written for each choice of a column, worked out once."""
    if id(column) not in _known:
        found: dict[str, str] = {}
        for key, label in column.choices:
            for word in {str(key).casefold(), *words_of(label)}:
                found.setdefault(word, str(key))
        _known[id(column)] = (column, found)
    return _known[id(column)][1]
