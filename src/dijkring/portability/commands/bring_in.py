# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import organisation FILE`: takes an export over into an organisation without data."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dijkring.portability.commands import shell

if TYPE_CHECKING:
    from dijkring.core.access import Actor
    from dijkring.portability.services.whole import Look

HELP = "Bring the export of a whole organisation into an organisation without data."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `dijkring import organisation`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the ZIP of an export")
    shell.add_organisation(parser)
    parser.add_argument("--reason", default="", help="why; it stays in the history")
    parser.add_argument("--look", action="store_true", help="only tell what it will do")


def run(args: argparse.Namespace) -> int:
    """Look, or bring in whole or not at all; 0 done, 1 refused, 2 wrong use."""
    if not args.file.is_file():
        return shell.complain(f"{args.file}: geen bestand | no file", shell.USAGE_ERROR)
    work = _look if args.look else _bring_in
    return shell.run(args.organisation, lambda actor: work(actor, args))


def _look(actor: "Actor", args: argparse.Namespace) -> int:
    from dijkring.portability.services import whole

    with shell.acting(actor):
        found = whole.look(actor=actor, path=args.file)
    print("\n".join(_in_words(found)))
    return 0 if found.possible else shell.FAILED


def _in_words(found: "Look") -> list[str]:
    from dijkring.portability.whole import words

    lines = [f"{found.organisation['name']}, {found.made_by}, {found.made_at}"]
    lines += [f"  {count:7} {name}" for name, count in words.grouped(found.counts)]
    lines += _behind(found.behind)
    lines += [f"  ✕ ontbreekt hier | is not here: {one}" for one in found.not_here]
    lines += [f"  ✕ niet leeg | not empty: {one}" for one in found.occupied]
    return lines


def _behind(told: dict[str, Any]) -> list[str]:
    from dijkring.portability.whole import words

    lines = [f"  ! onbekend hier | not known here: {one}" for one in told["unknown"]]
    for name, count in words.grouped([*told["counts"].items(), *told["links"].items()]):
        lines.append(f"  ! blijft achter | stays behind: {count} {name}")
    return lines


def _bring_in(actor: "Actor", args: argparse.Namespace) -> int:
    from dijkring.portability.services import whole

    with shell.acting(actor), args.file.open("rb") as stream:
        chunks = iter(lambda: stream.read(1 << 20), b"")
        transfer = whole.keep(actor=actor, name=args.file.name, chunks=chunks)
        whole.begin_import(actor=actor, transfer=transfer, reason=args.reason)
    outcome = whole.carry_out_import(actor.organisation_id, transfer)
    print("\n".join(_told(outcome)))
    return 0


def _told(outcome: dict[str, Any]) -> list[str]:
    rows = sum(outcome["tables"].values())
    lines = [f"{rows} rijen | rows, {outcome['people']} mensen | people"]
    lines += _behind(outcome["behind"])
    for one in outcome["provided"]:
        lines.append(f"  ! opnieuw laten publiceren | to be published anew: {one}")
    for one in outcome["differences"]:
        lines.append(f"  {one['ref']}: {one['told']} → {one['here']}")
    return lines
