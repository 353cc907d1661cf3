# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command finds its subcommands, loads only what is asked and never shows a traceback."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from dijkring.cli import main as command
from dijkring.cli.errors import UserError
from dijkring.cli.main import COMMANDS, Command, main

Plant = Callable[[str, Callable[[object], int]], None]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Return a function that adds a subcommand doing what it is told."""

    def add(name: str, run: Callable[[object], int]) -> None:
        module = ModuleType(f"planted_{name}")
        module.__dict__.update(run=run, add_arguments=lambda parser: None)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(COMMANDS, name, Command(module.__name__, "planted"))

    return add


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in COMMANDS)


def test_without_a_command_the_overview_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: dijkring" in capsys.readouterr().out


def test_unknown_command_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mesure"]) == 2
    assert "'measure'" in capsys.readouterr().err


def test_exit_code_of_a_subcommand_is_ours(plant: Plant) -> None:
    plant("seven", lambda args: 7)
    assert main(["seven"]) == 7


def test_user_error_is_one_line(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(args: object) -> int:
        raise UserError("De map is er niet.", "The folder is missing.")

    plant("refuse", refuse)
    assert main(["refuse"]) == 2
    assert capsys.readouterr().err == "dijkring: De map is er niet. | The folder is missing.\n"


def test_missing_file_is_one_line(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    plant("read", lambda args: len(open("/nonexistent/file").read()))
    assert main(["read"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_interrupt_ends_with_130(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(args: object) -> int:
        raise KeyboardInterrupt

    plant("wait", interrupted)
    assert main(["wait"]) == 130
    assert capsys.readouterr().err == ""


def test_room_that_is_not_built_breaks_nothing_else(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(COMMANDS, "absent", Command("dijkring.absent.command", "not there"))
    plant("present", lambda args: 0)
    assert main(["absent"]) == 2
    assert "'absent'" in capsys.readouterr().err
    assert main(["present"]) == 0


def test_a_fault_inside_a_subcommand_is_not_called_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    with open(f"{tmp_path}/planted_broken.py", "w") as file:
        file.write("import a_package_that_is_not_installed\n")
    monkeypatch.setitem(COMMANDS, "broken", Command("planted_broken", "broken"))
    with pytest.raises(ModuleNotFoundError, match="a_package_that_is_not_installed"):
        command.load("broken")


@pytest.mark.parametrize("name", ["measure", "import"])
def test_engine_commands_do_not_load_django(name: str) -> None:
    """Someone with a shell and no database can measure and try an import."""
    program = (
        "import sys\n"
        "from dijkring.cli.main import load\n"
        f"load({name!r})\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True
    )
    if "UserError" in done.stderr:
        pytest.skip(f"the room behind '{name}' is not built yet")
    assert done.stdout.strip() == "False", done.stderr


def test_python_dash_m_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dijkring", "--version"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip()) == (0, "0.1.0")


def test_dry_run_is_given_no_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIJKRING_HOME", str(tmp_path / "home"))
    module = ModuleType("planted_reader")
    module.__dict__.update(
        run=lambda args: 0,
        add_arguments=lambda parser: parser.add_argument("--dry-run", action="store_true"),
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, "reader", Command(module.__name__, "planted", command.OWNER))
    assert main(["reader", "--dry-run"]) == 0
    assert not (tmp_path / "home").exists()
