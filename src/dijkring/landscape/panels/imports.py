# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a file that came in shows."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkring.landscape.models import Imported
from dijkring.landscape.tables.imports import FORMATS
from dijkring.ui.panels import Facts, Panel

STATUSES = {
    "refused": gettext_lazy("Refused"),
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "gone": gettext_lazy("Not there any more"),
    "unchanged": gettext_lazy("Unchanged"),
}


def of_import(found: Imported) -> list[Panel]:
    """Return what became of a file."""
    counts = found.counts
    rows: list[tuple[Any, Any]] = [
        (_("What"), FORMATS.get(found.format, found.format)),
        (_("About"), found.system or found.about),
        (_("State"), found.get_state_display()),
        (_("Uploaded"), found.uploaded_at),
        (_("By"), found.uploaded_by or "Dijkring"),
        *[(label, counts[key]) for key, label in STATUSES.items() if counts.get(key)],
    ]
    if found.undone_at:
        rows += [
            (_("Undone on"), found.undone_at),
            (_("Undone by"), found.undone_by),
            (_("Put back"), counts.get("back", 0)),
        ]
    if stays := counts.get("stays"):
        words = ngettext(
            "%(n)d that was changed or came to be needed since",
            "%(n)d that were changed or came to be needed since", stays,
        )  # fmt: skip
        rows.append((_("Stays"), words % {"n": stays}))
    return [Facts(_("What happened"), rows)]
