# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: triggers write every change with who, when and why; it is never changed."""

from collections.abc import Callable, Iterable
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


def changed_since_made(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    """Return which objects no longer say what they said when they were made.

    One of which the beginning is not known counts as changed.
    """
    wanted = list(ids)
    history = history_of(model)
    names = [name for name in _names(history) if name != "id"]
    made = history.objects.filter(pgh_obj_id__in=wanted, pgh_label="insert")
    first = {row[0]: row[1:] for row in made.values_list("pgh_obj_id", *names)}
    now = model._default_manager.filter(pk__in=wanted).values_list("pk", *names)
    return {row[0] for row in now if first.get(row[0]) != row[1:]}


def _names(history: Any) -> list[str]:
    return [one.attname for one in history._meta.fields if not one.name.startswith("pgh_")]


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
    pairs = {name: (getattr(before, name), getattr(row, name)) for name in _names(row)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
