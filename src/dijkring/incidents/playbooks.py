# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Playbooks as versioned content: what to do in which kind of incident, in which order, by whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dijkring.incidents.obligations import ContentError, Words, load

MOST_BYTES = 100_000
MOST_STEPS = 200
MOST_HOURS = 24 * 366
MOST_WORDS = 1_000
PHASES = ("detect", "contain", "eradicate", "recover", "learn")
ROLES = (
    "ciso", "it", "ot", "owner", "privacy", "secretary", "board", "communication", "purchasing",
    "order", "legal",
)  # fmt: skip
KNOWN = {"id", "version", "title", "when", "categories", "note", "phases"}
KNOWN_STEP = {"id", "role", "do", "why", "within_hours", "obligations"}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who does what and why, within how many hours, and which reports it serves."""

    id: str
    phase: str
    role: str
    do: Words
    why: Words
    within_hours: int | None
    obligations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """The steps of one kind of incident, phase by phase; `categories` say when it fits."""

    key: str
    version: int
    title: Words
    when: Words
    note: Words
    categories: tuple[str, ...]
    steps: tuple[Step, ...]
    own: bool = False

    def of_phase(self, phase: str) -> list[Step]:
        """Return the steps of a phase, in their order."""
        return [one for one in self.steps if one.phase == phase]


@cache
def ours() -> tuple[Playbook, ...]:
    """Return the playbooks that come with Dijkring."""
    folder = files("dijkring.incidents").joinpath("content/playbooks")
    found = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return tuple(read(folder.joinpath(name).read_text("utf-8"), name) for name in found)


def read(text: str, name: str, *, own: bool = False) -> Playbook:
    """Read a playbook from YAML; raises ContentError that names the file and what is wrong."""
    if len(text.encode()) > MOST_BYTES:
        raise _wrong(name, "is groter dan 100 kB", "is larger than 100 kB")
    row = load(text, name)
    if not isinstance(row, dict):
        raise _wrong(name, "is geen draaiboek", "is not a playbook")
    _only(row, KNOWN, name)
    return Playbook(
        key=_key(row, name),
        version=_number(row, "version", 9_999, name),
        title=_words(row, "title", name),
        when=_words(row, "when", name),
        note=_words(row, "note", name) if "note" in row else {"nl": "", "en": ""},
        categories=_texts(row, "categories", name),
        steps=_steps(row, name),
        own=own,
    )


def _steps(row: Mapping[str, Any], name: str) -> tuple[Step, ...]:
    phases = row.get("phases")
    if not isinstance(phases, dict) or not phases:
        raise _wrong(name, "heeft geen 'phases'", "has no 'phases'")
    _only(phases, set(PHASES), f"{name} phases")
    found = [
        _step(one, phase, f"{name}, {phase}[{at}]")
        for phase in PHASES
        for at, one in enumerate(_rows(phases, phase, name))
    ]
    if not 0 < len(found) <= MOST_STEPS:
        words = f"heeft 1 tot en met {MOST_STEPS} stappen", f"has 1 to {MOST_STEPS} steps"
        raise _wrong(name, *words)
    ids = [one.id for one in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise _wrong(name, f"heeft twee keer stap '{twice[0]}'", f"has step '{twice[0]}' twice")
    return tuple(found)


def _rows(phases: Mapping[str, Any], phase: str, name: str) -> list[Any]:
    found = phases.get(phase, [])
    if not isinstance(found, list):
        raise _wrong(f"{name}, {phase}", "is geen lijst", "is not a list")
    return found


def _step(row: Any, phase: str, where: str) -> Step:
    if not isinstance(row, dict):
        raise _wrong(where, "is geen stap", "is not a step")
    _only(row, KNOWN_STEP, where)
    role = row.get("role")
    if role not in ROLES:
        choices = ", ".join(ROLES)
        raise _wrong(where, f"'role' is een van {choices}", f"'role' is one of {choices}")
    hours = _number(row, "within_hours", MOST_HOURS, where) if "within_hours" in row else None
    return Step(
        id=_key(row, where),
        phase=phase,
        role=role,
        do=_words(row, "do", where),
        why=_words(row, "why", where),
        within_hours=hours,
        obligations=_texts(row, "obligations", where),
    )


def _only(row: Mapping[Any, Any], known: set[str], where: str) -> None:
    for key in row:
        if key not in known:
            said = str(key)[:80]
            raise _wrong(where, f"kent '{said}' niet", f"does not know '{said}'")


def _key(row: Mapping[str, Any], where: str) -> str:
    found = row.get("id")
    if not isinstance(found, str) or not _KEY.fullmatch(found):
        raise _wrong(
            where,
            "'id' bestaat uit kleine letters, cijfers en _",
            "'id' consists of small letters, digits and _",
        )
    return found


def _number(row: Mapping[str, Any], key: str, most: int, where: str) -> int:
    found = row.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found <= most:
        raise _wrong(
            where,
            f"'{key}' is een heel getal van 1 tot en met {most}",
            f"'{key}' is a whole number from 1 to {most}",
        )
    return found


def _words(row: Mapping[str, Any], key: str, where: str) -> Words:
    """Read a text in Dutch and perhaps in English; what is in Dutch only serves for both."""
    found = row.get(key)
    texts: dict[str, Any] = found if isinstance(found, dict) else {"nl": found}
    _only(texts, {"nl", "en"}, f"{where} {key}")
    for text in texts.values():
        if not isinstance(text, str) or not text.strip() or len(text) > MOST_WORDS:
            raise _wrong(where, f"'{key}' is geen tekst", f"'{key}' is not a text")
    if "nl" not in texts:
        raise _wrong(where, f"'{key}' mist nl", f"'{key}' lacks nl")
    return {"nl": texts["nl"], "en": texts.get("en", texts["nl"])}


def _texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _wrong(where, f"'{key}' is geen lijst van teksten", f"'{key}' is not a list of texts")
    return tuple(one[:80] for one in found[:20])


def _wrong(where: str, dutch: str, english: str) -> ContentError:
    return ContentError(f"{where}: {dutch}.", f"{where}: {english}.")
