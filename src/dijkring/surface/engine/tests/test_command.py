# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import dns.message
import dns.rcode
import pytest

from dijkring.surface.engine.command import main

NOBODY = "127.0.0.1:9"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["https://a.example"], "geen webadres"),
        (["*.a.example"], "jokerteken"),
        (["192.0.2.1"], "geen IP-adres"),
        (["a..example"], "geen geldige domeinnaam"),
        (["a.example", "--resolver", "dns.example"], "geen resolver"),
        (["a.example", "--ca-file", "/bestaat/niet.pem"], "CA-bestand"),
        (["a.example", "--ca-file", "KAPOT"], "CA-bestand"),
        (["a.example", "--address-map", "/bestaat/niet"], "niet te lezen"),
        (["a.example", "--address-map", "KAPOT"], "regel 1"),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "kapot"
    broken.write_text("dit is niets\n")
    texts = [str(broken) if text == "KAPOT" else text for text in arguments]
    assert main([*texts] if "--resolver" in texts else [*texts, "--resolver", NOBODY]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert told in output.err
    assert output.err.count("\n") == 1


def test_missing_arguments_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "domeinnamen" in capsys.readouterr().err


def test_names_come_from_a_file_too(
    useless_resolver: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "namen.txt"
    names.write_text("# onze namen\nb.example  # de tweede\n\nc.example\n")
    given = ["a.example", "--file", str(names), "--json", "--score", "--resolver", useless_resolver]
    assert main(given) == 1
    told = json.loads(capsys.readouterr().out)
    assert {row["subject"] for row in told["results"]} == {"a.example", "b.example", "c.example"}
    assert told["scores"] == []
    assert main(["--file", str(tmp_path / "weg")]) == 2
    assert "niet te lezen" in capsys.readouterr().err


@pytest.fixture
def useless_resolver() -> Iterator[str]:
    """A DNS server that answers everything with REFUSED."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                data, caller = sock.recvfrom(4096)
                answer = dns.message.make_response(dns.message.from_wire(data))
                answer.set_rcode(dns.rcode.REFUSED)
                sock.sendto(answer.to_wire(), caller)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{sock.getsockname()[1]}"
    sock.close()


def test_nothing_measured_is_exit_code_1(
    useless_resolver: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["a.example", "--json", "--resolver", useless_resolver]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["state"] for row in rows} == {"not_measured"}
    assert {row["detail"]["reason"] for row in rows} == {"dns_refused", "rdap_no_server"}
