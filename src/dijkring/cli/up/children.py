# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The processes that `up` starts: each with its own log, none of which may outlive it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dijkring.cli.embedded.server import tail

PR_SET_PDEATHSIG = 1
PATIENCE = 10.0
LOG_LIMIT = 5_000_000

# Loaded here: between fork and exec nothing may be imported.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int) -> Callable[[], None]:
    """Return what a child does before it begins: ask Linux for an end when `parent` ends."""

    def ask() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(0)

    return ask


@dataclass
class Child:
    """One long-running subcommand of Dijkring."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process in a group of its own; a long log is put aside first."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = spawn(self.arguments, self.environment, log.fileno())

    def exit_code(self) -> int | None:
        """Return the exit code of a process that has ended, None while it lives."""
        return None if self.process is None else self.process.poll()

    def last_words(self) -> str:
        return tail(self.log, 15)


def spawn(
    arguments: list[str], environment: dict[str, str], output: int
) -> subprocess.Popen[bytes]:
    """Start a subcommand of Dijkring in its own process group, so that Ctrl-C reaches only us."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "dijkring", *arguments],
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with(os.getpid()),
    )


def stop_all(children: list[Child]) -> None:
    """End the children, the last one first, and whatever they have started themselves."""
    processes = [child.process for child in reversed(children) if child.process is not None]
    for process in processes:
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        wait(process, deadline)
        signal_group(process, signal.SIGKILL)
        process.wait()


def wait(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a process and its group; a group that is empty already needs nothing."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return
