# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`up` says in one line why it cannot start, and leaves nothing behind when it stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dijkring.cli.embedded.process import command_line
from dijkring.cli.errors import UserError
from dijkring.cli.up import checks, watching
from dijkring.cli.up.children import Child, stop_all
from dijkring.cli.up.fingerprint import Memory
from dijkring.cli.up.steps import Failed, measuring, wait_for


def up(home: Path, *options: str, port: int | str = 8000) -> subprocess.CompletedProcess[str]:
    """Run `dijkring up` as a person would, with its data in `home`."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "dijkring", "up", *options],
        env=kept | {"DIJKRING_HOME": str(home), "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stdout + done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_port_in_use(tmp_path: Path, taken_port: int) -> None:
    assert_one_line(up(tmp_path, port=taken_port), f"Poort {taken_port} is niet vrij")


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert_one_line(up(tmp_path, port=port), f"'{port}' is geen poort")


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """Root writes anywhere, so a file stands in for a folder that cannot be written."""
    (tmp_path / "home").write_text("not a folder")
    assert_one_line(up(tmp_path / "home"), f"Kan niet werken in {tmp_path}/home")


def test_folder_on_a_read_only_disk() -> None:
    assert_one_line(up(Path("/proc/dijkring")), "Kan niet werken in /proc/dijkring")


def test_second_up_on_the_same_folder(tmp_path: Path) -> None:
    with checks.only_one(tmp_path, lambda line: None):
        assert_one_line(up(tmp_path), f"draait al in {tmp_path} (proces {os.getpid()})")


def test_stale_lock_is_taken_over_and_told(tmp_path: Path) -> None:
    (tmp_path / "up.lock").write_text("999999")
    said: list[str] = []
    with checks.only_one(tmp_path, said.append):
        assert (tmp_path / "up.lock").read_text() == str(os.getpid())
    assert any("niet netjes gestopt" in line for line in said)
    assert (tmp_path / "up.lock").read_text() == ""


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(checks, "NEEDED", free * 2)
    with pytest.raises(UserError, match="Te weinig schijfruimte"):
        checks.check_disk(tmp_path)


def test_database_url_that_does_not_answer(tmp_path: Path) -> None:
    url = f"postgresql://dijkring_app:x@127.0.0.1:{free_port()}/dijkring"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "dijkring", "up", "--port", str(free_port())],
        env=os.environ | {"DIJKRING_HOME": str(tmp_path), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert_one_line(done, "DATABASE_URL antwoordt niet")


def test_memory_knows_only_the_same_mark(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "done.json")
    memory.remember("migrate", "a")
    assert memory.knows("migrate", "a")
    assert not memory.knows("migrate", "b")
    (tmp_path / "done.json").write_text("{broken")
    assert not memory.knows("migrate", "a")


def test_lab_address_does_not_replace_what_the_operator_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {"ca_file": "ca.pem", "address_map": "map.json", "roas": "r.json", "routes": "r.txt"}
    names["registries"] = "rdap.json"
    lab = {"resolver": "127.0.0.1:5353"} | names
    monkeypatch.setenv("SURFACE_RESOLVER", "192.0.2.53")
    assert measuring(lab)["SURFACE_CA_FILE"] == "ca.pem"
    assert "SURFACE_RESOLVER" not in measuring(lab)


@pytest.fixture
def children(tmp_path: Path) -> Iterator[list[Child]]:
    found: list[Child] = []
    yield found
    stop_all(found)


def planted(tmp_path: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> Child:
    """Make a child that runs a small program in place of a subcommand."""
    script = tmp_path / "program.py"
    script.write_text(program)
    runner = tmp_path / "runner.sh"
    runner.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n')
    runner.chmod(0o755)
    monkeypatch.setattr("dijkring.cli.up.children.sys.executable", str(runner))
    return Child("planted", [], {}, tmp_path / "planted.log")


def test_stop_ends_also_what_a_child_has_started(
    tmp_path: Path, children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The grandchild is deaf to SIGTERM: only the group's SIGKILL ends it."""
    program = (
        "import os, signal, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    child = planted(tmp_path, program, monkeypatch)
    children.append(child)
    child.start()
    wait_for(child, lambda: (tmp_path / "pid").exists() and pid_in(tmp_path) > 0, 10, "child")
    grandchild = pid_in(tmp_path)
    assert command_line(grandchild) is not None
    stop_all(children)
    assert ended(grandchild)
    assert child.exit_code() is not None


def test_child_that_dies_before_it_is_ready_is_explained(
    tmp_path: Path, children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    child = planted(tmp_path, "print('no licence for this dike'); raise SystemExit(3)", monkeypatch)
    children.append(child)
    child.start()
    with pytest.raises(Failed) as caught:
        wait_for(child, lambda: False, 10, "De webserver")
    assert "no licence for this dike" in caught.value.told()


def test_child_is_started_again_once_and_then_explained(
    tmp_path: Path,
    children: list[Child],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    child = planted(tmp_path, "print('pump broken'); raise SystemExit(3)", monkeypatch)
    children.append(child)
    deaths: dict[str, float] = {}
    child.start()
    wait_until_ended(child)
    watching.look_at_child(child, deaths)
    assert "opnieuw gestart" in capsys.readouterr().out
    wait_until_ended(child)
    with pytest.raises(Failed) as caught:
        watching.look_at_child(child, deaths)
    assert "pump broken" in caught.value.told()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of the killed")
def test_kill_9_leaves_no_child(tmp_path: Path) -> None:
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from dijkring.cli.up.children import spawn\n"
        "child = spawn(['manage', 'help'], {}, 1)\n"
        "print(child.pid, flush=True)\n"
        "os.kill(child.pid, 19)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    os.kill(child, signal.SIGCONT)
    assert ended(child)


def pid_in(folder: Path) -> int:
    text = (folder / "pid").read_text()
    return int(text) if text else 0


def ended(pid: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while command_line(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    return command_line(pid) is None


def wait_until_ended(child: Child) -> None:
    assert child.process is not None
    child.process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
