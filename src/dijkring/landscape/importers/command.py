# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import landscape FILE…`: a landscape, or the software of a system, from a shell."""

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dijkring.documents.reading import Remark, column_of

from . import Asked, Report, read
from .fields import ASSET, KINDS
from .limits import MAX_BYTES

HELP = "Read ArchiMate, Archi, GEMMA, CycloneDX or a sheet into the landscape."
USAGE_ERROR = 2


@dataclass(slots=True)
class Outcome:
    """One file: what was read of it, what was stored, and why it was refused."""

    file: str
    report: Report
    refused: list[Remark] = field(default_factory=list)
    stored: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        """Whether the file was accepted as a whole."""
        return not (self.report.refused or self.report.missing or self.refused)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="files; no folders")
    parser.add_argument(
        "--organisation", metavar="SLUG", default="", help="for whom; not needed in a dry run"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what is in the files; no database"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON list, one item per file")
    parser.add_argument(
        "--system", metavar="NAME", default="", help="whose software a CycloneDX list tells"
    )
    parser.add_argument(
        "--kinds", metavar="KIND,…", default="", help=f"take only these over: reference, {_kinds()}"
    )
    parser.add_argument(
        "--columns", metavar="name=A,kind=B…", default="",
        help=f"columns of a sheet by letter: {', '.join(one.name for one in ASSET)}",
    )  # fmt: skip


def _kinds() -> str:
    return ", ".join(KINDS)


def run(args: argparse.Namespace) -> int:
    """Read each file and, unless it is a dry run, take it over; each whole or not at all.

    Returns 0 when every file was accepted, 1 when one was refused, 2 for wrong use. A dry run
    opens no database.
    """
    try:
        columns, kinds = _columns(args.columns), _chosen_kinds(args.kinds)
    except ValueError as error:
        return _complain(f"{error}?")
    if not args.dry_run and not args.organisation:
        return _complain("--organisation ontbreekt | is missing")
    outcomes = [_one(path, args, columns, kinds) for path in args.files]
    print(_as_json(outcomes) if args.json else "\n".join(map(_in_words, outcomes)))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _complain(line: str) -> int:
    print(f"dijkring: {line}", file=sys.stderr)
    return USAGE_ERROR


def _columns(words: str) -> dict[str, int | None] | None:
    known = {one.name for one in ASSET}
    found: dict[str, int | None] = {}
    for part in filter(None, words.split(",")):
        name, _sign, letters = (side.strip() for side in part.partition("="))
        if name not in known or (column := column_of(letters)) is None:
            raise ValueError(f"--columns: {part.strip()}")
        found[name] = column
    return found or None


def _chosen_kinds(words: str) -> tuple[str, ...]:
    chosen = tuple(one.strip() for one in words.split(",") if one.strip())
    for one in chosen:
        if one not in (*KINDS, "reference"):
            raise ValueError(f"--kinds: {one}")
    return chosen


def _one(
    path: Path,
    args: argparse.Namespace,
    columns: dict[str, int | None] | None,
    kinds: tuple[str, ...],
) -> Outcome:
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        reason = {"nl": f"Niet te lezen: {told}.", "en": f"Cannot be read: {told}."}
        return Outcome(str(path), Report(), [Remark(None, "", reason)])
    outcome = Outcome(str(path), read(body, path.name, asked=Asked(columns)))
    if not args.dry_run:
        _store(outcome, path.name, body, args, columns, kinds)
    return outcome


def _store(
    outcome: Outcome,
    name: str,
    body: bytes,
    args: argparse.Namespace,
    columns: dict[str, int | None] | None,
    kinds: tuple[str, ...],
) -> None:
    from dijkring.landscape import shell

    try:
        outcome.stored = shell.take_over(args.organisation, name, body, args.system, columns, kinds)
    except shell.NotTaken as refused:
        outcome.refused = list(refused.remarks)


def _as_json(outcomes: list[Outcome]) -> str:
    return json.dumps([_described(one) for one in outcomes], ensure_ascii=False, indent=2)


def _described(outcome: Outcome) -> dict[str, Any]:
    report = outcome.report
    return {
        "file": outcome.file,
        "format": report.format,
        "ok": outcome.ok,
        "about": report.about or report.name,
        "found": report.counts,
        "leftOut": dict(report.left_out),
        "followedThrough": dict(report.through),
        "propertiesNotRead": dict(report.unread),
        "columnsMissing": list(report.missing),
        "refused": [_remark(one) for one in (*report.refused, *outcome.refused)],
        "warnings": [_remark(one) for one in report.warnings],
        "stored": outcome.stored,
    }


def _remark(one: Remark) -> dict[str, Any]:
    return {
        "line": one.line, "where": one.where, "reason": one.reason["nl"],
        "reasonEn": one.reason["en"],
    }  # fmt: skip


def _in_words(outcome: Outcome) -> str:
    report = outcome.report
    verdict = "ok" if outcome.ok else "geweigerd | refused"
    lines = [f"{outcome.file}: {verdict} ({report.format})"]
    for words, counts in (
        ("gevonden | found", report.counts),
        ("gevolgd naar wat erachter ligt | followed through", report.through),
        ("heeft hier geen plaats | left out", report.left_out),
    ):
        if counts:
            lines.append(f"  {words}: " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))
    if report.missing:
        lines.append(f"  ✕ geen kolom voor | no column for: {', '.join(report.missing)}")
    lines += [_line("✕", one) for one in (*report.refused, *outcome.refused)]
    lines += [_line("!", one) for one in report.warnings]
    if outcome.stored is not None:
        told = ", ".join(f"{count} {key}" for key, count in outcome.stored.items())
        lines.append(f"  overgenomen | taken over: {told}")
    return "\n".join(lines)


def _line(mark: str, one: Remark) -> str:
    line = f"regel | line {one.line}" if one.line else ""
    place = ", ".join(filter(None, [line, one.where]))
    reason = f"{one.reason['nl']} | {one.reason['en']}"
    return f"  {mark} {place}: {reason}" if place else f"  {mark} {reason}"
