# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The house rules that no tool checks: how files look and what views may not do."""

import ast
import re
from functools import cache
from io import StringIO
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import pytest
from django.core.management import call_command

import dijkring

PACKAGE = Path(dijkring.__file__).parent
SUFFIXES = {".py", ".html", ".css", ".js", ".yaml", ".po", ".sh", ".typ"}
LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION = 500, 60, 40
WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update"}
CLOCKS = {"now", "utcnow", "today", "localtime", "localdate"}
# Engines, the practice internet and the command have no organisation, and so no moved clock.
IN_UTC = re.compile(r"\bnow\b|_at$")
WRITTEN_OUT = re.compile(r"\{[\w.]*\b(?:at|since|\w+_at):%Y-[^}]*\}")
OWN_CLOCK = {"benchmarks", "cli", "lab", "engine", "importers", "tests"}


def files(*suffixes: str) -> list[Path]:
    found = (path for path in PACKAGE.rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts)


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


def rooms() -> list[Path]:
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def written(*suffixes: str) -> list[Path]:
    """Return the files that people write; migrations are written by Django."""
    return [path for path in files(*suffixes) if not is_migration(path)]


class Code(NamedTuple):
    """What a file holds: (name, length in lines) of functions, (line, object, method) of calls."""

    functions: list[tuple[str, int]]
    calls: list[tuple[int, str, str]]


@cache
def code(path: Path) -> Code:
    """Read a file once; of calls only the methods that some rule is about."""
    found = Code([], [])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            name = f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}"
            found.functions.append((name, length))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES | CLOCKS | {"date"}:
                whose = ast.unparse(node.func.value)
                found.calls.append((node.lineno, whose, node.func.attr))
    return found


def is_empty(path: Path) -> bool:
    return not path.read_text(encoding="utf-8").strip()


def test_every_file_names_its_licence() -> None:
    """Two lines at the top; an empty `__init__.py` needs none."""

    def names_it(path: Path) -> bool:
        top = path.read_text(encoding="utf-8")[:600]
        return "SPDX-FileCopyrightText:" in top and "SPDX-License-Identifier:" in top

    without = [path for path in written(*SUFFIXES) if not names_it(path) and not is_empty(path)]
    assert named(without) == []


def test_every_room_says_what_it_is() -> None:
    without = [room for room in rooms() if not (room / "README.md").exists()]
    assert [room.name for room in without if room.name not in {"config", "tests"}] == []


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in written(".py")}
    assert named([path for path, length in lengths.items() if length > LONGEST_FILE]) == []


def test_functions_are_short() -> None:
    lengths = dict(found for path in written(".py") for found in code(path).functions)
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert quantiles(lengths.values(), n=20)[-1] <= USUAL_FUNCTION


def test_pages_and_api_handlers_never_write() -> None:
    handlers = [path for path in files(".py") if {"views", "api"} & {path.stem, path.parent.name}]
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {object}.{method}"
        for path in handlers
        if "tests" not in path.parts
        for line, object, method in code(path).calls
        if method in WRITES and not harmless(object)
    ]
    assert found == []


def harmless(object: str) -> bool:
    """Tell whether the object is a dictionary or a hash, of which `update` changes no row."""
    return object.split(".")[-1] in {"context", "headers", "digest", "GET", "params"}


def test_only_one_place_asks_the_time() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {object}.{method}"
        for path in files(".py")
        if path != PACKAGE / "core" / "clock.py"
        if not OWN_CLOCK & set(path.relative_to(PACKAGE).parts)
        for line, object, method in code(path).calls
        if method in CLOCKS and object.split(".")[-1] in {"datetime", "date", "timezone"}
    ]
    assert found == []


def test_a_day_is_a_day_in_the_netherlands() -> None:
    """A moment is kept in UTC: after midnight its own `date` is still the day before."""
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {object}"
        for path in files(".py")
        if path != PACKAGE / "core" / "clock.py"
        for line, object, method in code(path).calls
        if method == "date" and IN_UTC.search(object) and "astimezone" not in object
    ]
    assert found == []


def test_what_people_read_is_the_time_of_the_netherlands() -> None:
    """A moment written out as it is kept is hours off."""
    found = [
        f"{path.relative_to(PACKAGE)}: {moment}"
        for path in files(".py")
        if not OWN_CLOCK & set(path.relative_to(PACKAGE).parts)
        for moment in WRITTEN_OUT.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    """A difference between models and migrations makes the command end with an error."""
    told = StringIO()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=told)
    assert told.getvalue() == "No changes detected\n"
