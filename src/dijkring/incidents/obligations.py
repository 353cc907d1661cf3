# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Obligations to report as versioned content: who must be told what, counted from which event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 200_000
MOST_OBLIGATIONS = 200
MOST_DEPTH = 20
AWARE, REQUESTED, SUBMITTED = "aware", "requested", "submitted "
MOST_OF_UNIT = {"hours": 8_784, "working_days": 366, "weeks": 104, "months": 24}
KNOWN = {
    *("id", "article", "title", "anchor", "term", "exception", "to", "content", "link"),
    *("ongoing", "only_ongoing", "valid_from", "valid_until"),
    *MOST_OF_UNIT,
}
Words = Mapping[str, str]
NO_WORDS: Words = {"nl": "", "en": ""}


class ContentError(Exception):
    """Obligations that cannot be read; in Dutch and in English."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(dutch)
        self.dutch = dutch
        self.english = english


@dataclass(frozen=True, slots=True)
class Duration:
    """How long after its anchor something is due at the latest: one unit of time."""

    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class Ongoing:
    """The term, counted from the end of handling, for who was still handling at the first date."""

    article: str
    duration: Duration


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty to report, as it held between two days.

    `anchor` is `aware`, `requested` or `submitted <id>`; without `duration` the law sets no fixed
    term and `term` says what it does ask.
    """

    id: str
    article: str
    title: Words
    anchor: str
    duration: Duration | None
    term: Words
    exception: Words
    to: tuple[str, ...]
    content: Mapping[str, tuple[str, ...]]
    ongoing: Ongoing | None
    only_ongoing: bool
    valid_from: date
    valid_until: date | None
    link: str

    @property
    def regime(self) -> str:
        return self.id.split(".")[0]

    @property
    def follows(self) -> str:
        """The obligation that this one is counted from, if it is."""
        return self.anchor.removeprefix(SUBMITTED) if self.anchor.startswith(SUBMITTED) else ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it held on a day, both its first and its last day included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@cache
def ours() -> tuple[Obligation, ...]:
    """Return the obligations that come with Dijkring."""
    text = files("dijkring.incidents").joinpath("content/obligations.yaml").read_text("utf-8")
    return read(text, "obligations.yaml")


def read_file(path: Path) -> tuple[Obligation, ...]:
    """Read the house rules of an organisation, in the form of our own content.

    Raises ContentError for a file that is too large, no text, or wrong; OSError when unreadable.
    """
    with path.open("rb") as file:
        found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise _wrong(path.name, "is groter dan 200 kB", "is larger than 200 kB")
    try:
        return read(found.decode(), path.name)
    except UnicodeDecodeError as error:
        raise _wrong(path.name, "is geen tekst in UTF-8", "is not text in UTF-8") from error


def load(text: str, name: str) -> Any:
    """Read YAML from outside; raises ContentError for what is none, or refers to itself.

    What lies in itself too deeply is refused before it is read: that takes a parser minutes.
    """
    depth = deepest = 0
    for sign in text:
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    if deepest > MOST_DEPTH or "- " * MOST_DEPTH in text or "? " * MOST_DEPTH in text:
        raise _wrong(name, "is te diep genest", "is nested too deeply")
    try:
        if any(
            isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.CSafeLoader)
        ):
            raise _wrong(name, "verwijst naar zichzelf (*)", "refers to itself (*)")
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        at = (f" op regel {line}", f" at line {line}") if line else ("", "")
        raise _wrong(name, f"is geen YAML{at[0]}", f"is not YAML{at[1]}") from error


def read(text: str, name: str) -> tuple[Obligation, ...]:
    """Read obligations from YAML; raises ContentError that names the file and what is wrong."""
    found = load(text, name)
    rows = found.get("obligations") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_OBLIGATIONS:
        raise _wrong(name, "heeft geen lijst 'obligations'", "has no list 'obligations'")
    return tuple(_obligation(row, f"{name}, obligations[{at}]") for at, row in enumerate(rows))


def of_regimes(known: Iterable[Obligation], regimes: Iterable[str], day: date) -> list[Obligation]:
    """Return what held on a day, regime by regime.

    Raises ContentError for a regime that nobody knows, or when one id holds twice on that day.
    """
    known = list(known)
    names = {one.regime for one in known}
    for regime in regimes:
        if regime not in names:
            choices = ", ".join(sorted(names))
            raise ContentError(
                f"Onbekend regime '{regime}'; kies uit {choices}.",
                f"Unknown regime '{regime}'; choose from {choices}.",
            )
    found = [
        one for regime in dict.fromkeys(regimes) for one in known
        if one.regime == regime and one.holds_on(day)
    ]  # fmt: skip
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        name = sorted(twice)[0]
        raise ContentError(f"{name} geldt dubbel op {day}.", f"{name} holds twice on {day}.")
    return found


