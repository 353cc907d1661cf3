# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded database, with the real PostgreSQL: made, left behind, adopted, refused."""

import os
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from dijkring.cli import embedded
from dijkring.cli.embedded import Database, account, server
from dijkring.cli.errors import UserError


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """Give a folder that the account of the server can reach, also when root runs the tests."""
    with tempfile.TemporaryDirectory(prefix="dijkring-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def home(open_folder: Path) -> Iterator[Path]:
    """Give a data folder with a made database; whatever runs in it is stopped at the end."""
    home = open_folder / "home"
    embedded.ensure(home, say=silent)
    yield home
    if (database := embedded.attach(home)) is not None:
        database.stop()


@pytest.fixture
def database(home: Path) -> Database:
    return embedded.ensure(home, say=silent)


@pytest.fixture
def said() -> list[str]:
    return []


def silent(line: str) -> None:
    pass


def one(url: str, query: str) -> tuple[object, ...]:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)


ROLE = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"


def test_app_role_can_pass_no_row_security(database: Database) -> None:
    assert one(database.app_url, ROLE) == (False, False, False)


def test_owner_role_passes_row_security_and_owns_the_database(database: Database) -> None:
    assert one(database.owner_url, ROLE) == (False, True, False)
    owner = "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
    assert one(database.owner_url, owner) == ("dijkring_owner",)


def test_app_role_can_make_no_tables(database: Database) -> None:
    with psycopg.connect(database.app_url) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE stray (a int)")


def test_every_commit_reaches_the_disk(database: Database) -> None:
    settings = "SELECT current_setting('fsync'), current_setting('synchronous_commit')"
    assert one(database.app_url, settings) == ("on", "on")


def test_wrong_password_is_refused(database: Database) -> None:
    wrong = database.app_url.replace(database.app_url.split(":")[2].split("@")[0], "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_secrets_are_for_the_owner_of_the_file_only(home: Path) -> None:
    assert stat.S_IMODE((home / "secrets.json").stat().st_mode) == 0o600


def test_restart_keeps_data_and_address(home: Path, database: Database) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (a int)")
        connection.execute("INSERT INTO kept VALUES (42)")
    database.stop()
    assert not database.alive()
    again = embedded.ensure(home, say=silent)
    assert again.owner_url == database.owner_url
    assert one(again.owner_url, "SELECT a FROM kept LIMIT 1") == (42,)


def test_server_left_behind_is_adopted(home: Path, database: Database, said: list[str]) -> None:
    first = server.read_lock(database.server)
    again = embedded.ensure(home, say=said.append)
    assert server.read_lock(again.server) == first
    assert any("overgenomen" in line for line in said)


def test_killed_server_starts_again(home: Path, database: Database) -> None:
    lock = server.read_lock(database.server)
    assert lock is not None
    os.kill(lock.pid, signal.SIGKILL)
    wait_until(lambda: not database.alive())
    again = embedded.ensure(home, say=silent)
    assert one(again.app_url, "SELECT 1") == (1,)


def test_lock_with_the_number_of_another_program_is_removed(
    home: Path, database: Database, said: list[str]
) -> None:
    """After a restart of a container the old number belongs to another program."""
    database.stop()
    stale = f"{os.getpid()}\n{database.server.data}\n0\n5432\n\n127.0.0.1\n0 0\nready\n"
    (database.server.data / "postmaster.pid").write_text(stale)
    assert embedded.attach(home) is None
    again = embedded.ensure(home, say=said.append)
    assert one(again.app_url, "SELECT 1") == (1,)
    assert any("slot" in line for line in said)


def test_port_taken_meanwhile_gives_another(home: Path, database: Database) -> None:
    port = int(database.app_url.rsplit(":", 1)[1].split("/")[0])
    database.stop()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        again = embedded.ensure(home, say=silent)
    assert f":{port}/" not in again.app_url
    assert one(again.app_url, "SELECT 1") == (1,)


def test_many_at_once_get_one_server(home: Path, database: Database) -> None:
    database.stop()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: embedded.ensure(home, say=silent), range(4)))
    assert len({one.app_url for one in found}) == 1


def test_lost_secrets_are_told_in_one_line(home: Path, database: Database) -> None:
    path = home / "secrets.json"
    kept = path.rename(home / "kept.json")
    try:
        with pytest.raises(UserError, match=r"secrets\.json"):
            embedded.ensure(home, say=silent)
    finally:
        kept.replace(path)


def test_data_of_another_version_is_refused(home: Path, database: Database) -> None:
    database.stop()
    version = database.server.data / "PG_VERSION"
    version.write_text("14\n")
    try:
        with pytest.raises(UserError, match="PostgreSQL 14"):
            embedded.ensure(home, say=silent)
    finally:
        version.write_text("18\n")


def test_half_made_cluster_is_made_anew(open_folder: Path) -> None:
    home = open_folder / "half"
    (home / "postgres" / "data.new" / "base").mkdir(parents=True)
    database = embedded.ensure(home, say=silent)
    try:
        assert one(database.app_url, "SELECT 1") == (1,)
    finally:
        database.stop()


def test_attach_starts_and_makes_nothing(tmp_path: Path) -> None:
    assert embedded.attach(tmp_path / "home") is None
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root chooses another account")
def test_private_home_of_root_is_left_as_it_is(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    """The database goes where its account can come; no folder above the home is opened."""
    system = open_folder / "system"
    monkeypatch.setattr(account, "SYSTEM_FOLDER", system)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    database = embedded.ensure(private / "home", say=said.append)
    try:
        assert one(database.app_url, "SELECT 1") == (1,)
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert database.folder.is_relative_to(system)
        assert any(str(system) in line for line in said)
    finally:
        database.stop()


def wait_until(ready: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.05)
