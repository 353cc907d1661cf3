# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import framework FILE…`: reads framework files from a shell."""

import argparse
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import read
from .columns import ColumnChoice, parse_choice
from .pack import Pack, Remark, Report

HELP = "Read framework files: BIO2 Markdown, OSCAL, CISO Assistant, XLSX, CSV or our own YAML."
USAGE_ERROR = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file with what was read of it, and what storing it changed (None in a dry run)."""

    file: str
    report: Report
    stored: Any = None

    @property
    def ok(self) -> bool:
        return not self.report.refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `dijkring import`."""
    parser.add_argument("kind", choices=["framework"], metavar="KIND", help="framework")
    parser.add_argument("files", nargs="+", metavar="FILE", help="files; folders are refused")
    parser.add_argument(
        "--dry-run", action="store_true", help="show what is found and write nothing"
    )
    parser.add_argument(
        "--organisation",
        metavar="SLUG",
        default="",
        help="store it for this organisation only; without it: for everybody",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON list, one item per file")
    parser.add_argument(
        "--columns",
        metavar="id=A,title=B…",
        help="columns of a sheet by letter or header text: id, title, text, parent, kind, "
        "version, leaf; also sheet=NAME and header=ROW",
    )


def run(args: argparse.Namespace) -> int:
    """Read each file and, unless it is a dry run, store it.

    Returns 0 when every file was accepted, 1 when one was refused, 2 for wrong use. A dry run
    opens no database.
    """
    try:
        columns = parse_choice(args.columns) if args.columns else None
    except ValueError as error:
        return _complain(f"--columns: {error}? | see dijkring import --help")
    if not args.dry_run:
        try:
            _open_database(args.organisation)
        except LookupError as error:
            return _complain(f"{error.args[0]} ontbreekt | is missing")
    outcomes = [_import(file, args, columns) for file in args.files]
    print(_as_json(outcomes) if args.json else "\n".join(map(_in_words, outcomes)))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _complain(line: str) -> int:
    print(f"dijkring: {line}", file=sys.stderr)
    return USAGE_ERROR


def _import(file: str, args: argparse.Namespace, columns: ColumnChoice | None) -> Outcome:
    try:
        report = read(Path(file), columns=columns)
    except (OSError, ValueError) as error:
        report = _unreadable(file, error)
    if args.dry_run or report.pack is None:
        return Outcome(file, report)
    return _stored(file, report, report.pack, args.organisation)


def _stored(file: str, report: Report, pack: Pack, organisation: str) -> Outcome:
    from dijkring.controls.shell import NotStored, store

    try:
        return Outcome(file, report, store(pack, organisation))
    except NotStored as refused:
        return Outcome(file, replace(report, pack=None, refused=refused.remarks))


def _unreadable(file: str, error: Exception) -> Report:
    told = getattr(error, "strerror", None) or str(error)
    reason = {"nl": f"Niet te lezen: {told}.", "en": f"Cannot be read: {told}."}
    return Report(Path(file).name, "unknown", None, {}, (Remark(None, "", reason),), ())


def _open_database(organisation: str) -> None:
    """Load Django; only the owner of the tables may write what is for everybody.

    Raises LookupError with the name of the variable that is missing.
    """
    import django
    from django.apps import apps

    if apps.ready:
        return
    if not organisation and not os.environ.get("DATABASE_OWNER_URL"):
        raise LookupError("DATABASE_OWNER_URL")
    os.environ["DIJKRING_AS_OWNER"] = "0" if organisation else "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkring.config.settings")
    django.setup()


def _as_json(outcomes: list[Outcome]) -> str:
    return json.dumps([_described(outcome) for outcome in outcomes], ensure_ascii=False, indent=2)


def _described(outcome: Outcome) -> dict[str, Any]:
    report, pack = outcome.report, outcome.report.pack
    described = {
        "file": outcome.file,
        "format": report.format,
        "framework": _identity(pack) if pack else None,
        "found": report.found,
        "requirements": len(pack.requirements) if pack else 0,
        "leaves": sum(one.leaf for one in pack.requirements) if pack else 0,
        "mappings": len(pack.mappings) if pack else 0,
        "refused": [_remark(remark) for remark in report.refused],
        "warnings": [_remark(remark) for remark in report.warnings],
        "ok": outcome.ok,
    }
    if outcome.stored is not None:
        described["stored"] = _changes(outcome.stored)
    return described


def _identity(pack: Pack) -> dict[str, Any]:
    return {"id": pack.framework_id, "version": pack.version, "title": pack.title}


def _remark(remark: Remark) -> dict[str, Any]:
    reason = remark.reason
    return {
        "line": remark.line, "where": remark.where, "reason": reason["nl"],
        "reasonEn": reason["en"],
    }  # fmt: skip


def _changes(stored: Any) -> dict[str, Any]:
    return {
        "new": stored.new, "changed": stored.changed, "unchanged": stored.unchanged,
        "lookAgain": list(stored.look_again),
    }  # fmt: skip


def _in_words(outcome: Outcome) -> str:
    report = outcome.report
    verdict = "ok" if outcome.ok else "geweigerd | refused"
    lines = [f"{outcome.file}: {verdict} ({report.format})"]
    if report.pack:
        pack = report.pack
        title = pack.title.get("nl") or next(iter(pack.title.values()), "")
        lines.append(f"  {pack.framework_id} {pack.version}  {title}")
    if report.found:
        counts = ", ".join(f"{count} {kind}" for kind, count in report.found.items())
        lines.append(f"  gevonden | found: {counts}")
    lines += [_line("✕", remark) for remark in report.refused]
    lines += [_line("!", remark) for remark in report.warnings]
    if outcome.stored is not None:
        lines.append(f"  opgeslagen | stored: {_stored_words(outcome.stored)}")
    return "\n".join(lines)


def _line(mark: str, remark: Remark) -> str:
    line = f"regel | line {remark.line}" if remark.line else ""
    place = ", ".join(filter(None, [line, " ".join(remark.where.split())]))
    reason = f"{remark.reason['nl']} | {remark.reason['en']}"
    return f"  {mark} {place}: {reason}" if place else f"  {mark} {reason}"


def _stored_words(stored: Any) -> str:
    words = f"{stored.new} new, {stored.changed} changed, {stored.unchanged} unchanged"
    return f"{words}, {len(stored.look_again)} to look at again"
