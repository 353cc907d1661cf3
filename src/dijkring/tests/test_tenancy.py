# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""No organisation sees or touches another's rows: every table, tried in the database itself."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from psycopg.errors import UniqueViolation
from pytest_django import DjangoDbBlocker

from dijkring.core import tenancy
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.organisations.models import User
from dijkring.tests.harness import rows
from dijkring.tests.harness.database import Clone, within
from dijkring.tests.harness.people import Acting, account, actor_of

# What a policy, a missing grant and a trigger of the table say.
REFUSALS = ("row-level security", "permission denied", "pgtrigger: Cannot")
TENANT_LEVELS = {"own", "between", "history", "mixed"}


def tenant_tables() -> list[str]:
    declared = tenancy.tables().items()
    return sorted(name for name, one in declared if one and one.level in TENANT_LEVELS)


def as_superuser(clone: Clone, **options: str) -> psycopg.Connection:
    url = within(clone.server.superuser_url, clone.name)
    return psycopg.connect(url, autocommit=True, **options)  # type: ignore[arg-type]


@pytest.fixture
def superuser(clone: Clone, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Give a superuser in the clone; what is done with it is gone after the test."""
    with as_superuser(clone) as found:
        yield found


@pytest.fixture
def onlooker(clone: Clone, db: None) -> Iterator[psycopg.Connection]:
    """Give a superuser who changes nothing."""
    with as_superuser(clone, options="-c default_transaction_read_only=on") as found:
        yield found


@pytest.fixture
def dijkerveen(alice: User) -> int:
    return actor_of(alice).organisation_id


@pytest.fixture
def waterhoek(charlie: User) -> int:
    return actor_of(charlie).organisation_id


@pytest.fixture(scope="module")
def planted(
    clone: Clone, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[str]]:
    """Put a row of both organisations in every tenant's table; the tests take back their own."""
    tables = tenant_tables()
    with django_db_blocker.unblock():
        both = [actor_of(account(name)).organisation_id for name in ("alice", "charlie")]
        connections.close_all()
    with as_superuser(clone) as superuser:
        rows.plant(superuser, tables, both)
    yield tables
    clone.renew()


def seen(table: str, organisation: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM "{table}" WHERE organisation_id = %s',  # noqa: S608
            [organisation],
        )
        return int(cursor.fetchone()[0])


def leaks(tables: list[str], mine: int, theirs: int) -> list[str]:
    """Return the tables that show another's rows to one organisation, or hide its own."""
    with transaction_for([mine]):
        shown = [f"{table} shows" for table in tables if seen(table, theirs)]
        hidden = [f"{table} hides" for table in tables if not seen(table, mine)]
    return shown + hidden


def touched(statement: str) -> int:
    """Carry out a statement and take it back; returns the rows it touched, 0 when refused.

    Policies are asked before unique keys: a row that only has a double was let in.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(statement)
            count = int(cursor.rowcount)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        if any(words in str(error) for words in REFUSALS):
            return 0
        raise
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            return 1
        raise
    return count


def present_tables(superuser: psycopg.Connection) -> set[str]:
    query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    return {row[0] for row in superuser.execute(query + " AND relkind IN ('r', 'p')")}


@pytest.mark.django_db
def test_every_table_is_declared_and_protected() -> None:
    assert tenancy.faults() == []


def test_every_tenant_table_is_in_the_database(onlooker: psycopg.Connection) -> None:
    assert set(tenant_tables()) <= present_tables(onlooker)


def test_table_with_an_organisation_belongs_to_it(onlooker: psycopg.Connection) -> None:
    query = "SELECT table_name FROM information_schema.columns WHERE column_name = %s"
    with_organisation = {row[0] for row in onlooker.execute(query, ["organisation_id"])}
    assert with_organisation == set(tenant_tables())


def test_no_view_goes_round_the_policies(onlooker: psycopg.Connection) -> None:
    query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert onlooker.execute(query + " AND relkind IN ('v', 'm', 'f')").fetchall() == []


def test_rows_of_another_are_invisible(planted: list[str], dijkerveen: int, waterhoek: int) -> None:
    assert leaks(planted, dijkerveen, waterhoek) == []


def test_without_a_scope_nothing_is_visible(
    planted: list[str], dijkerveen: int, waterhoek: int
) -> None:
    assert [table for table in planted if seen(table, dijkerveen) + seen(table, waterhoek)] == []


def test_rows_for_another_cannot_be_made(
    planted: list[str], onlooker: psycopg.Connection, dijkerveen: int, waterhoek: int
) -> None:
    def made(table: str, organisation: int) -> int:
        parts = rows.insert(onlooker, table, organisation, 900_009)
        return touched(parts.statement(table).as_string(onlooker))

    with transaction_for([dijkerveen]):
        assert [table for table in planted if made(table, waterhoek)] == []
        assert [table for table in planted if not made(table, dijkerveen)] == []


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE "{table}" SET organisation_id = {mine} WHERE organisation_id = {theirs}',
        'UPDATE "{table}" SET organisation_id = {theirs} WHERE organisation_id = {mine}',
        'DELETE FROM "{table}" WHERE organisation_id = {theirs}',
        'UPDATE "{table}" SET organisation_id = NULL WHERE organisation_id = {mine}',
    ],
)
def test_rows_cannot_be_taken_given_away_or_removed(
    planted: list[str], dijkerveen: int, waterhoek: int, statement: str
) -> None:
    def changed(table: str) -> int:
        return touched(statement.format(table=table, mine=dijkerveen, theirs=waterhoek))

    with transaction_for([dijkerveen]):
        assert [table for table in planted if changed(table)] == []


def disabled(table: str) -> list[str]:
    return [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]


def without_reading(table: str) -> list[str]:
    return [f"DROP POLICY tenant_read ON {table}"]


def open_to_all(table: str) -> list[str]:
    return [*without_reading(table), f"CREATE POLICY tenant_read ON {table} USING (true)"]


@pytest.mark.parametrize("harm", [disabled, without_reading, open_to_all])
def test_a_harmed_table_is_seen(
    superuser: psycopg.Connection,
    dijkerveen: int,
    waterhoek: int,
    harm: Callable[[str], list[str]],
) -> None:
    """By the guard at the start, and by the tests above."""
    rows.plant(superuser, ["core_job"], [dijkerveen, waterhoek])
    for statement in harm("core_job"):
        superuser.execute(statement)
    assert any("core_job" in line for line in tenancy.faults())
    assert [line.split()[0] for line in leaks(["core_job"], dijkerveen, waterhoek)] == ["core_job"]


def test_guard_sees_a_table_that_nobody_declared(superuser: psycopg.Connection) -> None:
    superuser.execute("CREATE TABLE stray (a int)")
    assert tenancy.faults() == ["table stray is not declared"]


# --- what the role may do at all ----------------------------------------------------------------

MAY = {
    "own": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "between": {"SELECT", "INSERT", "UPDATE"},
    "mixed": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "history": {"SELECT", "INSERT"},
    "content": {"SELECT"},
    "world": {"SELECT", "INSERT", "UPDATE"},
    "system": {"SELECT", "INSERT", "UPDATE", "DELETE"},
}
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def test_role_may_do_with_each_table_what_is_declared(onlooker: psycopg.Connection) -> None:
    declared = tenancy.tables()
    for table in present_tables(onlooker):
        protection = declared[table]
        assert protection is not None
        held = {
            privilege
            for privilege in PRIVILEGES
            if onlooker.execute(
                "SELECT has_table_privilege(%s, %s, %s)", [tenancy.APP_ROLE, table, privilege]
            ).fetchone()
            == (True,)
        }
        log = protection.level == "between" and protection.changes == "nobody"
        assert (table, held) == (table, MAY["history" if log else protection.level])


def test_role_can_make_nothing_in_the_database(onlooker: psycopg.Connection) -> None:
    found = onlooker.execute(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE'),"
        " EXISTS (SELECT FROM pg_class WHERE relowner = %s::regrole)",
        [tenancy.APP_ROLE, tenancy.APP_ROLE],
    ).fetchone()
    assert found == (False, False)


def test_doors_are_the_only_functions_of_the_owner(onlooker: psycopg.Connection) -> None:
    query = (
        "SELECT proname, proowner::regrole::text, proconfig::text, "
        "has_function_privilege('public', oid, 'EXECUTE') FROM pg_proc WHERE prosecdef "
        "AND pronamespace = 'public'::regnamespace ORDER BY proname"
    )
    expected = ("dijkring_owner", '{"search_path=public, pg_temp"}', False)
    assert onlooker.execute(query).fetchall() == [(name, *expected) for name in tenancy.doors()]


# --- acting for -----------------------------------------------------------------------------------


def own_scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.own', true), '')")
        return str(cursor.fetchone()[0])


def trail() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('pghistory.context_metadata', true), '')")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_acting_works_only_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"), acting_for([1]):
        pass


def test_inner_scope_gives_way_to_the_outer_one(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        outer = own_scope()
        with acting_for([actor.organisation_id, 999]):
            assert own_scope() != outer
        assert own_scope() == outer == f"{{{actor.organisation_id}}}"
    assert own_scope() == ""


def test_scope_is_restored_after_an_error(acting: Acting, alice: User) -> None:
    with acting(alice):
        outer = own_scope()
        with pytest.raises(DatabaseError), transaction_for([999]):
            connection.cursor().execute("SELECT 1/0")
        assert own_scope() == outer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", ["well", "badly"])
def test_scope_and_actor_end_with_the_transaction(alice: User, ends: str) -> None:
    actor = actor_of(alice)
    with suppress(Refused), transaction_for([actor.organisation_id], actor):
        assert own_scope() == f"{{{actor.organisation_id}}}"
        assert alice.name in trail()
        if ends == "badly":
            raise Refused("no")
    assert own_scope() == trail() == ""
    assert not connection.in_atomic_block
