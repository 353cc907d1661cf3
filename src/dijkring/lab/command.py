# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring lab`: run the practice internet, and break or mend what is in it."""

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvloop

from dijkring.lab import changes
from dijkring.lab.changes import Change
from dijkring.lab.defects import catalogue
from dijkring.lab.errors import LabError
from dijkring.lab.folder import Folder
from dijkring.lab.internet import Lab
from dijkring.lab.scenario import Scenario, load, parse, region

PATIENCE_SECONDS = 10.0
POLL_SECONDS = 0.05
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of `lab` to a parser."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    serve = _verb(verbs, "serve", "run the practice internet until Ctrl-C")
    serve.add_argument("--scenario", type=Path, help="YAML with domains and defects of your own")
    listing = _verb(verbs, "list", "show the names and what is wrong with them now")
    listing.add_argument("--defects", action="store_true", help="show what can be broken")
    for verb, text in (("mend", "take a defect away"), ("break", "plant a defect")):
        change = _verb(verbs, verb, text)
        change.add_argument("domain", metavar="DOMAIN")
        change.add_argument("defect", metavar="DEFECT")
    txt = _verb(verbs, "txt", "publish a TXT record")
    txt.add_argument("name", metavar="NAME")
    value = txt.add_mutually_exclusive_group(required=True)
    value.add_argument("value", metavar="VALUE", nargs="?")
    value.add_argument("--remove", action="store_true", help="take this name's records away")


def _verb(verbs: Any, name: str, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--folder", type=Path, default=None, help="folder of the lab (default $DIJKRING_HOME/lab)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def run(args: argparse.Namespace) -> int:
    """Carry out a parsed `lab` command; 0 when done, 1 with one line on stderr when not."""
    folder = Folder(args.folder or Path(os.environ.get("DIJKRING_HOME", ".dijkring")) / "lab")
    try:
        return VERBS[args.verb](folder, args)
    except LabError as error:
        print(f"dijkring lab: {error}", file=sys.stderr)
    except OSError as error:
        print(f"dijkring lab: {error.strerror}: {error.filename or folder.path}", file=sys.stderr)
    return FAILED


def _serve(folder: Folder, args: argparse.Namespace) -> int:
    scenario = load(args.scenario) if args.scenario else region()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve_until_stopped(Lab(folder.path, scenario), args.json))
    return 0


async def _serve_until_stopped(lab: Lab, as_json: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with lab:
        print(json.dumps(lab.info()) if as_json else _welcome(lab), flush=True)
        await stopped.wait()


def _welcome(lab: Lab) -> str:
    lines = [
        f"Het oefeninternet draait met {len(lab.scenario.names)} namen. Stoppen: Ctrl-C.",
        f"  resolver      {lab.resolver}",
        f"  certificaat   {lab.ca_file}",
        f"  adressen      {lab.address_map}",
    ]
    return "\n".join(lines)


def _list(folder: Folder, args: argparse.Namespace) -> int:
    if args.defects:
        return _list_defects(args.json)
    scenario = _kept_scenario(folder)
    now = changes.planted(scenario, folder.state())
    rows = [
        {
            "name": name.name,
            "organisation": scenario.organisations[name.domain],
            "mail": name.mail,
            "defects": sorted(now[name.name]),
        }
        for name in scenario.names.values()
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row['name']:<34} {', '.join(row['defects'] or []) or 'gezond'}")
    return 0


def _list_defects(as_json: bool) -> int:
    if as_json:
        rows = [{**vars(defect), "also": list(defect.also)} for defect in catalogue().values()]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for defect in catalogue().values():
        print(f"{defect.id:<38} {defect.nl}")
    return 0


def _kept_scenario(folder: Folder) -> Scenario:
    """The scenario that the folder was last served with, else the demo region."""
    kept = folder.read("scenario.json")
    return parse(kept) if kept else region()


def _break(folder: Folder, args: argparse.Namespace) -> int:
    return _change(
        folder,
        lambda scenario: changes.break_name(folder, scenario, args.domain, args.defect),
        f"{args.defect} zit nu op {args.domain}.",
        f"{args.defect} zat al op {args.domain}.",
        args.json,
    )


def _mend(folder: Folder, args: argparse.Namespace) -> int:
    return _change(
        folder,
        lambda scenario: changes.mend_name(folder, scenario, args.domain, args.defect),
        f"{args.defect} is hersteld op {args.domain}.",
        f"{args.domain} had {args.defect} niet; er is niets veranderd.",
        args.json,
    )


def _txt(folder: Folder, args: argparse.Namespace) -> int:
    def publish(scenario: Scenario) -> Change:
        if args.remove:
            return changes.withdraw_txt(folder, scenario, args.name)
        return changes.publish_txt(folder, scenario, args.name, args.value)

    done = f"De TXT-records van {args.name} zijn bijgewerkt."
    same = f"De TXT-records van {args.name} waren al zo."
    return _change(folder, publish, done, same, args.json)


def _change(
    folder: Folder, edit: Callable[[Scenario], Change], done: str, same: str, as_json: bool
) -> int:
    """Make a change and wait until the running lab says that it is in effect."""
    folder.running()
    change = edit(_kept_scenario(folder))
    _await(folder, change.version)
    answer = vars(change)
    print(json.dumps(answer) if as_json else (done if change.changed else same))
    return 0


def _await(folder: Folder, version: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while int(folder.running().get("version", 0)) < version:
        if time.monotonic() > deadline:
            raise LabError(
                "De wijziging is bewaard, maar het oefeninternet reageert niet.",
                "The change is kept, but the practice internet does not respond.",
            )
        time.sleep(POLL_SECONDS)


VERBS: dict[str, Callable[[Folder, argparse.Namespace], int]] = {
    "serve": _serve,
    "list": _list,
    "break": _break,
    "mend": _mend,
    "txt": _txt,
}


def main() -> int:
    """Run as `python -m dijkring.lab.command`."""
    parser = argparse.ArgumentParser(prog="dijkring lab", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
