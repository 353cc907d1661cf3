# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages show of what others measured: a file and what came of it, and a domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock
from dijkring.surface.imported_facts import kinds_of_others
from dijkring.surface.models import Domain, Imported
from dijkring.surface.scoring import PartScore
from dijkring.surface.selectors import domains as selectors
from dijkring.surface.selectors import imported
from dijkring.surface.selectors.domains import CheckRow
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
        *[(label, counts[key]) for key, label in STATUSES.items() if key in counts],
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


def of_domain(request: Any, domain: Domain, wanted: str) -> list[Panel]:
    """Return what only others can tell of a name: a row per kind, with all sources."""
    kinds = kinds_of_others()
    lines = selectors.lines_of(domain, kinds)
    rows = [CheckRow(kinds[kind], found) for kind, found in sorted(lines.items())]
    shown = [row for row in rows if not wanted or row.state == wanted]
    if not shown:
        return []
    more = {"now": clock.now(), "may_deviate": request.can("evidence.deviate")}
    return [Markup(_("Told by others"), "surface/checks.html", {"rows": shown, **more})]


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
