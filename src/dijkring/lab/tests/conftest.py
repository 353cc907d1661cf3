# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One small practice internet for all tests of this room, and a caller that dials through it."""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import dns.flags
import dns.message
import dns.query
import dns.rdatatype
import pytest

from dijkring.lab.threads import ThreadedLab, start_in_thread

SCENARIO = {
    "domains": {
        "gezond.example": {"names": {"www": [], "oud": ["web-tls.tls_version"]}},
        "kaal.example": {
            "mail": "gezond.example",
            "defects": ["web-dnssec.dnssec_exists", "mail-auth.spf", "mail-auth.dmarc"],
            "names": {"www": []},
        },
        "stuk.example": {"defects": ["web-dnssec.dnssec_valid"], "names": {"www": []}},
        "stil.example": {"mail": "none", "defects": ["trouble.dns_timeout"]},
        "ander.nl": {
            "mail": "none",
            "names": {
                "los": ["web-dnssec.dnssec_exists"],
                "kapot": ["web-dnssec.dnssec_valid"],
            },
        },
    }
}


class Caller:
    """Asks the lab as an outsider would: DNS to the resolver, TCP through the address map."""

    def __init__(self, lab: ThreadedLab) -> None:
        self.lab = lab

    def ask(
        self, name: str, rdtype: str, *, cd: bool = False, do: bool = False, tcp: bool = False
    ) -> dns.message.Message:
        query = dns.message.make_query(name, rdtype, want_dnssec=do)
        query.flags |= dns.flags.AD | (dns.flags.CD if cd else 0)
        host, port = self.lab.resolver.rsplit(":", 1)
        send = dns.query.tcp if tcp else dns.query.udp
        return send(query, host, timeout=2, port=int(port))

    def first(self, name: str, rdtype: str) -> str:
        return str(self.ask(name, rdtype).answer[0][0].to_text())

    def dial(self, name: str, port: int, family: str = "A") -> socket.socket:
        address = self.first(name, family)
        key = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        target = json.loads(self.lab.address_map.read_text())[key]
        host, _, number = target.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(number)), timeout=5)

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.lab.ca_file))

    def get(self, name: str, path: str = "/", context: ssl.SSLContext | None = None) -> str:
        with (
            self.dial(name, 443) as plain,
            (context or self.context()).wrap_socket(plain, server_hostname=name) as line,
        ):
            return exchange(line, name, path)

    def get_plain(self, name: str, path: str = "/", family: str = "A") -> str:
        with self.dial(name, 80, family) as line:
            return exchange(line, name, path)


def exchange(line: socket.socket, name: str, path: str) -> str:
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
    received = b""
    while part := line.recv(65_536):
        received += part
    return received.decode()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedLab]:
    with start_in_thread(tmp_path_factory.mktemp("lab"), SCENARIO) as running:
        yield running


@pytest.fixture
def caller(lab: ThreadedLab) -> Caller:
    return Caller(lab)


@pytest.fixture
def planted(lab: ThreadedLab) -> Iterator[Callable[[str, str], None]]:
    """Plant a defect for one test."""
    done: list[tuple[str, str]] = []

    def plant(name: str, defect: str) -> None:
        lab.break_name(name, defect)
        done.append((name, defect))

    yield plant
    for name, defect in done:
        lab.mend_name(name, defect)


@pytest.fixture
def folder(tmp_path: Path, lab: ThreadedLab) -> Path:
    """A folder for a lab of its own, with the keys of the common one: those cost the most."""
    made = tmp_path / "lab"
    copytree(lab.lab.folder.certificates, made / "certificates")
    return made
