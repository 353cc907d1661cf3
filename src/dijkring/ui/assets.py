# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The style sheets and scripts that npm installs: served as static files, never copied.

Only what is listed here leaves node_modules. The setting NODE_MODULES may name another folder.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage, Storage

NODE_MODULES = Path(__file__).resolve().parents[3] / "node_modules"
_CANDIDATE = "@nl-design-system-candidate"
_FILES = {
    "npm/theme.css": "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
    **{
        f"npm/{part}.css": f"{_CANDIDATE}/{part}-css/dist/{part}.css"
        for part in ("button", "skip-link")
    },
    **{
        f"npm/{part}.css": f"@utrecht/{part}-css/dist/index.css"
        for part in ("table", "textbox", "textarea", "select")
    },
}
_MAPS = {
    f"npm/{part}.css.map": f"{_CANDIDATE}/{part}-css/dist/{part}.css.map"
    for part in ("button", "skip-link")
}
# Only for pages that draw a graph; the list beside it says the same without it.
_SCRIPTS = {"npm/cytoscape.js": "cytoscape/dist/cytoscape.min.js"}
OWN = ("ui/tokens.css", "ui/charts.css", "ui/dijkring.css")
STYLESHEETS = (*_FILES, *OWN)


class NpmFinder(BaseFinder):
    """Finds the listed files in node_modules, for STATICFILES_FINDERS."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.root = Path(getattr(settings, "NODE_MODULES", NODE_MODULES))
        self.files = {**_FILES, **_MAPS, **_SCRIPTS}

    def check(self, **options: Any) -> list[CheckMessage]:
        """Warn when npm has not installed the style sheets."""
        missing = [path for path in self.files.values() if not (self.root / path).exists()]
        if not missing:
            return []
        hint = "Run `make setup`; pages work without them, but look bare."
        return [Warning(f"{self.root} lacks {missing[0]}", hint=hint, id="ui.W001")]

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        """Return the file of a static name, or an empty list."""
        found = self.root / self.files.get(path, "-")
        if not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Give each listed file with a storage that knows it by its static name."""
        storage = _Renamed(self.root, self.files)
        return ((name, storage) for name in self.files if storage.exists(name))


class _Renamed(FileSystemStorage):
    """Files of npm under the short names that pages use."""

    def __init__(self, root: Path, names: dict[str, str]) -> None:
        super().__init__(location=str(root))
        self.names = names

    def path(self, name: str) -> str:
        return str(Path(self.location) / self.names[name])
