# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`up --empty` for real: it prints a code, and who has it makes the first account over HTTP."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest

from dijkring.cli.tests.test_up import free_port
from dijkring.tests.harness.database import Clone, within

PATIENCE = 120.0
CODE = re.compile(r"^\s*((?:[A-Z2-9]{5}-){4}[A-Z2-9]{5})$", re.MULTILINE)
GIVEN = {
    "organisation": "waterhoek",
    "name": "Anna de Vries",
    "email": "anna@waterhoek.example",
    "password": "een lang wachtwoord voor de proef",
}


class Visitor:
    """Somebody with a browser without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, address after redirects and page."""
        return self._open(path, None)

    def post(self, path: str, values: dict[str, str]) -> tuple[int, str, str]:
        """Send a form with the token of the page."""
        token = next((one.value for one in self.cookies if one.name == "csrftoken"), "") or ""
        body = urlencode({**values, "csrfmiddlewaretoken": token}).encode()
        return self._open(path, body)

    def _open(self, path: str, body: bytes | None) -> tuple[int, str, str]:
        try:
            with self.opener.open(self.address + path, body, timeout=30) as answer:
                return answer.status, answer.url, answer.read().decode()
        except HTTPError as error:
            return error.code, error.url, error.read().decode()


@pytest.fixture
def bare(clone: Clone) -> Iterator[Clone]:
    """A database with the content and without people, as after the first start."""
    found = Clone(clone.server, clone.template)
    found.name = f"{clone.name}_bare"
    found.renew()
    url = within(found.server.superuser_url, found.name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in ("organisations_membership", "organisations_user"):
            connection.execute(f"DELETE FROM {table}".encode())  # noqa: S608 -- own names
    yield found
    found.drop()


class Running:
    """A running `up --empty`, and what it has said so far."""

    def __init__(self, home: Path, database: Clone) -> None:
        self.port = free_port()
        self.log = home / "said.txt"
        named = {"DATABASE_URL": database.app_url, "DATABASE_OWNER_URL": database.owner_url}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "dijkring", "up", "--empty", "--port", str(self.port)],
                env=os.environ | named | {"DIJKRING_HOME": str(home)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def code(self) -> str:
        """Wait for the code that is printed."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := CODE.search(self.log.read_text()):
                return found.group(1)
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self) -> str:
        """End it as Ctrl-C does; returns all that it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
        return self.log.read_text()


@pytest.fixture
def running(bare: Clone, tmp_path: Path) -> Iterator[Running]:
    found = Running(tmp_path, bare)
    yield found
    found.stop()


def test_the_printed_code_makes_the_first_account_and_nobody_else(running: Running) -> None:
    code = running.code()
    address = f"http://127.0.0.1:{running.port}"
    assert f"{address}/begin/" in running.log.read_text()
    late, first = Visitor(address), Visitor(address)
    assert late.get("/")[1] == f"{address}/begin/"
    assert first.get("/begin/")[0] == 200
    status, _url, page = first.post("/begin/", {**GIVEN, "code": "AAAAA-" * 4 + "AAAAA"})
    assert status == 422
    assert "Deze code klopt niet" in page
    status, url, page = first.post("/begin/", {**GIVEN, "code": code})
    assert (status, url) == (200, f"{address}/o/waterhoek/eerste-uur/")
    assert "Anna de Vries" in page
    # The code is used and the door is shut: for who had the page open already, and for a newcomer.
    again = {**GIVEN, "email": "mallory@waterhoek.example", "code": code}
    assert late.post("/begin/", again)[0] == 404
    newcomer = Visitor(address)
    assert newcomer.get("/begin/")[0] == 404
    assert "/accounts/login/" in newcomer.get("/")[1]
    said = running.stop()
    assert running.process.returncode == 0
    assert "klaar" in said.splitlines()[-1]
    assert [path for path in running.log.parent.rglob("*.log") if code in path.read_text()] == []
