# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import internetnl|easm|certificates|rio FILE…`: what others measured, from a shell."""

import argparse
import json
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dijkring.documents.reading import Remark, column_of
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.surface import importers
from dijkring.surface.importers import Report, Unreadable
from dijkring.surface.importers.moments import start_of

HELP = "Take over what others measured or found, as facts of their own source."
USAGE_ERROR = 2


@dataclass(slots=True)
class Outcome:
    """One file: what was read of it, what was stored, and why it was refused."""

    file: str
    kind: str
    report: Report | None = None
    refused: list[Remark] = field(default_factory=list)
    stored: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        """Whether the file as a whole was accepted; single lines may have been refused."""
        return self.report is not None and not self.report.wrong and not self.refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; the kind is the last word of the command."""
    parser.set_defaults(kind=parser.prog.rpartition(" ")[2])
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="files from others")
    parser.add_argument(
        "--organisation", metavar="SLUG", default="", help="for whom; not needed in a dry run"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what is in the files; no database"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON list, one item per file")
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY", help="of the file, as 2026-11-30"
    )
    parser.add_argument(
        "--columns",
        metavar="subject=A,what=B…",
        default="",
        help="columns of findings by letter: subject, what, category, severity, address, first, "
        "last, status",
    )
    parser.add_argument(
        "--whole", action="store_true", help="findings: end what the file does not name any more"
    )


def run(args: argparse.Namespace) -> int:
    """Read each file and, unless it is a dry run, take it over.

    Returns 0 when every file was accepted or had been taken over before, 1 when one was refused, 2
    for wrong use.
    """
    try:
        chosen = _columns(args.columns)
    except ValueError as error:
        return _complain(f"--columns: {error}?")
    if not args.dry_run and not args.organisation:
        return _complain("--organisation ontbreekt | is missing")
    outcomes = [_one(path, args, chosen) for path in args.files]
    print(_as_json(outcomes) if args.json else "\n".join(map(_in_words, outcomes)))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _complain(line: str) -> int:
    print(f"dijkring: {line}", file=sys.stderr)
    return USAGE_ERROR


def _columns(words: str) -> dict[str, int | None] | None:
    known = {one.name for one in importers.easm.SHEET.fields}
    found: dict[str, int | None] = {}
    for part in filter(None, words.split(",")):
        name, _sign, letters = (side.strip() for side in part.partition("="))
        if name not in known or (column := column_of(letters)) is None:
            raise ValueError(part.strip())
        found[name] = column
    return found or None


def _one(path: Path, args: argparse.Namespace, chosen: dict[str, int | None] | None) -> Outcome:
    outcome = Outcome(str(path), args.kind)
    try:
        body = _content(path)
        about = start_of(args.date) if args.date else None
        outcome.report = importers.read(args.kind, body, about, chosen)
    except Unreadable as error:
        outcome.refused.append(error.remark)
        return outcome
    if not args.dry_run and outcome.ok:
        _store(outcome, path.name, body, args, chosen)
    return outcome


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        nl, en = f"Niet te lezen: {error.strerror}.", f"Cannot be read: {error.strerror}."
        raise Unreadable(Remark(None, "", {"nl": nl, "en": en})) from error


def _store(
    outcome: Outcome,
    name: str,
    body: bytes,
    args: argparse.Namespace,
    chosen: dict[str, int | None] | None,
) -> None:
    from dijkring.surface import shell

    try:
        outcome.stored = shell.take_over(
            args.organisation, args.kind, name, body, args.date, args.whole, chosen
        )
    except shell.NotTaken as refused:
        words = {"nl": str(refused), "en": str(refused)}
        outcome.refused.append(Remark(None, "", words))


def _as_json(outcomes: list[Outcome]) -> str:
    return json.dumps([_described(one) for one in outcomes], ensure_ascii=False, indent=2)


def _described(outcome: Outcome) -> dict[str, Any]:
    report = outcome.report
    refused = [*outcome.refused, *(report.refused if report else [])]
    return {
        "file": outcome.file,
        "kind": outcome.kind,
        "ok": outcome.ok,
        "measuredOn": report.at.isoformat() if report and report.at else None,
        "found": _found(report) if report else {},
        "refused": [_remark(one) for one in refused],
        "warnings": [_remark(one) for one in report.warnings] if report else [],
        "columnsMissing": sorted(report.wrong) if report else [],
        "stored": outcome.stored,
    }


def _found(report: Report) -> dict[str, int]:
    counts = {
        "facts": len(report.told),
        "scores": len(report.scores),
        "names": len(report.names) or len(report.listed) or len({one.name for one in report.told}),
    }
    return {key: count for key, count in counts.items() if count}


def _remark(one: Remark) -> dict[str, Any]:
    return {
        "line": one.line,
        "where": one.where,
        "reason": one.reason["nl"],
        "reasonEn": one.reason["en"],
    }


def _in_words(outcome: Outcome) -> str:
    lines = [f"{outcome.file}: {'ok' if outcome.ok else 'geweigerd | refused'} ({outcome.kind})"]
    report = outcome.report
    if report is not None:
        counts = ", ".join(f"{count} {key}" for key, count in _found(report).items())
        lines.append(f"  gevonden | found: {counts or 0}")
        missing = ", ".join(sorted(report.wrong))
        lines += [f"  ✕ geen kolom voor | no column for: {missing}"] if missing else []
        lines += [_line("!", one) for one in (*report.refused, *report.warnings)]
    lines += [_line("✕", one) for one in outcome.refused]
    if outcome.stored is not None:
        told = ", ".join(f"{count} {key}" for key, count in outcome.stored.items())
        lines.append(f"  overgenomen | taken over: {told}")
    return "\n".join(lines)


def _line(mark: str, one: Remark) -> str:
    line = f"regel | line {one.line}" if one.line else ""
    place = ", ".join(filter(None, [line, one.where]))
    reason = f"{one.reason['nl']} | {one.reason['en']}"
    return f"  {mark} {place}: {reason}" if place else f"  {mark} {reason}"
