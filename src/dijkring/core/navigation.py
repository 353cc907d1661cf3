# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The side navigation: rooms add entries in `apps.py`, a page shows what the role may open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
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
# One's own house is large: its lines stand together by subject.
GROUPS: dict[str, Promise | str] = {
    "": "",
    "work": _("Work"),
    "incidents": _("Incidents"),
    "norms": _("Norms and evidence"),
    "internet": _("On the internet"),
    "landscape": _("Landscape and suppliers"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    section: str
    label: Promise | str
    url_name: str
    right: str
    group: str = ""


_entries: list[Entry] = []


def add(section: str, label: Promise | str, url_name: str, right: str, *, group: str = "") -> None:
    """Add a line to a section, in a group of it; the page is `/o/<organisation>/…`.

    Raises ValueError for a section or a group that does not exist.
    """
    entry = Entry(section, label, url_name, right, group)
    if section not in SECTIONS or group not in GROUPS:
        raise ValueError(f"unknown section or group {section} {group}")
    if entry not in _entries:
        _entries.append(entry)


def entries() -> list[Entry]:
    """Return all lines, in the order of registration."""
    return list(_entries)


def sections(can: Callable[[str], bool], slug: str, path: str) -> list[dict[str, Any]]:
    """Return the sections with the lines that may be opened, the current one marked."""
    shown = []
    for id, label in SECTIONS.items():
        may = [entry for entry in _entries if entry.section == id and can(entry.right)]
        if may:
            shown.append({"id": id, "label": label, "groups": _groups(may, slug, path)})
    return shown


def _groups(may: list[Entry], slug: str, path: str) -> list[dict[str, Any]]:
    """Return the lines by group, in the order of the groups."""
    return [
        {"label": label, "entries": [_line(entry, slug, path) for entry in lines]}
        for group, label in GROUPS.items()
        if (lines := [entry for entry in may if entry.group == group])
    ]


def _line(entry: Entry, slug: str, path: str) -> dict[str, Any]:
    url = _address(entry.url_name, slug, get_script_prefix())
    return {"label": entry.label, "url": url, "current": path == url}


@lru_cache(maxsize=10_000)
def _address(url_name: str, slug: str, _prefix: str) -> str:
    """Return the address of a line; every page asks for all of them, and they stay the same."""
    return reverse(url_name, kwargs={"organisation": slug})
