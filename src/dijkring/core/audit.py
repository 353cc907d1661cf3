# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: triggers write every change with who, when and why; it is never changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.apps import apps
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def audited(*, exclude: list[str] | None = None) -> Callable[[M], M]:
    """Track a model: an append-only history table with the person and the reason."""
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]  # means: no such field
        append_only=True,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    who: str
    what: str
    why: str
    changes: dict[str, tuple[Any, Any]]


def timeline(instance: models.Model) -> list[Entry]:
    """Return the changes of one object, the newest first."""
    history = history_of(type(instance)).objects.filter(pgh_obj_id=instance.pk).order_by("pgh_id")
    entries: list[Entry] = []
    before: models.Model | None = None
    for row in history:
        entries.append(_entry(row, before))
        before = row
    return entries[::-1]


def history_of(model: type[models.Model]) -> Any:
    """Return the history table of a model; raise LookupError when it has none."""
    for other in apps.get_models():
        if getattr(other, "pgh_tracked_model", None) is model:
            return other
    raise LookupError(f"{model.__name__} has no history")


def _entry(row: Any, before: Any) -> Entry:
    context = row.pgh_context or {}
    return Entry(
        row.pgh_created_at,
        context.get("name", ""),
        row.pgh_label,
        context.get("reason", ""),
        _changes(row, before),
    )


def _changes(row: Any, before: Any) -> dict[str, tuple[Any, Any]]:
    if before is None:
        return {}
    names = [field.attname for field in row._meta.fields if not field.name.startswith("pgh_")]
    pairs = {name: (getattr(before, name), getattr(row, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
