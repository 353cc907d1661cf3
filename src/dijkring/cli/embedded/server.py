# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One embedded PostgreSQL server: made, started, adopted and stopped with its own programs."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dijkring.cli.embedded.account import POSTGRES_VERSION, Account, Say
from dijkring.cli.embedded.process import command_line
from dijkring.cli.errors import UserError

SUPERUSER = "postgres"
HOST = "127.0.0.1"
LOG_LIMIT = 5_000_000

# For one machine, safe first: every commit is on the disk before it is answered.
SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
max_connections = 100
fsync = on
full_page_writes = on
synchronous_commit = on
password_encryption = 'scram-sha-256'
shared_buffers = '256MB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
"""


@dataclass(frozen=True)
class Server:
    """The place, the programs and the account of one server."""

    folder: Path
    binaries: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the account; its output goes to a file.

        A pipe would stay open in the server that `pg_ctl` leaves behind, and we would wait for it.
        """
        output = self.folder / f"{program}.out"
        with output.open("w+", encoding="utf-8") as file:
            done = subprocess.run(  # noqa: S603
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=None if self.account.uid is None else [],
                check=False,
                text=True,
            )
            file.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, file.read())


@dataclass(frozen=True)
class Lock:
    """What a running server writes in `postmaster.pid`."""

    pid: int
    port: int


def initialise(server: Server, password: str) -> None:
    """Make a new cluster where there is none; it gets its name only when it is whole."""
    if (server.data / "PG_VERSION").exists():
        return check_version(server)
    draft = server.folder / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    server.account.own(draft)
    with password_file(server, password) as file:
        done = server.call("initdb", *initdb_options(draft, file))
    if done.returncode != 0:
        raise failure("aanmaken", "create", done.stdout)
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write("\ninclude '../dijkring.conf'\n")
    draft.rename(server.data)
    return None


def check_version(server: Server) -> None:
    """Refuse data of another PostgreSQL; reading it would not work."""
    found = (server.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != str(POSTGRES_VERSION):
        raise UserError(
            f"De gegevens in {server.data} zijn van PostgreSQL {found}; deze versie van Dijkring "
            f"werkt met {POSTGRES_VERSION}. Zie 'Upgrade' in docs/administration.md.",
            f"The data are of PostgreSQL {found}, this version needs {POSTGRES_VERSION}.",
        )


def initdb_options(data: Path, password: Path) -> list[str]:
    """Name a cluster in UTF-8 that does not depend on the locales of the machine."""
    return [
        *("-D", str(data), "-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256"),
        *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    ]


@contextmanager
def password_file(server: Server, password: str) -> Iterator[Path]:
    """Hand the password to `initdb` in a file that is gone afterwards, never on a command line."""
    path = server.folder / "password"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(password)
    server.account.own(path)
    try:
        yield path
    finally:
        path.unlink()


def read_lock(server: Server) -> Lock | None:
    """Read `postmaster.pid`; None when it is absent or not (yet) whole."""
    try:
        lines = (server.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return Lock(int(lines[0]), int(lines[3]))
    except (OSError, ValueError, IndexError):
        return None


def running(server: Server) -> Lock | None:
    """Return the lock of the living server of this folder, if there is one."""
    lock = read_lock(server)
    if lock is None:
        return None
    command = command_line(lock.pid) or ""
    return lock if "postgres" in command and str(server.data) in command else None


def start(server: Server, say: Say) -> int:
    """Start the server, or adopt the one that a killed program left behind; returns its port."""
    adopted = running(server)
    if adopted is not None:
        say("De database draaide nog van de vorige keer en is overgenomen.")
        return adopted.port
    remove_stale_lock(server, say)
    port = free_port(server)
    configure(server, port)
    begin_log(server)
    options = ("-D", str(server.data), "-l", str(server.log), "-w", "-t", "60")
    done = server.call("pg_ctl", "start", *options)
    if done.returncode != 0:
        raise failure("starten", "start", done.stdout + tail(server.log))
    return port


def remove_stale_lock(server: Server, say: Say) -> None:
    """Remove `postmaster.pid` when its number now belongs to no server of this folder.

    PostgreSQL does this itself for a dead process, but it stops at a number that another program
    has been given since, as happens after a restart of the machine or a container.
    """
    path = server.data / "postmaster.pid"
    if not path.exists():
        return
    path.unlink()
    say("Een oud slot van de database is opgeruimd: de server daarvan draait niet meer.")


def free_port(server: Server) -> int:
    """Keep the port of the last time where it is free, so that an address stays valid."""
    kept = server.folder / "port"
    wanted = int(kept.read_text()) if kept.exists() and kept.read_text().strip().isdigit() else 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    kept.write_text(f"{port}\n")
    return port


def configure(server: Server, port: int) -> None:
    """Write our own settings beside those of `initdb`; they may change with each version."""
    path = server.folder / "dijkring.conf"
    path.write_text(SETTINGS.format(host=HOST, port=port), encoding="utf-8")
    path.chmod(0o644)


def begin_log(server: Server) -> None:
    """Put a log that has grown too long aside, so that it never fills the disk."""
    if server.log.exists() and server.log.stat().st_size > LOG_LIMIT:
        server.log.replace(server.log.with_suffix(".log.1"))
    server.log.touch(mode=0o600)
    server.account.own(server.log)


def stop(server: Server) -> None:
    """Stop the server of this folder, if it runs: at once for clients, safely for the data."""
    if running(server) is None:
        return
    done = server.call("pg_ctl", "stop", "-D", str(server.data), "-m", "fast", "-w", "-t", "30")
    if done.returncode != 0 and running(server) is not None:
        server.call("pg_ctl", "stop", "-D", str(server.data), "-m", "immediate", "-w")


def tail(path: Path, lines: int = 5) -> str:
    """Return the last lines of a log, or nothing when there is none."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def failure(dutch: str, english: str, output: str) -> UserError:
    """Explain in one line why PostgreSQL could not do it, with its own last words."""
    last = " / ".join(line.strip() for line in output.splitlines()[-3:] if line.strip())
    if "No space left on device" in output:
        return UserError("De schijf is vol; maak ruimte en start opnieuw.", "The disk is full.")
    return UserError(
        f"De database kan niet {dutch}: {last}", f"The database could not {english}; see above."
    )
