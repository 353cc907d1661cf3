# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring export KIND`: an organisation, its standings as OSCAL, or one list as a sheet."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dijkring.portability.commands import shell

if TYPE_CHECKING:
    from dijkring.core.access import Actor

HELP = "Write a whole organisation (ZIP), its standings (OSCAL) or one list (sheet) to a file."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `dijkring export`."""
    parser.add_argument(
        "kind", choices=["organisation", "oscal", "list"], help="organisation, oscal or list"
    )
    shell.add_organisation(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write")
    parser.add_argument("--reason", default="", help="organisation: why; it stays in the history")
    parser.add_argument("--norm", metavar="KEY", default="bio2", help="oscal: which norm")
    parser.add_argument("--list", metavar="NAME", default="actions", help="list: which list")


def run(args: argparse.Namespace) -> int:
    """Write the file; 0 done, 1 refused, 2 wrong use."""
    work = {"organisation": _organisation, "oscal": _oscal, "list": _list}[args.kind]
    return shell.run(args.organisation, lambda actor: work(actor, args))


def _organisation(actor: "Actor", args: argparse.Namespace) -> int:
    from dijkring.portability.services import keeping, whole

    with shell.acting(actor):
        transfer = whole.begin_export(actor=actor, reason=args.reason)
    manifest = whole.export(actor.organisation_id, keeping.path_of(transfer), _quiet)
    with shell.acting(actor):
        whole.end_export(transfer, manifest)
    shutil.copyfile(keeping.path_of(transfer), args.out)
    rows = sum(whole.counted(manifest).values())
    print(f"{args.out}: {rows} rijen | rows, sha256 {transfer.sha256}")
    return 0


def _quiet(done: int, total: int) -> None:
    """A shell waits; pages show how far it is."""


def _oscal(actor: "Actor", args: argparse.Namespace) -> int:
    from dijkring.controls.catalogue import current_framework
    from dijkring.portability.oscal import packed
    from dijkring.portability.selectors.assessment import gather

    with shell.acting(actor):
        norm = current_framework(args.norm)
        if norm is None:
            return shell.complain(f"Er is geen norm {args.norm} | there is no norm")
        args.out.write_bytes(packed(gather(actor.organisation_id, norm)))
    print(f"{args.out}: {norm.key} {norm.version}")
    return 0


def _list(actor: "Actor", args: argparse.Namespace) -> int:
    from dijkring.core import registers
    from dijkring.portability.services import registers as services
    from dijkring.portability.sheets.comparing import WRITERS

    register = registers.get(args.list)
    kind = args.out.suffix.removeprefix(".").lower()
    if register is None or kind not in WRITERS:
        names = ", ".join(one.id for one in registers.registers())
        return shell.complain(f"--list: {names}; --out: {', '.join(WRITERS)}", shell.USAGE_ERROR)
    with shell.acting(actor):
        args.out.write_bytes(services.export(actor=actor, register=register, kind=kind))
    print(f"{args.out}: {register.id}")
    return 0
