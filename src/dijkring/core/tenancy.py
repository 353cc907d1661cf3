# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tenancy in the database: every table is declared, and the declaration becomes its policies.

Own tables hold `organisation_id` and force row security. Tables between two organisations name the
other one as well: both may read, only the first makes rows. Content is the same for everybody; some
content tables also hold rows of one organisation. World tables hold public observations. System
tables are Dijkring's own plumbing. A table without a declaration is an error.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from dijkring.core.access import Actor

APP_ROLE = "dijkring_app"
OWNER_ROLE = "dijkring_owner"
KINDS = (
    "organisation",
    "fact",
    "standing",
    "summary",
    "judgement",
    "action",
    "document",
    "surface",
    "landscape",
)
SYSTEM_APPS = frozenset(
    {
        "account",
        "auth",
        "contenttypes",
        "mfa",
        "pghistory",
        "procrastinate",
        "sessions",
        "usersessions",
    }
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one table is protected; `kind` is the sharing kind by which others may read it.

    Of a table between two organisations `other` is the column of the second one, and `changes` says
    who may change a row that is there: the first one ("own"), the second ("other") or "nobody".
    `shown_since` is the column without which the second one does not see the row yet.
    """

    level: str
    kind: str = ""
    other: str = ""
    changes: str = "own"
    shown_since: str = ""


def own(kind: str) -> Declaration:
    """Declare a table whose every row belongs to one organisation."""
    if kind not in KINDS:
        raise ValueError(f"unknown sharing kind {kind}")
    return Declaration("own", kind)


def between(other: str, *, changes: str = "own", shown_since: str = "") -> Declaration:
    """Declare a table of rows between `organisation` and a second one, named by a foreign key.

    Both may read; only the first makes rows; nobody removes one. `changes` is own, other or nobody.
    `shown_since` names a moment of the row: while it is empty only the first one sees the row.
    """
    if changes not in {"own", "other", "nobody"}:
        raise ValueError(f"unknown changer {changes}")
    return Declaration("between", "organisation", f"{other}_id", changes, shown_since)


CONTENT = Declaration("content")
MIXED = Declaration("mixed")
WORLD = Declaration("world")
SYSTEM = Declaration("system")


def declaration(model: type[models.Model]) -> Declaration | None:
    """Return the declaration of a model's table, or None when there is none."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None:
        found = declaration(tracked)
        kept = found is not None and found.level in {"own", "between"}
        return Declaration("history", found.kind) if found and kept else found
    if model._meta.app_label in SYSTEM_APPS:
        return SYSTEM
    return getattr(model, "tenancy", None)


def tables() -> dict[str, Declaration | None]:
    """Return every managed table of the project with its declaration."""
    found = {
        model._meta.db_table: declaration(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed or model._meta.app_label == "procrastinate"
    }
    return {**found, "django_migrations": CONTENT}


# --- acting for organisations -------------------------------------------------------------------

_SETTINGS = ("own", *(f"read_{kind}" for kind in KINDS))
_AUDIT = "pghistory.context_metadata"
_NAMES = (*(f"app.{name}" for name in _SETTINGS), _AUDIT)
_READ = ", ".join(f"current_setting('{name}', true) AS s{at}" for at, name in enumerate(_NAMES))
_WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _NAMES)
# What is materialised is read before anything is written; without an actor the trail goes on.
_EXCHANGE = (
    f"WITH before AS MATERIALIZED (SELECT {_READ}) SELECT before.*, "  # noqa: S608 -- constants
    + ", ".join(f"set_config('app.{name}', %s, true)" for name in _SETTINGS)
    + f", set_config('{_AUDIT}', coalesce(%s, s{len(_SETTINGS)}, ''), true) FROM before"
)


@contextmanager
def transaction_for(organisations: Iterable[int], actor: Actor | None = None) -> Iterator[None]:
    """Open a transaction for some organisations; inside another one, a part of it that may fail.

    A scope ends with its own transaction: there is nothing to read before it, nor to restore.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if not outermost:
            with acting_for(organisations, actor):
                yield
            return
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [*_scope(organisations, {}), _metadata(actor) or ""])
        yield


@contextmanager
def acting_for(
    organisations: Iterable[int],
    actor: Actor | None = None,
    *,
    reading: Mapping[str, Iterable[int]] | None = None,
) -> Iterator[None]:
    """Set the scope of this transaction to some organisations and restore the previous one after.

    Works only inside a transaction; raises RuntimeError elsewhere. Inside, the database shows and
    takes rows of these organisations only. The actor is written into the audit trail.

    `reading` names, per sharing kind, the organisations whose rows are shown instead of one's own:
    what is shared stands apart, so that a page cannot mix the rows of two organisations.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("acting_for works only inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGE, [*_scope(organisations, reading or {}), _metadata(actor)])
        before = [value or "" for value in cursor.fetchone()[: len(_NAMES)]]
    try:
        yield
    finally:
        _restore(before)


def _scope(organisations: Iterable[int], reading: Mapping[str, Iterable[int]]) -> list[str]:
    if unknown := set(reading).difference(KINDS):
        raise ValueError(f"unknown sharing kinds {sorted(unknown)}")
    own = _array(organisations)
    return [own, *(_array(reading[kind]) if kind in reading else own for kind in KINDS)]


def _array(ids: Iterable[int]) -> str:
    return "{" + ",".join(str(int(id)) for id in sorted(set(ids))) + "}"


def _metadata(actor: Actor | None) -> str | None:
    if actor is None:
        return None
    return json.dumps({"user": actor.user_id, "name": actor.name, "kind": actor.kind})


def _restore(before: list[str]) -> None:
    # A broken transaction restores its settings by rolling back.
    if connection.needs_rollback or connection.connection is None or connection.connection.broken:
        return
    if connection.connection.info.transaction_status.name == "INERROR":
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, before)


def note_reason(reason: str) -> None:
    """Write a person's reason into the audit trail of what follows in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_metadata', (coalesce(nullif(current_setting("
            "'pghistory.context_metadata', true), ''), '{}')::jsonb || %s::jsonb)::text, true)",
            [json.dumps({"reason": reason})],
        )


# --- policies and grants ------------------------------------------------------------------------


def _ids(setting: str) -> str:
    # The sub-select is evaluated once per query; nullif turns an unset scope into no rows.
    return (
        f"ANY ((SELECT (nullif(current_setting('app.{setting}', true), ''))::bigint[])::bigint[])"
    )


# The organisations that are acted for, in the query of a door.
OWN = _ids("own")


def policies(declared: Declaration) -> dict[str, str]:
    """Return the policies of a table: name to the clause after the table's name."""
    if declared.level == "between":
        return _between(declared)
    if declared.level not in {"own", "history", "mixed"}:
        return {}
    mine = f"organisation_id = {_ids('own')}"
    read = (
        mine if declared.level == "mixed" else f"organisation_id = {_ids('read_' + declared.kind)}"
    )
    read = f"(organisation_id IS NULL OR {read})" if declared.level == "mixed" else read
    found = {
        "tenant_read": f"FOR SELECT USING ({read})",
        "tenant_insert": f"FOR INSERT WITH CHECK ({mine})",
    }
    if declared.level != "history":
        found["tenant_update"] = f"FOR UPDATE USING ({mine}) WITH CHECK ({mine})"
        found["tenant_delete"] = f"FOR DELETE USING ({mine})"
    return found


def _between(declared: Declaration) -> dict[str, str]:
    mine, theirs = (f"{column} = {_ids('own')}" for column in ("organisation_id", declared.other))
    shown = f"({theirs} AND {declared.shown_since} IS NOT NULL)" if declared.shown_since else theirs
    found = {
        "tenant_read": f"FOR SELECT USING ({mine} OR {shown})",
        "tenant_insert": f"FOR INSERT WITH CHECK ({mine})",
    }
    if declared.changes != "nobody":
        changer = mine if declared.changes == "own" else theirs
        found["tenant_update"] = f"FOR UPDATE USING ({changer}) WITH CHECK ({changer})"
    return found


def grants(declared: Declaration) -> str:
    """Return what the role of pages and jobs may do with a table at all."""
    if declared.level == "between" and declared.changes == "nobody":
        return "SELECT, INSERT"
    return _GRANTS[declared.level]


_GRANTS = {
    "between": "SELECT, INSERT, UPDATE",
    "own": "SELECT, INSERT, UPDATE, DELETE",
    "mixed": "SELECT, INSERT, UPDATE, DELETE",
    "history": "SELECT, INSERT",
    "content": "SELECT",
    "world": "SELECT, INSERT, UPDATE",
    "system": "SELECT, INSERT, UPDATE, DELETE",
}


def statements(table: str, declared: Declaration) -> list[str]:
    """Return the statements that put one table under its declaration."""
    wanted = policies(declared)
    switch = "ENABLE" if wanted else "DISABLE"
    force = "FORCE" if wanted else "NO FORCE"
    names = ("tenant_read", "tenant_insert", "tenant_update", "tenant_delete")
    return [
        f"ALTER TABLE {table} {switch} ROW LEVEL SECURITY",
        f"ALTER TABLE {table} {force} ROW LEVEL SECURITY",
        *(f"DROP POLICY IF EXISTS {name} ON {table}" for name in names),
        *(f"CREATE POLICY {name} ON {table} {clause}" for name, clause in wanted.items()),
        f"REVOKE ALL ON {table} FROM PUBLIC, {APP_ROLE}",
        f"GRANT {grants(declared)} ON {table} TO {APP_ROLE}",
    ]


# --- doors --------------------------------------------------------------------------------------

_doors: dict[str, str] = {}


def door(name: str, arguments: str, returns: str, query: str) -> None:
    """Register a cross-tenant door: a definer function of the owner with a fixed search path."""
    _doors[name] = (
        f"CREATE OR REPLACE FUNCTION {name}({arguments}) RETURNS {returns} LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = public, pg_temp AS $door$ {query} $door$"
    )


def deed(name: str, arguments: str, returns: str, body: str) -> None:
    """Register a door that changes rows: for what nobody may do in another way.

    The body is plpgsql and checks itself whether it may be done; it sees every row there is.
    """
    _doors[name] = (
        f"CREATE OR REPLACE FUNCTION {name}({arguments}) RETURNS {returns} LANGUAGE plpgsql "
        f"SECURITY DEFINER SET search_path = public, pg_temp AS $door$ {body} $door$"
    )


def doors() -> list[str]:
    """Return the names of all doors."""
    return sorted(_doors)


def enforce() -> None:
    """Put every table under its declaration and make the doors; as the owner, after migrating."""
    undeclared = sorted(table for table, declared in tables().items() if declared is None)
    if undeclared:
        raise RuntimeError(f"tables without a declaration: {', '.join(undeclared)}")
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
        existing = set(connection.introspection.table_names(cursor))
        for table, declared in tables().items():
            if declared is not None and table in existing:
                for statement in statements(table, declared):
                    cursor.execute(statement)
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
        for name, statement in _doors.items():
            _make_door(cursor, name, statement)


def _make_door(cursor, name: str, statement: str) -> None:  # type: ignore[no-untyped-def]
    cursor.execute(f"DROP FUNCTION IF EXISTS {name}")
    cursor.execute(statement)
    cursor.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {APP_ROLE}")


# --- the guard ----------------------------------------------------------------------------------

_STATE = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
       coalesce(jsonb_object_agg(
           p.polname,
           concat(p.polcmd, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))
       ) FILTER (WHERE p.polname IS NOT NULL), '{}')
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
GROUP BY c.relname, c.relrowsecurity, c.relforcerowsecurity
"""
_COMMANDS = {"FOR SELECT": "r", "FOR INSERT": "a", "FOR UPDATE": "w", "FOR DELETE": "d"}
# How PostgreSQL writes a policy back: with casts, a name for the column, and more brackets.
_NOISE = re.compile(r"::text|\bas \"nullif\"|\busing\b|\bwith check\b|[\s()]", re.IGNORECASE)


def faults() -> list[str]:
    """Return what is wrong with the protection of this database; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, unbound = cursor.fetchone()
        cursor.execute(_STATE)
        state = {name: (forced, json.loads(found)) for name, forced, found in cursor.fetchall()}
    found = [f"role {role} is not bound by row security"] if unbound else []
    declared = tables()
    found += [f"table {name} is not declared" for name in sorted(state) if not declared.get(name)]
    for table, declaration_ in sorted(declared.items()):
        if table in state and declaration_:
            found += _table_faults(table, declaration_, *state[table])
    return found


def _table_faults(
    table: str, declared: Declaration, forced: bool, there: dict[str, str]
) -> list[str]:
    wanted = policies(declared)
    found = [f"table {table} lacks policy {name}" for name in sorted(wanted.keys() - there.keys())]
    found += [
        f"table {table} has an unknown policy {name}"
        for name in sorted(there.keys() - wanted.keys())
    ]
    found += [
        f"table {table} has another policy {name} than declared"
        for name in sorted(wanted.keys() & there.keys())
        if _plain(there[name]) != _plain(_as_stored(wanted[name]))
    ]
    if wanted and not forced:
        found.append(f"table {table} does not force row security")
    return found


def _as_stored(clause: str) -> str:
    command = clause[:10]
    return _COMMANDS[command] + clause[10:]


def _plain(expression: str) -> str:
    return _NOISE.sub("", expression).lower()
