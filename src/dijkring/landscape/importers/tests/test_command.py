# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import landscape`: what it prints, its exit codes, and no database in a dry run."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dijkring.landscape.importers import command

from .samples import element, model, real, relation


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([*words]))


def test_a_file_and_a_refusal_in_json_and_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, wrong = tmp_path / "goed", tmp_path / "fout.xml"
    good.write_bytes(model(element("a", "Node") + element("g", "Goal")))
    wrong.write_bytes(model(element("a", "Node"), relation("r", "Serving", "a", "weg")))
    files = (str(good), str(wrong), str(tmp_path), "bad\0name")
    assert run(*files, "--dry-run", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["ok"] for one in found] == [True, False, False, False]
    assert (found[0]["format"], found[0]["found"]) == ("archimate", {"platform": 1})
    assert found[0]["leftOut"] == {"Goal": 1}
    assert (found[1]["refused"][0]["line"], found[0]["stored"]) == (4, None)
    assert run(*files[:1], "--dry-run") == 0
    assert "1 platform" in capsys.readouterr().out
    assert run(files[1], "--dry-run") == 1
    assert "line 4, r: Deze relatie wijst naar weg" in capsys.readouterr().out


def test_wrong_use_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "blad.csv"
    file.write_text("wat\nKlok\n", encoding="utf-8")
    for words in (["--columns", "naam=B"], ["--columns", "name=1"], ["--kinds", "x"]):
        assert run(str(file), "--dry-run", *words) == 2
    assert run(str(file)) == 2
    assert "--organisation" in capsys.readouterr().err
    assert run(str(file), "--dry-run") == 1
    assert run(str(file), "--dry-run", "--columns", "name=A", "--kinds", "system") == 0


def test_a_dry_run_never_loads_django() -> None:
    real("archimate/exchange-sample1.xml")
    file = str(Path(__file__).resolve().parents[6] / "shared/data/archimate/exchange-sample1.xml")
    code = (
        "import sys; from dijkring.cli.main import main;"
        f"code = main(['import', 'landscape', {file!r}, '--dry-run', '--json']);"
        "sys.exit(code or 9 * ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["found"] == {"role": 1, "process": 1, "dependency": 1}
