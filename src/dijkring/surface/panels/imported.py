# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages show of what others measured: a file and what came of it, and a domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.surface.imported_facts import kinds_of_others
from dijkring.surface.models import Domain, Imported
from dijkring.surface.scoring import PartScore
from dijkring.surface.selectors import imported
from dijkring.surface.selectors.domains import CheckRow, FactLine
from dijkring.surface.selectors.imported import TheirScore
from dijkring.ui.panels import Facts, Markup, Panel

STATUSES = {
    "taken": gettext_lazy("Taken over"),
    "known": gettext_lazy("Known already"),
    "refused": gettext_lazy("Refused"),
    "left_out": gettext_lazy("Left out"),
}


def of_import(found: Imported) -> list[Panel]:
    """Return what became of a file: its numbers, and what was refused."""
    counts = found.counts
    rows: list[tuple[Any, Any]] = [
        (_("State"), found.get_state_display()),
        (_("Uploaded"), found.uploaded_at),
        (_("By"), found.uploaded_by),
        (_("Measured on"), found.about_at),
        *[(label, counts[key]) for key, label in STATUSES.items() if counts.get(key)],
    ]
    if counts.get("facts"):
        rows.append((_("Facts that stand on this file"), counts["facts"]))
    if counts.get("domains"):
        rows.append((_("Domains registered"), counts["domains"]))
    if found.undone_at:
        rows += [(_("Undone on"), found.undone_at), (_("Undone by"), found.undone_by)]
    panels: list[Panel] = [Facts(_("What happened"), rows)]
    if found.refused:
        panels.append(Markup(_("Refused"), "surface/import_refused.html", {"rows": found.refused}))
    return panels


def rows_of(lines: Mapping[str, list[FactLine]]) -> list[CheckRow]:
    """Return what only others can tell of a name: a row per kind, with all sources."""
    kinds = kinds_of_others()
    return [CheckRow(kinds[kind], lines[kind]) for kind in sorted(kinds) if lines.get(kind)]


@dataclass(frozen=True, slots=True)
class Pair:
    """The score of one part, ours beside that of another."""

    part: str
    ours: PartScore | None
    theirs: TheirScore


def side_by_side(domain: Domain, scores: Sequence[PartScore]) -> list[Pair]:
    """Return the scores that another gave a name, each beside ours."""
    ours: dict[str, PartScore] = {one.part: one for one in scores}
    theirs = imported.scores_of(domain)
    return [Pair(part, ours.get(part), theirs[part]) for part in sorted(theirs, reverse=True)]
