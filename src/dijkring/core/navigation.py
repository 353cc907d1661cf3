# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The side navigation: rooms add entries in `apps.py`, a page shows what the role may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, Promise] = {
    "today": _("Today"),
    "house": _("Own house"),
    "disruption": _("Disruption"),
    "residents": _("Residents and businesses"),
    "leadership": _("Leadership"),
    "accountability": _("Accountability"),
    "management": _("Management"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    section: str
    label: Promise | str
    url_name: str
    right: str


_entries: list[Entry] = []


def add(section: str, label: Promise | str, url_name: str, right: str) -> None:
    """Add a line to a section; the page is `/o/<organisation>/…` under its url name."""
    entry = Entry(section, label, url_name, right)
    if section not in SECTIONS:
        raise ValueError(f"unknown section {section}")
    if entry not in _entries:
        _entries.append(entry)


def entries() -> list[Entry]:
    """Return all lines, in the order of registration."""
    return list(_entries)


def sections(can: Callable[[str], bool], slug: str, path: str) -> list[dict[str, Any]]:
    """Return the sections with the lines that may be opened, the current one marked."""
    shown = []
    for id, label in SECTIONS.items():
        lines = [
            _line(entry, slug, path)
            for entry in _entries
            if entry.section == id and can(entry.right)
        ]
        if lines:
            shown.append({"id": id, "label": label, "entries": lines})
    return shown


def _line(entry: Entry, slug: str, path: str) -> dict[str, Any]:
    url = reverse(entry.url_name, kwargs={"organisation": slug})
    return {"label": entry.label, "url": url, "current": path == url}
