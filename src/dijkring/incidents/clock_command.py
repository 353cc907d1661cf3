# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring clock`: by when an incident must be reported, for anyone to check."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dijkring.core import clock
from dijkring.core.clock import AMSTERDAM
from dijkring.incidents.deadlines import (
    Case,
    CaseError,
    Deadline,
    Policy,
    Status,
    deadlines,
)
from dijkring.incidents.obligations import ContentError, Obligation, of_regimes, ours, read_file

HELP = "print by when an incident must be reported; hours are exact, months are calendar months"
GOOD, BAD_INPUT = 0, 2
TONGUES = {"nl": 0, "en": 1}
STATES = {
    Status.OPEN: ("open", "open"),
    Status.OVERDUE: ("te laat", "overdue"),
    Status.MET: ("gedaan, op tijd", "done in time"),
    Status.LATE: ("gedaan, te laat", "done late"),
    Status.WAITING: ("niet gevraagd", "not asked"),
    Status.CONDITIONAL: ("als het dan nog loopt", "if still ongoing then"),
    Status.FOLLOWS: ("na de afhandeling", "after the handling"),
    Status.NOT_APPLICABLE: ("niet nodig", "not needed"),
}
ANCHORS = {
    "aware": ("kennisname", "aware"),
    "requested": ("gevraagd tegen", "asked by"),
    "submitted": ("melding ingediend", "notification submitted"),
    "due": ("termijn van de melding", "deadline of the notification"),
    "ended": ("afhandeling beëindigd", "handling ended"),
}
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo"), ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WITHOUT_DELAY = (
    "Melden moet zonder onnodige vertraging; het tijdstip is het uiterste.",
    "Reports are due without undue delay; the instant is the latest.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `dijkring clock`."""
    parser.add_argument(
        "--regime",
        action="append",
        required=True,
        metavar="NAME",
        help="cbw, avg, cbw_others, cbw_registration, or one of --rules; more than once if needed",
    )
    parser.add_argument(
        "--aware",
        action="append",
        required=True,
        metavar="WHEN",
        help="moment of becoming aware, with its time zone: 2026-10-24T14:30+02:00; "
        "given again, a later one amends it and the old terms are shown beside the new",
    )
    for name, words in (
        ("submitted", "when a report was submitted"),
        ("requested", "by when a report was asked for"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="OBLIGATION=WHEN", help=words
        )
    parser.add_argument("--ended", metavar="WHEN", help="when handling of the incident ended")
    parser.add_argument("--now", metavar="WHEN", help="judge as of this moment (default: now)")
    parser.add_argument(
        "--policy", choices=[str(one) for one in Policy], default="strictest", help="how to count"
    )
    parser.add_argument("--rules", metavar="FILE", type=Path, help="house rules (YAML), as well")
    parser.add_argument("--language", choices=list(TONGUES), default="nl")
    parser.add_argument("--json", action="store_true", help="print a JSON list")


def run(args: argparse.Namespace) -> int:
    """Print what is due; 0 done, 2 wrong input."""
    try:
        now = _moment("now", args.now) if args.now else clock.now()
        known = [*ours(), *(read_file(args.rules) if args.rules else ())]
        cases = [_case(args, aware, known) for aware in args.aware]
        old, new = (_reckoned(args, case, known, now) for case in (cases[0], cases[-1]))
    except (CaseError, ContentError) as error:
        print(f"{error.dutch} | {error.english}", file=sys.stderr)
        return BAD_INPUT
    before = old if len(cases) > 1 else None
    show = _as_json if args.json else _as_table
    print(show(new, before, args.language))
    return GOOD


def _reckoned(
    args: argparse.Namespace, case: Case, known: Sequence[Obligation], now: datetime
) -> list[Deadline]:
    day = clock.day_of(case.aware)
    obligations = of_regimes(known, args.regime, day)
    if not obligations:
        names = ", ".join(args.regime)
        raise CaseError(
            f"Op {day} gold er nog niets van {names}.", f"On {day} nothing of {names} held yet."
        )
    return deadlines(case, obligations, now, Policy(args.policy))


def _case(args: argparse.Namespace, aware: str, known: Sequence[Obligation]) -> Case:
    wanted = [one for one in known if one.regime in args.regime]
    return Case(
        aware=_moment("aware", aware),
        submitted=_by_obligation("submitted", args.submitted, wanted),
        requested=_by_obligation("requested", args.requested, wanted),
        ended=_moment("ended", args.ended) if args.ended else None,
    )


def _by_obligation(
    option: str, given: Sequence[str], known: Sequence[Obligation]
) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for line in given:
        name, _equals, when = line.partition("=")
        ids = sorted({one.id for one in known if name in (one.id, one.id.split(".")[1])})
        if len(ids) != 1 or ids[0] in found:
            choices = ", ".join(sorted({one.id for one in known}))
            raise CaseError(
                f"--{option} {name}: noem één keer één van {choices}.",
                f"--{option} {name}: name one of {choices} once.",
            )
        found[ids[0]] = _moment(f"{option} {name}", when)
    return found


def _moment(name: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CaseError(
            f"{name}: '{text[:60]}' is geen moment; schrijf 2026-10-24T14:30+02:00.",
            f"{name}: '{text[:60]}' is not a moment; write 2026-10-24T14:30+02:00.",
        ) from error
    if moment.tzinfo is None:
        raise CaseError(
            f"{name}: '{text[:60]}' mist de tijdzone; schrijf er +02:00, +01:00 of Z achter.",
            f"{name}: '{text[:60]}' lacks its time zone; add +02:00, +01:00 or Z.",
        )
    return moment


def _as_json(found: list[Deadline], before: list[Deadline] | None, language: str) -> str:
    was = {one.obligation.id: one.due for one in before or ()}
    rows = [_row(one, language) for one in found]
    if before is not None:
        rows = [{**row, "was": _iso(was.get(row["obligation"]))} for row in rows]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _row(one: Deadline, language: str) -> dict[str, Any]:
    return {
        "obligation": one.obligation.id,
        "title": one.obligation.title[language],
        "article": one.article,
        "anchor": one.anchor,
        "anchorAt": _iso(one.anchor_at),
        "due": _iso(one.due),
        "status": str(one.status),
        "submittedAt": _iso(one.submitted_at),
        "term": one.term[language],
        "exception": one.obligation.exception[language],
        "to": list(one.obligation.to),
        "source": one.obligation.link,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(AMSTERDAM).isoformat() if moment else None


def _as_table(found: list[Deadline], before: list[Deadline] | None, language: str) -> str:
    was = {one.obligation.id: one.due for one in before or ()}
    lines = []
    for one in found:
        due = _words(one.due, language) if one.due else "–"
        state = STATES[one.status][TONGUES[language]]
        lines.append(f"{due:<24} {state:<22} {one.obligation.title[language]}")
        lines += [f"{'':<24} {line}" for line in _beside(one, language)]
        if before is not None and was.get(one.obligation.id) != one.due:
            lines.append(f"{'':<24} was: {_words(was.get(one.obligation.id), language)}")
    return "\n".join([*lines, "", WITHOUT_DELAY[TONGUES[language]]])


def _beside(one: Deadline, language: str) -> list[str]:
    anchor = ANCHORS[one.anchor.split()[0]][TONGUES[language]]
    since = f", {anchor} {_words(one.anchor_at, language)}" if one.anchor_at else ""
    said = [f"{one.obligation.regime} art. {one.article}{since}"]
    return [*said, *filter(None, (one.term[language], one.obligation.exception[language]))]


def _words(moment: datetime | None, language: str) -> str:
    if moment is None:
        return "–"
    local = moment.astimezone(AMSTERDAM)
    day = WEEKDAYS[TONGUES[language]][local.weekday()]
    return f"{day} {local:%d-%m-%Y %H:%M:%S %Z}".replace(":00 C", " C")
