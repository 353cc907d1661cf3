# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must be right before anything starts; each check raises UserError with one clear line."""

import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dijkring.cli import embedded
from dijkring.cli.errors import UserError, from_os_error

MEGABYTE = 1_000_000
NEEDED = 500 * MEGABYTE


def check_folder(home: Path) -> Path:
    """Make the data folder and prove that it can be written by writing in it."""
    try:
        home = embedded.make_home(home)
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"dijkring")
            probe.flush()
        (home / "log").mkdir(exist_ok=True)
    except OSError as error:
        error.filename = str(home)
        raise from_os_error(error) from error
    return home


def check_disk(folder: Path) -> None:
    """Refuse to start with less than 500 MB free: a database must never find the disk full."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED:
        raise UserError(
            f"Te weinig schijfruimte in {folder}: {free // MEGABYTE} MB vrij, "
            f"{NEEDED // MEGABYTE} MB nodig. Maak ruimte of kies een andere map met DIJKRING_HOME.",
            "Too little free disk space; make room or choose another folder with DIJKRING_HOME.",
        )


def check_port(host: str, port: int) -> None:
    """Prove that the port is free by taking it for a moment."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserError(
                f"Poort {port} is niet vrij ({error.strerror}). "
                f"Kies een andere, bijvoorbeeld PORT={port + 1}.",
                f"Port {port} is not free; choose another with PORT.",
            ) from error


@contextmanager
def only_one(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the data folder; the system drops it when we die, however we die."""
    with (home / "up.lock").open("a+", encoding="ascii") as file:
        file.seek(0)
        previous = file.read().strip()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(
                f"Dijkring draait al in {home} (proces {previous}).",
                f"Dijkring already runs in this folder (process {previous}).",
            ) from error
        if previous:
            say("De vorige keer is Dijkring niet netjes gestopt; het oude slot is opgeruimd.")
        write(file.fileno(), str(os.getpid()))
        try:
            yield
        finally:
            write(file.fileno(), "")


def write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode("ascii"), 0)
