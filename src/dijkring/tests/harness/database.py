# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real PostgreSQL for the tests: migrated and filled once, then cloned for every process.

The server and its templates stay in one folder between runs, so that a second run starts at once.
The last run to end stops the server.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from django.db import connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

from dijkring.cli import embedded
from dijkring.cli.embedded import Database
from dijkring.cli.embedded.roles import OWNER
from dijkring.cli.up import fingerprint
from dijkring.core.tenancy import APP_ROLE

BARE, TEMPLATE, CLONE = "dijkring_bare_", "dijkring_template_", "dijkring_test_"
KEPT_TEMPLATES = 4
# A clone is a thousand small files: in memory these are made ten times faster than on a disk.
MEMORY, ROOM_ENOUGH = Path("/dev/shm"), 4 * 2**30  # noqa: S108 -- `own_folder` asks whose it is
MIGRATE = ("migrate", "--skip-checks", "-v0")
SHAPING_FOLDERS = {"migrations", "models", "content", "management", "importers"}
SHAPING_FILES = {"access", "apps", "audit", "doors", "flow", "models", "services", "tenancy"}


class Clone:
    """A database of one process, made from a template; `renew` undoes all that tests did."""

    def __init__(self, server: Database, template: str) -> None:
        self.server = server
        self.template = template
        self.name = f"{CLONE}{os.getpid()}"

    def renew(self) -> None:
        """Make the database as it was at first; whoever is still connected is cut off."""
        connections.close_all()
        with superuser(self.server) as connection:
            drop(connection, self.name)
            create(connection, self.name, self.template)

    def drop(self) -> None:
        with superuser(self.server) as connection:
            drop(connection, self.name)

    @property
    def app_url(self) -> str:
        return within(self.server.app_url, self.name)

    @property
    def owner_url(self) -> str:
        return within(self.server.owner_url, self.name)


@contextmanager
def cloned() -> Iterator[Clone]:
    """Give this process its own database; server and template are made when they are missing."""
    home = own_folder()
    with (home / "runs.lock").open("w") as running:
        fcntl.flock(running, fcntl.LOCK_SH)
        server = embedded.ensure(home, say=silent)
        clone = Clone(server, template(home, server))
        clone.renew()
        try:
            yield clone
        finally:
            clone.drop()
            stop_when_last(running, server)


@contextmanager
def kept(clone: Clone, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a fixture of a module make rows for all its tests; afterwards nothing of it is there."""
    with blocker.unblock():
        yield
    clone.renew()


def own_folder() -> Path:
    """Make the folder of this user's tests; refuse one that somebody else made."""
    base = MEMORY if memory_is_roomy() else Path(tempfile.gettempdir())
    home = base / f"dijkring-test-{os.getuid()}"
    embedded.make_home(home)
    if home.stat().st_uid != os.getuid():
        raise RuntimeError(f"{home} belongs to somebody else")
    return home


def memory_is_roomy() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_ENOUGH


def stop_when_last(running: IO[str], server: Database) -> None:
    """Stop the server unless another run still holds the lock."""
    with suppress(BlockingIOError):
        fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop()


def template(home: Path, server: Database) -> str:
    """Return the template of exactly these tables and this content, made when it is missing.

    It stands on one with the bare tables, because content changes more often than migrations.
    """
    bare, filled = BARE + mark(migrates), TEMPLATE + mark(shapes)
    with (home / "template.lock").open("w") as lock, superuser(server) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if filled not in names(connection, TEMPLATE):
            speed_up(connection)
            if bare not in names(connection, BARE):
                build(connection, server, bare, "template0", "django", *MIGRATE)
            build(connection, server, filled, bare, "dijkring.tests.harness.seed")
        sweep(connection)
    return filled


def mark(counts: Callable[[Path], bool]) -> str:
    """Hash the packages and those of our files that count."""
    ours = [path for path in fingerprint.files(fingerprint.CONTENT_SUFFIXES) if counts(path)]
    seeds = [Path(__file__).with_name(name) for name in ("seed.py", "people.py")]
    return fingerprint.digest([*ours, *seeds], fingerprint.of_packages())[:16]


def migrates(path: Path) -> bool:
    return "migrations" in path.parts


def shapes(path: Path) -> bool:
    """Tell whether a file shapes the tables or their content: models, packs, loaders."""
    inside = path.relative_to(fingerprint.PACKAGE)
    return bool(SHAPING_FOLDERS & set(inside.parts)) or path.stem in SHAPING_FILES


def build(
    connection: psycopg.Connection, server: Database, name: str, source: str, *command: str
) -> None:
    """Let a module work as the owner on a copy; it gets its name only when it is whole."""
    draft = f"{CLONE}{os.getpid()}_draft"
    drop(connection, draft)
    create(connection, draft, source)
    environment = os.environ | {
        "DIJKRING_AS_OWNER": "1",
        "DATABASE_OWNER_URL": within(server.owner_url, draft),
        "DATABASE_URL": within(server.app_url, draft),
        "DJANGO_SETTINGS_MODULE": "dijkring.config.settings",
        "PYTHONPATH": str(fingerprint.PACKAGE.parent),
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the template could not be made:\n{done.stdout}{done.stderr}")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))


def sweep(connection: psycopg.Connection) -> None:
    """Drop the clones of runs that were killed, and all but the newest templates."""
    for name in names(connection, CLONE):
        if not alive(int(name.removeprefix(CLONE).split("_")[0])):
            drop(connection, name)
    for prefix in (TEMPLATE, BARE):
        for name in names(connection, prefix)[:-KEPT_TEMPLATES]:
            drop(connection, name)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def speed_up(connection: psycopg.Connection) -> None:
    """Leave out the disk, the cleaning and the helpers of large tables.

    A test database that is lost is simply made again; its tables are small and live for minutes.
    """
    off = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
    for setting, value in (*((one, "off") for one in off), ("max_parallel_workers_per_gather", 0)):
        change = sql.SQL("ALTER SYSTEM SET {} = {}")
        connection.execute(change.format(sql.Identifier(setting), sql.Literal(value)))
    connection.execute("SELECT pg_reload_conf()")


def superuser(server: Database) -> psycopg.Connection:
    return psycopg.connect(within(server.superuser_url, "postgres"), autocommit=True)


def within(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def names(connection: psycopg.Connection, prefix: str) -> list[str]:
    """Return the databases with a prefix, the oldest first."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
    return [row[0] for row in connection.execute(query, [prefix])]


def drop(connection: psycopg.Connection, name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(name)))


def create(connection: psycopg.Connection, name: str, source: str) -> None:
    """Copy a database; who may connect to it is no part of the copy."""
    own, other = sql.Identifier(name), sql.Identifier(source)
    owner, app = sql.Identifier(OWNER), sql.Identifier(APP_ROLE)
    copy = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY {}")
    connection.execute(copy.format(own, owner, other, sql.SQL("FILE_COPY")))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(own))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(own, app))


def silent(line: str) -> None:
    pass
