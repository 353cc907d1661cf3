# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: the history tables of an organisation read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, ForeignKey, JSONField, Model, QuerySet, Value
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.organisations import trail_words

# Names of our own, which no column of a tracked table can have.
COLUMNS = (
    "pgh_id",
    "trail_at",
    "trail_who",
    "trail_table",
    "trail_verb",
    "trail_object",
    "trail_why",
)
TABLES: dict[str, Promise] = {
    "accountability-report": _("Report"),
    "accountability-step": _("Step of a report"),
    "actions-action": _("Action"),
    "actions-actionline": _("Line of an action"),
    "controls-applicability": _("Applicability"),
    "controls-lookagain": _("Requirement to look at again"),
    "core-schedule": _("Planned work"),
    "evidence-deviation": _("Accepted deviation"),
    "evidence-judgement": _("Judgement"),
    "evidence-populationmember": _("Subject that counts"),
    "evidence-withdrawal": _("Withdrawn fact"),
    "identity-breakglass": _("Break-glass account"),
    "identity-breakglassuse": _("Broken seal"),
    "identity-identity": _("Connected login"),
    "identity-identityprovider": _("Identity provider"),
    "identity-rolerule": _("Rule for a role"),
    "identity-secondstepduty": _("Duty of a second step"),
    "organisations-apitoken": _("API token"),
    "organisations-invitation": _("Invitation"),
    "organisations-membership": _("Access"),
    "surface-domain": _("Domain"),
}
VERBS: dict[str, Promise] = {
    "insert": _("added"),
    "update": _("changed"),
    "delete": _("removed"),
}


@cache
def histories() -> dict[str, Any]:
    """Return the history models that belong to organisations, by the name of what they follow."""
    found = (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model"))
    own = (model for model in found if (declared(model) or "") == "history")
    return {key_of(tracked(model)): model for model in own}


def key_of(model: type[Model]) -> str:
    """Return the name of a table in addresses: `actions-action`."""
    return model._meta.label_lower.replace(".", "-")


def declared(model: type[Model]) -> str | None:
    """Return the level at which a table is declared."""
    declaration = tenancy.declaration(model)
    return declaration.level if declaration else None


def tracked(history: Any) -> type[Model]:
    """Return the model that a history follows."""
    model: type[Model] = history.pgh_tracked_model
    return model


def tables() -> list[tuple[str, str]]:
    """Return the tables with a history as (key, words)."""
    named = [(key, table_words(key)) for key in histories()]
    return sorted(named, key=lambda pair: pair[1].casefold())


def table_words(key: str) -> str:
    """Return what a row of a table is called."""
    return str(TABLES.get(key) or tracked(histories()[key])._meta.verbose_name)


def verb_words(verb: str) -> str:
    """Return what was done, in words."""
    return str(VERBS.get(verb, verb))


def entries(
    organisation_id: int,
    *,
    table: str = "",
    who: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Any, dict[str, Any]]:
    """Return the changes of an organisation as dictionaries of COLUMNS, the newest first."""
    chosen = {key: model for key, model in histories().items() if table in ("", key)}
    parts = [_part(key, model, organisation_id) for key, model in chosen.items()]
    wanted = {
        "trail_who__icontains": who,
        "trail_at__date__gte": since,
        "trail_at__date__lte": until,
    }
    wanted = {name: value for name, value in wanted.items() if value}
    first, *others = [part.filter(**wanted).values(*COLUMNS) for part in parts]
    return first.union(*others, all=True).order_by("-trail_at", "-pgh_id")


def _part(key: str, history: Any, organisation_id: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = history.objects.filter(organisation_id=organisation_id).order_by()
    named: QuerySet[Any] = rows.annotate(
        trail_at=F("pgh_created_at"),
        trail_who=KT("pgh_context__name"),
        trail_table=Value(key, CharField()),
        trail_verb=F("pgh_label"),
        trail_object=F("pgh_obj_id"),
        trail_why=KT("pgh_context__reason"),
    )
    return named


def names_of(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Return the words for the objects of some entries, with one query per table."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row["trail_table"], set()).add(row["trail_object"])
    found = {}
    for table, ids in wanted.items():
        for object in _with_relations(tracked(histories()[table]), ids):
            found[table, object.pk] = str(object)
    return found


def _with_relations(model: type[Model], ids: set[int]) -> QuerySet[Any]:
    relations = [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=ids)
    return rows.select_related(*relations)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a change: its words, what it was and what it became."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one object: when, who, what, why and every field that it touched."""

    id: int
    at: Any
    who: str
    verb: str
    why: str
    changes: list[Change]


def events(table: str, object_id: int) -> list[Event]:
    """Return the changes of one object, the newest first; empty when there are none."""
    history = histories().get(table)
    rows = list(history.objects.filter(pgh_obj_id=object_id).order_by("pgh_id")) if history else []
    known = _people_and_things(rows)
    pairs = zip([None, *rows], rows, strict=False)
    return [_event(row, before, known) for before, row in pairs][::-1]


def name_of(table: str, object_id: int) -> str:
    """Return the words for one object; its number when it is gone."""
    found = names_of([{"trail_table": table, "trail_object": object_id}])
    return found.get((table, object_id), f"#{object_id}")


def _event(row: Any, before: Any, known: dict[tuple[str, int], str]) -> Event:
    context = row.pgh_context or {}
    return Event(
        row.pgh_id,
        row.pgh_created_at,
        context.get("name", ""),
        row.pgh_label,
        context.get("reason", ""),
        [] if row.pgh_label == "delete" else list(_changes(row, before, known)),
    )


def _changes(row: Any, before: Any, known: dict[tuple[str, int], str]) -> Iterable[Change]:
    for field in _fields(row):
        was = getattr(before, field.attname) if before is not None else None
        now = getattr(row, field.attname)
        if was != now and (before is not None or now not in ("", None)):
            words = capfirst(str(trail_words.words_of(field)))
            yield Change(words, _shown(field, was, known), _shown(field, now, known))


def _fields(row: Any) -> list[Any]:
    own = (field for field in row._meta.fields if not field.name.startswith("pgh_"))
    return [field for field in own if trail_words.words_of(field)]


def _shown(field: Any, value: Any, known: dict[tuple[str, int], str]) -> Any:
    if value is None or value == "":
        return None
    if isinstance(field, ForeignKey):
        return known.get((field.name, value), f"#{value}")
    # What lies inside is the object's own page to show, behind its own right.
    if isinstance(field, JSONField) or trail_words.place_of(field) in trail_words.CLOSED:
        return gettext("(data)")
    if isinstance(field, ArrayField):
        words = dict(field.base_field.flatchoices)
        return ", ".join(str(words.get(one, one)) for one in value)
    return dict(field.flatchoices).get(value, value)


def _people_and_things(rows: list[Any]) -> dict[tuple[str, int], str]:
    """Return the words of everything that the rows point to, with one query per field."""
    found = {}
    for field in _fields(rows[0]) if rows else []:
        if isinstance(field, ForeignKey):
            ids = {getattr(row, field.attname) for row in rows} - {None}
            related: Any = field.related_model
            for object in _with_relations(related, ids) if ids else ():
                found[field.name, object.pk] = str(object)
    return found
