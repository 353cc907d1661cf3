# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts back what an import changed, apart from what has changed or came to be needed since."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.audit import changed_since_made
from dijkring.core.errors import Refused
from dijkring.landscape.models import (
    Asset,
    Component,
    Dependency,
    DependencyGroup,
    Imported,
    Publication,
)
from dijkring.landscape.services import groups, watching
from dijkring.landscape.services.import_write import Old, plain
from dijkring.landscape.uses import spoken_of

_BATCH = 1_000


def undo(actor: Actor, imported: Imported) -> dict[str, int]:
    """Undo an import of a landscape; returns how many came back, and how many have to stay."""
    kept = imported.undoing
    back = _end(kept.get("dependencies", []))
    stays = 0
    for model, old in ((Dependency, kept.get("edges", {})), (Asset, kept.get("changed", {}))):
        done, left = _restore(model, old)
        back, stays = back + done, stays + left
    _resize(kept.get("groups", {}))
    done, left = _retire(kept.get("assets", []))
    _check_groups(kept)
    watching.changed(actor.organisation_id)
    return {"back": back + done, "stays": stays + left}


def _end(made: list[int]) -> int:
    rows = Dependency.objects.filter(pk__in=made, ended_at=None)
    rows = rows.exclude(pk__in=changed_since_made(Dependency, made))
    return rows.update(ended_at=clock.now())


def _restore(model: Any, old: Old) -> tuple[int, int]:
    """Give each field back that still says what the file said."""
    rows, names, left = [], set(), 0
    found = model._default_manager.filter(pk__in=map(int, old))
    for row in found:
        fields = old[str(row.pk)]
        same = {name for name, (_was, now) in fields.items() if plain(getattr(row, name)) == now}
        left += len(same) < len(fields)
        for name in same:
            setattr(row, name, _value(model, name, fields[name][0]))
        names |= same
        if same:
            rows.append(row)
    columns = [name.removesuffix("_id") for name in sorted(names)]
    if rows:
        try:
            with transaction.atomic():
                model._default_manager.bulk_update(rows, columns, batch_size=_BATCH)
        except IntegrityError as error:
            raise Refused(
                _("Something else has the old name or reference now. Change that first.")
            ) from error
    return len(rows), left


def _value(model: Any, name: str, kept: Any) -> Any:
    return kept if name.endswith("_id") else model._meta.get_field(name).to_python(kept)


def _resize(sizes: dict[str, list[int]]) -> None:
    for row in DependencyGroup.objects.filter(pk__in=map(int, sizes)):
        before, after = sizes[str(row.pk)]
        if row.needed == after:
            row.needed = before
            row.save(update_fields=["needed"])


def _retire(made: list[int]) -> tuple[int, int]:
    """Take out what the file brought, unless somebody worked on it or something hangs on it."""
    rows = Asset.objects.filter(pk__in=made, retired_at=None)
    held = _held(made) | changed_since_made(Asset, made) | spoken_of(made)
    stays = rows.filter(pk__in=held).count()
    return rows.exclude(pk__in=held).update(retired_at=clock.now()), stays


def _held(made: list[int]) -> set[int]:
    edges = Dependency.objects.filter(ended_at=None)
    edges = edges.filter(Q(dependent__in=made) | Q(needed__in=made))
    held = {pk for pair in edges.values_list("dependent_id", "needed_id") for pk in pair}
    published = Publication.objects.filter(asset__in=made, until=None)
    held |= set(published.values_list("asset_id", flat=True))
    parts = Component.objects.filter(system__in=made, ended_by=None)
    return held | set(parts.values_list("system_id", flat=True))


def _check_groups(kept: dict[str, Any]) -> None:
    pks = [*map(int, kept.get("edges", {})), *kept.get("dependencies", [])]
    rows = DependencyGroup.objects.filter(members__in=pks).distinct()
    for row in rows:
        groups.check_enough(row)
