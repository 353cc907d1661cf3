# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring web`: serves the pages and the API with gunicorn."""

import argparse
import os
import sys

from dijkring.cli import embedded
from dijkring.cli.environment import external, home, variables
from dijkring.cli.errors import UserError
from dijkring.cli.options import port_number

HELP = "serve the pages and the API until Ctrl-C"
APPLICATION = "dijkring.config.wsgi:application"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    port = os.environ.get("PORT", "8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=port_number, default=port, help="port (PORT)")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--threads", type=int, default=4, help="threads in each process")


def run(args: argparse.Namespace) -> int:
    """Become gunicorn, so that a signal reaches it and no process stands between."""
    place = embedded.make_home(home())
    database = None if external() else embedded.attach(place)
    if database is None and not external():
        raise UserError(
            "De database draait niet; start 'dijkring up' of geef DATABASE_URL.",
            "The database does not run; start 'dijkring up' or set DATABASE_URL.",
        )
    environment = {**os.environ, **variables(place, database)}
    # Pages never work as the owner of the tables, so they do not know how.
    environment.pop("DATABASE_OWNER_URL", None)
    os.execve(sys.executable, gunicorn(args), environment)  # noqa: S606


def gunicorn(args: argparse.Namespace) -> list[str]:
    """Write the command line of the web server; what goes wrong goes to its standard error."""
    return [
        *(sys.executable, "-m", "gunicorn", APPLICATION),
        *("--bind", f"{args.host}:{args.port}", "--preload", "--no-control-socket"),
        *("--workers", str(args.workers), "--threads", str(args.threads)),
        *("--timeout", "120", "--graceful-timeout", "5", "--log-level", "warning"),
        *("--max-requests", "5000", "--max-requests-jitter", "500"),
    ]
