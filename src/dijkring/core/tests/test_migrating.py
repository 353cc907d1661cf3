# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An empty database is migrated with few reloads; it must come out as the models say."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model
from pgtrigger import registered

COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
"""
FOREIGN = """
SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""
NAMED = """
SELECT conname FROM pg_constraint WHERE conrelid = %(table)s::regclass
UNION SELECT relname FROM pg_index i JOIN pg_class k ON k.oid = i.indexrelid
WHERE i.indrelid = %(table)s::regclass
"""
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"


def rows(query: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def type_of(declared: str | None) -> str:
    """Return a type of the models in the words of PostgreSQL."""
    return str(rows("SELECT %s::regtype::text", [(declared or "").split("(")[0]])[0][0])


def differences(model: type[Model]) -> list[str]:
    """Return what of a model is otherwise in the database."""
    table = model._meta.db_table
    found = {name: (kind.split("(")[0], needed) for name, kind, needed in rows(COLUMNS, [table])}
    fields = [field for field in model._meta.local_fields if field.column]
    wanted = {one.column: (type_of(one.db_type(connection)), not one.null) for one in fields}
    wrong = [f"{table}.{name}" for name in {*found, *wanted} if found.get(name) != wanted.get(name)]
    links = [one for one in fields if isinstance(one, ForeignKey)]
    bound = [one for one in links if getattr(one, "db_constraint", True)]
    leads = {one.column: one.related_model._meta.db_table for one in bound}
    if leads != dict(rows(FOREIGN, [table])):
        wrong.append(f"{table} leads elsewhere than {leads}")
    named = {one.name for one in [*model._meta.constraints, *model._meta.indexes]}
    return wrong + sorted(named - {name for (name,) in rows(NAMED, {"table": table})})


@pytest.mark.django_db
def test_tables_are_what_the_models_say() -> None:
    models = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    assert [line for model in models for line in differences(model)] == []
    assert len(models) > 100


@pytest.mark.django_db
def test_every_trigger_is_there() -> None:
    missing = [
        f"{model._meta.db_table}: {trigger.name}"
        for model, trigger in registered()
        if (trigger.get_pgid(model),) not in rows(TRIGGERS, [model._meta.db_table])
    ]
    assert missing == []
