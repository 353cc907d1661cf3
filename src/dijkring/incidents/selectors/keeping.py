# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long incidents are kept, which may be deleted, and an incident whole as a file."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, ForeignObjectRel, Model, QuerySet

from dijkring.core import clock
from dijkring.evidence.models import Upload
from dijkring.incidents.models import Deletion, Incident, KeepingTerm
from dijkring.incidents.models.keeping import LEAST_YEARS

Rows = dict[type[Model], list[int]]


def years(organisation_id: int) -> int:
    """Return for how many years after closing the organisation keeps its incidents."""
    row = KeepingTerm.objects.filter(organisation_id=organisation_id).first()
    return row.years if row else LEAST_YEARS


def kept_since(term: int) -> datetime:
    """Return the moment before which an incident must have been closed to be deleted now."""
    return _other_year(clock.now(), -term)


def _other_year(at: datetime, more: int) -> datetime:
    try:
        return at.replace(year=at.year + more)
    except ValueError:
        # The last of February of another year.
        return at.replace(year=at.year + more, day=28)


def over(organisation_id: int) -> QuerySet[Incident]:
    """Return the incidents and exercises that were kept for long enough, the oldest first."""
    rows = Incident.objects.filter(
        organisation_id=organisation_id,
        state=Incident.State.CLOSED,
        closed_at__lte=kept_since(years(organisation_id)),
    )
    return rows.order_by("closed_at", "pk")


def deletions(organisation_id: int) -> QuerySet[Deletion]:
    """Return every deletion that was asked, with who asked and who agreed."""
    rows = Deletion.objects.filter(organisation_id=organisation_id)
    return rows.select_related("asked_by", "confirmed_by", "withdrawn_by")


def asked(organisation_id: int) -> dict[int, Deletion]:
    """Return the deletions that wait for a second person, by the number of their incident."""
    rows = deletions(organisation_id).filter(done_at=None, withdrawn_at=None)
    return {one.incident: one for one in rows}


def hanging(incident: Incident) -> Rows:
    """Return what is removed with an incident: its rows in this room, by table."""
    found: Rows = {Incident: [incident.pk]}
    waiting: list[tuple[type[Model], list[int]]] = [(Incident, [incident.pk])]
    while waiting:
        model, ids = waiting.pop()
        for child, pointer in _children(model):
            rows = child._base_manager.filter(
                **{f"{pointer}__in": ids, "organisation_id": incident.organisation_id}
            )
            new = sorted(set(rows.values_list("pk", flat=True)) - set(found.get(child, [])))
            if new:
                found.setdefault(child, []).extend(new)
                waiting.append((child, new))
    return found


def _children(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    for one in model._meta.get_fields(include_hidden=True):
        if not isinstance(one, ForeignObjectRel) or one.related_model is model:
            continue
        child: Any = one.related_model
        history = hasattr(child, "pgh_tracked_model")
        if child._meta.app_label == Incident._meta.app_label and not history:
            yield child, one.field.name


def uploads_of(rows: Rows) -> list[int]:
    """Return the uploads that these rows point at."""
    found: set[int] = set()
    for model, ids in rows.items():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Upload:
                values = model._base_manager.filter(pk__in=ids).exclude(**{field.attname: None})
                found.update(values.values_list(field.attname, flat=True))
    return sorted(found)


def export(incident: Incident) -> bytes:
    """Return an incident whole as JSON: the same rows give the same bytes."""
    rows = hanging(incident)
    made: dict[str, Any] = {
        model._meta.db_table: list(model._base_manager.filter(pk__in=ids).order_by("pk").values())
        for model, ids in rows.items()
    }
    files = Upload.everything.filter(pk__in=uploads_of(rows)).order_by("pk")
    made["uploads"] = list(files.values("id", "name", "size", "sha256", "uploaded_at"))
    text = json.dumps(made, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, indent=1)
    return text.encode()


def hash_of(incident: Incident) -> str:
    """Return the SHA-256 of the file of an incident."""
    return hashlib.sha256(export(incident)).hexdigest()