def _wrong(where: str, dutch: str, english: str) -> ContentError:
    return ContentError(f"{where}: {dutch}.", f"{where}: {english}.")


def _obligation(row: Any, where: str) -> Obligation:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise _wrong(where, "heeft geen id", "has no id")
    where = f"{where} {row['id'][:80]}"
    for key in row:
        if key not in KNOWN:
            raise _wrong(where, f"kent '{key}' niet", f"does not know '{key}'")
    if row["id"].count(".") != 1 or not all(row["id"].split(".")):
        raise _wrong(where, "een id is regime.naam", "an id is regime.name")
    content = row.get("content", {})
    return _checked(
        Obligation(
            id=row["id"],
            article=_text(row, "article", where),
            title=_words(row, "title", where),
            anchor=_text(row, "anchor", where),
            duration=_duration(row, where),
            term=_words(row, "term", where) if "term" in row else NO_WORDS,
            exception=_words(row, "exception", where) if "exception" in row else NO_WORDS,
            to=tuple(_list(row, "to", where)),
            content={tongue: tuple(_list(content, tongue, where)) for tongue in ("nl", "en")},
            ongoing=_ongoing(row, where),
            only_ongoing=row.get("only_ongoing", False) is True,
            valid_from=_day(row, "valid_from", where),
            valid_until=_day(row, "valid_until", where) if "valid_until" in row else None,
            link=_text(row, "link", where) if "link" in row else "",
        ),
        where,
    )  # fmt: skip


def _checked(found: Obligation, where: str) -> Obligation:
    if found.anchor not in (AWARE, REQUESTED) and "." not in found.follows:
        raise _wrong(
            where,
            "anchor is 'aware', 'requested' of 'submitted regime.naam'",
            "anchor is 'aware', 'requested' or 'submitted regime.name'",
        )
    if found.follows == found.id:
        raise _wrong(where, "telt vanaf zichzelf", "counts from itself")
    if found.duration is None and not found.term["nl"]:
        raise _wrong(where, "heeft geen termijn", "has no term")
    return found


def _ongoing(row: Mapping[str, Any], where: str) -> Ongoing | None:
    if "ongoing" not in row:
        return None
    rule = row["ongoing"]
    duration = _duration(rule, where) if isinstance(rule, dict) else None
    if duration is None:
        raise _wrong(where, "ongoing heeft geen termijn", "ongoing has no term")
    return Ongoing(_text(rule, "article", where), duration)


def _duration(row: Mapping[str, Any], where: str) -> Duration | None:
    units = [unit for unit in MOST_OF_UNIT if unit in row]
    if not units:
        return None
    if len(units) > 1:
        raise _wrong(where, "heeft meer dan één termijn", "has more than one term")
    number, most = row[units[0]], MOST_OF_UNIT[units[0]]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= most:
        raise _wrong(
            where,
            f"{units[0]} is een heel getal van 1 tot en met {most}",
            f"{units[0]} is a whole number from 1 to {most}",
        )
    return Duration(units[0], number)


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    found = row.get(key)
    if not isinstance(found, str) or not found.strip() or len(found) > 1_000:
        raise _wrong(where, f"'{key}' is geen tekst", f"'{key}' is not a text")
    return found


def _words(row: Mapping[str, Any], key: str, where: str) -> Words:
    found = row.get(key)
    if not isinstance(found, dict):
        raise _wrong(where, f"'{key}' mist nl en en", f"'{key}' lacks nl and en")
    return {tongue: _text(found, tongue, f"{where} {key}") for tongue in ("nl", "en")}


def _list(row: Any, key: str, where: str) -> list[str]:
    found = row.get(key, []) if isinstance(row, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _wrong(where, f"'{key}' is geen lijst van teksten", f"'{key}' is not a list of texts")
    return found


def _day(row: Mapping[str, Any], key: str, where: str) -> date:
    found = row.get(key)
    if type(found) is not date:
        raise _wrong(where, f"'{key}' is geen datum", f"'{key}' is not a date")
    return found
