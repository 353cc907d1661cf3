# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded PostgreSQL: one call gives a running database with the two roles of Dijkring."""

import errno
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dijkring.cli.embedded import roles, server
from dijkring.cli.embedded.account import Say, server_account, server_binaries, server_folder
from dijkring.cli.embedded.secrets_file import Secrets, load_or_create
from dijkring.cli.embedded.server import SUPERUSER, Server

__all__ = ["Database", "attach", "ensure"]


@dataclass(frozen=True)
class Database:
    """A running embedded database; `folder` holds its data, its log and what is known about it."""

    app_url: str
    owner_url: str
    superuser_url: str
    folder: Path
    server: Server

    def stop(self) -> None:
        """Stop the server: clients are cut off, the data are safe."""
        server.stop(self.server)

    def alive(self) -> bool:
        return server.running(self.server) is not None


def ensure(home: Path, say: Say | None = None) -> Database:
    """Make, start or adopt the embedded database of a data folder; safe to call at once by many.

    `say` gets one Dutch line for whatever a person should know. Raises UserError with one line
    when it cannot be done.
    """
    say = say or tell
    home = make_home(home)
    with one_at_a_time(home):
        secrets = load_or_create(home)
        place = locate(home, say)
        server.initialise(place, secrets.superuser_password)
        port = server.start(place, say)
        roles.ensure_roles(port, secrets)
    return describe(place, port, secrets)


def attach(home: Path) -> Database | None:
    """Return the database of a data folder when its server runs; never starts or makes one."""
    home = home.expanduser().resolve()
    if not (home / "secrets.json").exists():
        return None
    place = locate(home, say=lambda line: None)
    lock = server.running(place)
    return describe(place, lock.port, load_or_create(home)) if lock else None


def locate(home: Path, say: Say) -> Server:
    """Find where the server of a data folder lives and as whom it runs."""
    account = server_account()
    return Server(server_folder(home, account, say), server_binaries(account), account)


def describe(place: Server, port: int, secrets: Secrets) -> Database:
    return Database(
        app_url=roles.url(roles.APP, secrets.app_password, port),
        owner_url=roles.url(roles.OWNER, secrets.owner_password, port),
        superuser_url=roles.url(SUPERUSER, secrets.superuser_password, port),
        folder=place.folder,
        server=place,
    )


def make_home(home: Path) -> Path:
    """Make the data folder, closed to others; the server's account may at most walk through."""
    home = home.expanduser().resolve()
    if not home.exists():
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if not home.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(home))
    return home


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Let one program at a time make or start the database of a folder."""
    with (home / "database.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def tell(line: str) -> None:
    print(line, file=sys.stderr)
