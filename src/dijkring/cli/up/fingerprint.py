# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers what the database has seen, so that a second start skips what is done."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

import dijkring

PACKAGE = Path(dijkring.__file__).parent
STATIC_SUFFIXES = {".css", ".js", ".svg", ".png", ".woff2", ".ico"}
CONTENT_SUFFIXES = {".py", ".sql", ".yaml", ".yml", ".json", ".csv"}


class Memory:
    """What was done for one database, kept in a file beside its data."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def knows(self, what: str, mark: str) -> bool:
        """Tell whether this was done for exactly this mark."""
        return self._read().get(what) == mark

    def remember(self, what: str, mark: str) -> None:
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(self._read() | {what: mark}, indent=2), encoding="utf-8")
        draft.replace(self.path)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def of_code_and_content() -> str:
    """Hash all that migrations and content rest on: our files and the packages' versions."""
    return digest(files(CONTENT_SUFFIXES), of_packages())


def of_static_files() -> str:
    """Hash what `collectstatic` collects: our own files and the npm packages that are locked."""
    lock = PACKAGE.parent.parent / "package-lock.json"
    return digest([*files(STATIC_SUFFIXES), *([lock] if lock.exists() else [])], of_packages())


def of_packages() -> str:
    return " ".join(sorted(f"{one.metadata['Name']}{one.version}" for one in distributions()))


def files(suffixes: set[str]) -> list[Path]:
    """List the files of the package that ship, tests left out."""
    found = (path for path in PACKAGE.rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if "tests" not in path.relative_to(PACKAGE).parts)


def digest(paths: Iterable[Path], more: str) -> str:
    total = hashlib.sha256(more.encode())
    for path in paths:
        total.update(str(path).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
