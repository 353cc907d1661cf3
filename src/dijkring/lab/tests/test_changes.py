# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaking and mending from a shell, restarts, and the errors that people see."""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from dijkring.lab.changes import mend_name
from dijkring.lab.command import add_arguments, run
from dijkring.lab.defects import catalogue, content
from dijkring.lab.errors import LabError
from dijkring.lab.folder import Folder
from dijkring.lab.hosts import allot
from dijkring.lab.internet import Lab
from dijkring.lab.scenario import parse, region
from dijkring.lab.tests.conftest import SCENARIO, Caller
from dijkring.lab.threads import ThreadedLab, start_in_thread

PYTHON = [sys.executable, "-m", "dijkring.lab.command"]


def command(folder: Path, *words: str) -> tuple[int, str]:
    """What the command returns and says is wrong; from here, a shell costs a second each time."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with redirect_stderr(StringIO()) as wrong, redirect_stdout(StringIO()):
        code = run(parser.parse_args([*words, "--folder", str(folder)]))
    return code, wrong.getvalue()


def from_a_shell(folder: Path, *words: str) -> tuple[int, str]:
    """The same in a process of its own, as people have it."""
    line = [*PYTHON, *words, "--folder", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=20)  # noqa: S603
    return done.returncode, done.stderr


@pytest.fixture
def served(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [*PYTHON, "serve", "--json", "--folder", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert json.loads(process.stdout.readline())["version"] == 1
    yield process
    process.kill()
    process.communicate()


def test_a_change_from_a_shell_is_in_effect_on_return(lab: ThreadedLab, caller: Caller) -> None:
    folder = lab.lab.folder.path
    started = time.monotonic()
    done = from_a_shell(folder, "break", "www.gezond.example", "web-tls.https_hsts")
    assert done == (0, "")
    assert "Strict-Transport-Security" not in caller.get("www.gezond.example")
    assert command(folder, "mend", "www.gezond.example", "web-tls.https_hsts") == (0, "")
    assert "Strict-Transport-Security" in caller.get("www.gezond.example")
    command(folder, "txt", "_dijkring.gezond.example", "bewijs-1")
    command(folder, "txt", "_dijkring.gezond.example", "bewijs-2")
    tokens = caller.ask("_dijkring.gezond.example", "TXT").answer[0]
    assert {token.to_text() for token in tokens} == {'"bewijs-1"', '"bewijs-2"'}
    command(folder, "txt", "_dijkring.gezond.example", "--remove")
    assert not caller.ask("_dijkring.gezond.example", "TXT").answer
    assert time.monotonic() - started < 15


def test_signing_and_spoiling_a_zone_at_run_time(lab: ThreadedLab, caller: Caller) -> None:
    lab.break_name("gezond.example", "mail-dnssec.dnssec_valid")
    assert caller.ask("www.gezond.example", "A").rcode().name == "SERVFAIL"
    lab.mend_name("gezond.example", "web-dnssec.dnssec_valid")
    assert caller.ask("www.gezond.example", "A").rcode().name == "NOERROR"


def test_only_the_mail_server_name_unsigned(lab: ThreadedLab, caller: Caller) -> None:
    def flags(name: str) -> str:
        return str(caller.ask(name, "A").to_text().split("flags ")[1].split("\n")[0])

    lab.break_name("gezond.example", "mail-dnssec.dnssec_mx_exists")
    assert "AD" in flags("gezond.example")
    assert "AD" not in flags("mail.gezond.example")
    lab.mend_name("gezond.example", "mail-dnssec.dnssec_mx_exists")
    assert "AD" in flags("mail.gezond.example")


def test_a_restart_keeps_changes_ports_and_keys(folder: Path) -> None:
    with start_in_thread(folder, SCENARIO) as first:
        first.break_name("www.gezond.example", "web-tls.https_forced")
        before = (first.lab.info(), first.ca_file.read_bytes())
        ports = json.loads(first.address_map.read_text())
    with start_in_thread(folder, SCENARIO) as second:
        after = (second.lab.info(), second.ca_file.read_bytes())
        assert before == after
        # Whoever else works on this machine may have taken a port in the meantime; that one moves.
        again = json.loads(second.address_map.read_text())
        assert again.keys() == ports.keys()
        assert sum(again[place] != ports[place] for place in ports) <= 2
        assert Caller(second).get_plain("www.gezond.example").startswith("HTTP/1.1 200 ")


def test_a_taken_port_moves_and_the_map_follows(folder: Path) -> None:
    with start_in_thread(folder, SCENARIO) as first:
        resolver = first.resolver
    other = folder.with_name("other")
    Folder(other).create()
    Folder(other).write("ports.json", Folder(folder).read("ports.json"))
    with start_in_thread(other, SCENARIO), start_in_thread(folder, SCENARIO) as moved:
        assert moved.resolver != resolver
        assert caller_works(moved)


def caller_works(lab: ThreadedLab) -> bool:
    return Caller(lab).get("www.gezond.example").startswith("HTTP/1.1 200 ")


def test_serve_stops_cleanly_and_keeps_others_out(
    served: "subprocess.Popen[str]", folder: Path
) -> None:
    code, wrong = command(folder, "serve")
    assert code == 1
    assert "draait al" in wrong
    mended = command(folder, "mend", "formulieren.dijkerveen.example", "web-tls.tls_version")
    assert mended == (0, "")
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=5) == 0
    assert not (folder / "lab.json").exists()


def test_a_killed_lab_is_recognised(served: "subprocess.Popen[str]", folder: Path) -> None:
    served.kill()
    served.wait(timeout=5)
    assert (folder / "lab.json").exists()
    code, wrong = command(folder, "mend", "dijkerveen.example", "mail-auth.dmarc_policy")
    assert code == 1
    assert "draait geen oefeninternet" in wrong
    with start_in_thread(folder) as again:
        assert again.lab.info()["pid"] == os.getpid()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("mend", "gezont.example", "mail-auth.spf"), "Bedoelt u gezond.example"),
        (("break", "gezond.example", "mail-auth.spff"), "Bedoelt u mail-auth.spf"),
        (("break", "www.gezond.example", "mail-auth.spf"), "ontvangt geen mail"),
        (("break", "kaal.example", "mail-tls.starttls_exists"), "loopt via gezond.example"),
        (("mend", "kaal.example", "mail-auth.dmarc_policy"), "mail-auth.dmarc op kaal.example"),
        (("mend", "www.kaal.example", "web-dnssec.dnssec_exists"), "lab mend kaal.example"),
        (("txt", "elders.nl", "x"), "niet onder een domein"),
        (("txt", "a b.gezond.example", "x"), "geen geldige naam"),
    ],
)
def test_errors_are_one_line_with_a_way_out(
    lab: ThreadedLab,
    words: tuple[str, ...],
    expected: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([*words, "--folder", str(lab.lab.folder.path)])) == 1
    said = capsys.readouterr().err
    assert expected in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"domains": {}},
        {"domains": {"geen": {}}},
        {"domains": ["a.example"]},
        {"domains": {7: {}}},
        {"domains": {"a.example": "tekst"}},
        {"domains": {"a.example": {"names": ["www"]}}},
        {"domains": {"a.example": {"names": {"www": "tekst"}}}},
        {"domains": {"a b.example": {}}},
        {"domains": {"x.sluisdns.example": {}}},
        {"domains": {"a.example": {"defects": ["bestaat.niet"]}}},
        {"domains": {"a.example": {"mail": "b.example"}}},
        {"domains": {"a.example": {"mail": "none", "defects": ["mail-auth.spf"]}}},
        {"domains": {"a.example": {"names": {"mail": []}}}},
    ],
)
def test_a_wrong_scenario_is_refused(source: dict[str, Any]) -> None:
    with pytest.raises(LabError):
        parse(source)


def test_the_region_has_a_fair_mixture_of_faults() -> None:
    scenario = region()
    planted = [defect for name in scenario.names.values() for defect in name.defects]
    assert 10 <= len(planted) <= 16
    assert {"web-tls.tls_version", "mail-auth.dmarc_policy"} <= set(planted)
    assert len(set(scenario.organisations.values())) == 8


def test_every_defect_can_be_planted_and_taken_away(folder: Path) -> None:
    async def round_trip() -> None:
        async with Lab(folder, {"domains": {"a.example": {}}}) as lab:
            for defect in catalogue():
                assert (await lab.break_name("a.example", defect)).changed
                # The next one takes its place in the same breath.
                assert mend_name(lab.folder, lab.scenario, "a.example", defect).changed
            await lab.refresh()

    asyncio.run(round_trip())


def test_aliases_lead_to_a_defect() -> None:
    aliases = {row["alias_of"] for row in content().values() if "alias_of" in row}
    assert aliases <= catalogue().keys()


def test_addresses_stay_and_run_out_in_words() -> None:
    assert allot(["b", "a", "c"], {"a": 1, "c": 3}) == {"b": 2, "a": 1, "c": 3}
    with pytest.raises(LabError):
        allot([f"host-{number}" for number in range(800)], {})
