# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring up`: everything on one machine, from an empty folder to a page, until Ctrl-C."""

import argparse
import os
import signal
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from dijkring.cli import embedded, environment
from dijkring.cli.options import port_number
from dijkring.cli.up import checks
from dijkring.cli.up.children import stop_all
from dijkring.cli.up.progress import Progress, show
from dijkring.cli.up.steps import Failed, Launch
from dijkring.cli.up.watching import watch

HELP = "start everything on this machine, until Ctrl-C"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    port = os.environ.get("PORT", "8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=port_number, default=port, help="port (PORT)")
    parser.add_argument(
        "--empty", action="store_true", help="leave out the practice internet and the demo region"
    )


def run(args: argparse.Namespace) -> int:
    """Start everything, watch over it and stop it again; 0 after Ctrl-C, 1 when a part failed."""
    os.umask(0o077)
    for number in SIGNALS:
        signal.signal(number, interrupt)
    progress = Progress(total=7 if args.empty else 10)
    with ExitStack() as stack:
        try:
            home = prepare_folder(args, progress, stack)
            launch = Launch(home, args.host, args.port, args.empty, progress)
            stack.callback(stop, launch)
            launch.everything()
            watch(launch)
        except KeyboardInterrupt:
            show("\n")
        except Failed as failure:
            show(failure.told())
            return 1
    return 0


def prepare_folder(args: argparse.Namespace, progress: Progress, stack: ExitStack) -> Path:
    """Check folder, lock, disk and port; the lock is held until the stack closes."""
    with progress.step("Map, schijf en poort controleren"):
        home = checks.check_folder(environment.home())
        stack.enter_context(checks.only_one(home, progress.say))
        checks.check_disk(home)
        checks.check_port(args.host, args.port)
    return home


def stop(launch: Launch) -> None:
    """Stop children first, the database last; further signals must not cut this short."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    show("Stoppen … ")
    stop_all(launch.children)
    # A signal may have come while the server was starting: look on the disk, not in a variable.
    database = None if environment.external() else embedded.attach(launch.home)
    if database is not None:
        database.stop()
    show("klaar\n")


def interrupt(number: int, frame: FrameType | None) -> None:
    """Treat every request to end alike: leave through the same door, stopping all we started."""
    raise KeyboardInterrupt
