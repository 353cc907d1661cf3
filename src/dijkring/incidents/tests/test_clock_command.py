# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring clock`, as somebody types it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dijkring.cli.main import main

HOUSE = str(Path(__file__).parent / "house_rules.yaml")
AWARE = ["--aware", "2026-10-24T14:30+02:00"]


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, Any]]:
    assert main(["clock", *arguments, "--json"]) == 0
    return {row["obligation"]: row for row in json.loads(capsys.readouterr().out)}


def test_several_regimes_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    rows = asked(capsys, "--regime", "cbw", "--regime", "avg", *AWARE)
    assert rows["cbw.early_warning"]["due"] == "2026-10-25T13:30:00+01:00"
    assert rows["cbw.early_warning"]["anchorAt"] == "2026-10-24T14:30:00+02:00"
    assert rows["avg.subjects"]["due"] is None
    assert rows["avg.subjects"]["term"]
    assert rows["cbw.interim_report"]["due"] is None


def test_what_was_submitted_asked_and_ended(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--submitted", "notification=2026-10-26T09:00+01:00"]
    given += ["--requested", "cbw.interim_report=2026-11-02T12:00+01:00"]
    given += ["--ended", "2026-12-31T12:00+01:00", "--now", "2026-11-01T00:00Z"]
    rows = asked(capsys, "--regime", "cbw", *AWARE, *given)
    assert rows["cbw.notification"]["status"] == "met"
    assert rows["cbw.early_warning"]["status"] == "overdue"
    assert rows["cbw.interim_report"]["due"] == "2026-11-02T12:00:00+01:00"
    assert rows["cbw.progress_report"]["due"] == "2026-11-26T09:00:00+01:00"
    assert rows["cbw.final_report"]["due"] == "2027-01-31T12:00:00+01:00"


def test_an_amendment_shows_old_beside_new(capsys: pytest.CaptureFixture[str]) -> None:
    rows = asked(capsys, "--regime", "avg", *AWARE, "--aware", "2026-10-24T18:00+02:00")
    assert rows["avg.authority"]["was"] == "2026-10-27T13:30:00+01:00"
    assert rows["avg.authority"]["due"] == "2026-10-27T17:00:00+01:00"


def test_house_rules_stand_beside_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    rows = asked(capsys, "--regime", "house", "--rules", HOUSE, *AWARE)
    assert rows["house.digid"]["due"] == "2026-10-27T14:30:00+01:00"


def test_a_person_reads_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--regime", "cbw", *AWARE]) == 0
    said = capsys.readouterr().out
    assert "zo 25-10-2026 13:30 CET" in said
    assert "art. 26, kennisname za 24-10-2026 14:30 CEST" in said
    assert main(["clock", "--regime", "cbw", *AWARE, "--language", "en"]) == 0
    assert "Early warning" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--regime", "cbw", "--aware", "2026-10-24T14:30"], "lacks its time zone"),
        (["--regime", "cbw", "--aware", "yesterday"], "is not a moment"),
        (["--regime", "nis3", *AWARE], "Unknown regime 'nis3'; choose from avg, cbw"),
        (["--regime", "cbw", "--aware", "2026-08-01T00:00Z"], "nothing of cbw held yet"),
        (["--regime", "cbw", *AWARE, "--submitted", "lunch=2026-10-25T00:00Z"], "name one of"),
        (["--regime", "cbw", *AWARE, "--ended", "2026-10-23T00:00Z"], "ended: lies before"),
        (["--regime", "cbw", *AWARE, "--rules", __file__], "is not YAML"),
    ],
)
def test_wrong_input_says_what_and_how(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["clock", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_it_needs_neither_django_nor_a_database() -> None:
    line = "from dijkring.cli.main import main; import sys; main(sys.argv[1:]); "
    line += "assert 'django' not in sys.modules and 'psycopg' not in sys.modules"
    run = [sys.executable, "-c", line, "clock", "--regime", "cbw", *AWARE]
    assert subprocess.run(run, capture_output=True, check=False).returncode == 0  # noqa: S603
