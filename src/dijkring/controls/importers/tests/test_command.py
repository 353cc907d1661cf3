# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import framework`: what it prints, its exit codes, and no database in a dry run."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dijkring.controls.importers import command

from .shared import own_pack, real


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(["framework", *words]))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    good, wrong = tmp_path / "goed.yaml", tmp_path / "fout.yaml"
    good.write_bytes(own_pack())
    wrong.write_bytes(own_pack('  - {ref: "5.10"}\n  - {ref: "6", parent: "7"}\n'))
    return str(good), str(wrong)


def test_json_has_one_object_per_file(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*files, "--dry-run", "--json") == 1
    good, wrong = json.loads(capsys.readouterr().out)
    assert good["ok"]
    assert (good["file"], good["format"]) == (files[0], "pack")
    assert good["framework"]["id"] == "huis"
    assert (good["requirements"], good["leaves"], good["mappings"]) == (2, 1, 0)
    assert good["found"] == {"control": 1, "measure": 1}
    assert not wrong["ok"]
    assert wrong["framework"] is None
    assert [refused["line"] for refused in wrong["refused"]] == [6, 7]
    assert wrong["refused"][0]["where"] == "5.10"
    assert wrong["refused"][0]["reasonEn"] == "Duplicate id (line 4)."


def test_words_name_every_refused_line(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files[0], "--dry-run") == 0
    assert "1 control, 1 measure" in capsys.readouterr().out
    assert run(files[1], "--dry-run") == 1
    assert "line 7, 6: De ouder 7 bestaat niet." in capsys.readouterr().out


def test_folders_and_missing_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path), str(tmp_path / "weg.md"), "bad\0name", "--dry-run", "--json") == 1
    assert [item["ok"] for item in json.loads(capsys.readouterr().out)] == [False] * 3


def test_wrong_use_is_two(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files[0], "--dry-run", "--columns", "naam=B") == 2
    assert "naam=B" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        run("--dry-run")
    assert stopped.value.code == 2


def test_columns_reach_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "normen.csv"
    sheet.write_text("a1,b1\nx,Eerste\n", encoding="utf-8")
    assert run(str(sheet), "--dry-run", "--columns", "id=A,title=b1") == 0
    assert "1 control" in capsys.readouterr().out


def test_a_dry_run_never_loads_django() -> None:
    file = str(real("bio2/bio2-v1.3-maatregelen.md"))
    code = (
        "import sys; from dijkring.cli.main import main;"
        f"code = main(['import', 'framework', {file!r}, '--dry-run', '--json']);"
        "sys.exit(code or 9 * ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["found"]["measure"] == 117
