# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the results of the batch API of Internet.nl (version 2): one request, web or mail.

Of each name it gives one status per test, the worst of its addresses; which address fails stands
not in it.
"""

from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.names import parse_domain

from . import content, moments, trees
from .found import Report, Score, State, Told, unreadable

SOURCE = "internet.nl"
_PARTS = ("web", "mail")


@cache
def _words() -> dict[str, Any]:
    return content.load("internetnl.yaml")


def read(body: bytes, at: datetime | None = None) -> Report:
    """Read one result file; `at` counts where it names no moment. Raises Refused, Unreadable."""
    if not trees.is_json(body):
        raise unreadable("Dit is geen JSON.", "This is not JSON.")
    root = trees.branch(trees.load(body))
    names = root.get("domains")
    if not isinstance(names, dict) or not names:
        raise unreadable(
            "Dit is geen resultaat van Internet.nl: 'domains' ontbreekt of is leeg.",
            "Not a result of Internet.nl: 'domains' is missing or empty.",
        )
    _check_version(root)
    report = Report("internetnl", _moment(trees.branch(root.get("request")), at))
    reader = _Reader(report, trees.text(trees.branch(root.get("request")).get("request_type")))
    for name, given in names.items():
        reader.name(str(name), trees.branch(given))
    reader.tell_unknown()
    return report


def _check_version(root: dict[str, object]) -> None:
    version = trees.text(root.get("api_version"), 20)
    if version and version.partition(".")[0] != "2":
        raise unreadable(
            f"Versie {version} van het bestand is hier niet bekend; wel versie 2.",
            f"Version {version} of this file is not known here; version 2 is.",
        )


def _moment(request: dict[str, object], at: datetime | None) -> datetime:
    for key in ("finished_date", "submit_date"):
        if found := moments.moment(trees.text(request.get(key))):
            return found
    if at is None:
        raise unreadable(
            "In het bestand staat niet wanneer er is getest. Geef de datum op.",
            "The file does not say when was tested. Give the date.",
        )
    return at


class _Reader:
    def __init__(self, report: Report, part: str) -> None:
        self.report = report
        self.part = part if part in _PARTS else ""
        self.unknown: Counter[str] = Counter()
        self.seen: set[str] = set()

    def name(self, text: str, given: dict[str, object]) -> None:
        """Read what stands of one name."""
        try:
            name = parse_domain(text)
        except InputError as error:
            self.report.refuse(text, error.dutch, error.english)
            return
        if name in self.seen:
            self.report.refuse(
                text, "Deze naam staat er twee keer in.", "This name stands there twice."
            )
            return
        self.seen.add(name)
        tests = trees.branch(trees.branch(given.get("results")).get("tests"))
        if trees.text(given.get("status")) == "error" or not tests:
            self.report.refuse(
                text, "Internet.nl kon deze naam niet testen.", "Internet.nl could not test this."
            )
            return
        for key, test in tests.items():
            self._test(name, str(key), trees.branch(test))
        self._score(name, given, tests)

    def _test(self, name: str, key: str, test: dict[str, object]) -> None:
        check = CHECKS.get(_words()["tests"].get(key, ""))
        status = trees.text(test.get("status"), 20)
        known = _words()["statuses"].get(status)
        if check is None or known is None:
            self.unknown[key if check is None else f"{key}: {status}"] += 1
            return
        assert self.report.at is not None  # noqa: S101 -- given by `read`
        verdict = trees.text(test.get("verdict"), 60)
        detail: dict[str, Any] = {
            "reason": f"{SOURCE}:{status}",
            "text": {"nl": known["nl"], "en": known["en"]},
            "seen": {"status": status, **({"message": verdict} if verdict else {})},
        }
        state = _state(known["state"], status, check.level)
        told = Told(name, f"surface.{check.id}", state, self.report.at, detail)
        self.report.told.append(told)

    def _score(self, name: str, given: dict[str, object], tests: dict[str, object]) -> None:
        percent = trees.text(trees.branch(given.get("scoring")).get("percentage"), 5)
        part = self.part or _part_of(tests)
        if percent.isdecimal() and int(percent) <= 100 and part and self.report.at:
            url = trees.text(trees.branch(given.get("report")).get("url"), 500)
            url = url if url.startswith("https://") else ""
            self.report.scores.append(Score(name, part, int(percent), url, self.report.at))

    def tell_unknown(self) -> None:
        """Tell which tests are not known here; they were left out."""
        for key, count in sorted(self.unknown.items()):
            self.report.warn(
                key, f"Deze test is hier niet bekend ({count} keer); overgeslagen.",
                f"This test is not known here ({count} times); left out.",
            )  # fmt: skip


def _state(state: State, status: str, level: str) -> State:
    # A warning or remark on what is mandatory costs nothing there, and so is no failure here.
    return "pass" if level == "mandatory" and status in ("warning", "info") else state


def _part_of(tests: dict[str, object]) -> str:
    return next((part for part in _PARTS if any(key.startswith(part) for key in tests)), "")
