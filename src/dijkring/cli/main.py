# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The `dijkring` command: finds the subcommand and loads only that one."""

import argparse
import difflib
import importlib
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from types import ModuleType
from typing import NamedTuple

from dijkring.cli.errors import UserError, from_os_error

OWNER, APP = "owner", "app"
IMPORTS = "dijkring.surface.import_command"
USAGE_ERROR = 2
INTERRUPTED = 130


class Command(NamedTuple):
    """One subcommand; `role` says as whom it works in the database, if it does."""

    module: str
    help: str
    role: str = ""


COMMANDS = {
    "up": Command("dijkring.cli.up", "start everything on this machine, until Ctrl-C"),
    "web": Command("dijkring.cli.web", "serve the pages and the API"),
    "worker": Command("dijkring.cli.worker", "carry out jobs; start more of them to grow"),
    "measure": Command("dijkring.surface.engine.command", "measure domains, without a database"),
    "clock": Command("dijkring.incidents.clock_command", "by when an incident must be reported"),
    "lab": Command("dijkring.lab.command", "the practice internet"),
    "import": Command("dijkring.controls.importers.command", "read files into Dijkring", OWNER),
    "import organisation": Command(
        "dijkring.portability.commands.bring_in", "take the export of an organisation over", APP
    ),
    "import internetnl": Command(IMPORTS, "take over results of Internet.nl", APP),
    "import easm": Command(IMPORTS, "take over findings of an outside scan", APP),
    "import certificates": Command(IMPORTS, "register names found on certificates", APP),
    "import rio": Command(IMPORTS, "take over the register of government domains", APP),
    "import landscape": Command(
        "dijkring.landscape.importers.command", "read a landscape or a list of software in", APP
    ),
    "export": Command(
        "dijkring.portability.commands.export", "write an organisation, OSCAL or a list", APP
    ),
    "bench": Command("dijkring.cli.bench", "measure speed and size, as JSON"),
    "manage": Command("dijkring.cli.manage", "the commands of Django and of the rooms"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 done, 1 failed, 2 wrong use, 130 Ctrl-C."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return dispatch(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return broken_pipe()
    except UserError as error:
        return complain(error.line())
    except OSError as error:
        if error.filename is None:
            raise
        return complain(from_os_error(error).line())


def dispatch(arguments: list[str]) -> int:
    """Show the overview, or hand the rest of the arguments to the named subcommand."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(overview())
        return 0 if arguments else USAGE_ERROR
    if arguments[0] == "--version":
        print(version("dijkring"))
        return 0
    name, *rest = _named(arguments)
    if name not in COMMANDS:
        return complain(unknown(name))
    return run(name, rest)


def _named(arguments: list[str]) -> list[str]:
    """Take two words as the name where there is such a command."""
    both = " ".join(arguments[:2])
    return [both, *arguments[2:]] if both in COMMANDS else arguments


def run(name: str, rest: list[str]) -> int:
    """Load the module of one subcommand, parse its arguments and run it."""
    module = load(name)
    if getattr(module, "PASS_THROUGH", False):
        return int(module.run(argparse.Namespace(rest=rest)))
    description = getattr(module, "HELP", COMMANDS[name].help)
    parser = argparse.ArgumentParser(prog=f"dijkring {name}", description=description)
    module.add_arguments(parser)
    args = parser.parse_args(rest)
    with surroundings(COMMANDS[name].role, args):
        return int(module.run(args))


def surroundings(role: str, args: argparse.Namespace) -> AbstractContextManager[None]:
    """Give a command its database; one that needs none does not even load what knows of it."""
    if not role or getattr(args, "dry_run", False):
        return nullcontext()
    from dijkring.cli.environment import installed

    return installed(as_owner=role == OWNER)


def load(name: str) -> ModuleType:
    """Import the module of a subcommand; a room that is not built yet is told, not traced."""
    path = COMMANDS[name].module
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{path}.".startswith(f"{error.name}."):
            raise
        raise UserError(
            f"De opdracht '{name}' zit niet in deze versie.",
            f"The command '{name}' is not part of this version.",
        ) from error


def overview() -> str:
    """List every subcommand with one line of help."""
    lines = [f"  {name:19} {command.help}" for name, command in COMMANDS.items()]
    head = "usage: dijkring COMMAND [OPTION…]\n\nThe digital-safety system for municipalities.\n"
    return "\n".join([head, *lines, "\ndijkring COMMAND --help shows the options of a command."])


def unknown(name: str) -> str:
    """Name the closest known subcommand, or point at the overview."""
    close = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f"bedoelt u '{close[0]}'?" if close else "zie dijkring --help."
    return f"Onbekende opdracht '{name}', {hint} | Unknown command, see dijkring --help."


def complain(line: str) -> int:
    print(f"dijkring: {line}", file=sys.stderr)
    return USAGE_ERROR


def broken_pipe() -> int:
    """Leave quietly when the reader of our output has gone (as in `dijkring … | head`)."""
    sys.stderr.close()
    return 1
