# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real provider in a process of its own, and how the tests tell it what to do."""

import http.client
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dijkring.core.addresses import Network
from dijkring.identity.oidc.client import Client
from dijkring.identity.oidc.fetch import Reach

CLIENT_ID, SECRET = "dijkring: proef", "geheim van 100% proef"
LOOPBACK = "127.0.0.0/8,::1/128"
PEOPLE: dict[str, dict[str, Any]] = {
    "s-anna": {"name": "Anna de Boer", "email": "anna@dijkerveen.example", "groups": ["ciso"]},
    "s-bert": {"name": "Bert Kool", "email": "bert@dijkerveen.example", "groups": ["lezers"]},
    "s-niemand": {"name": "Nick Los", "email": "nick@dijkerveen.example", "groups": []},
}


class Practice:
    """The provider as the tests know it."""

    def __init__(self, issuer: str, ca_file: str) -> None:
        self.issuer = issuer
        self.ca_file = ca_file

    def order(self, **order: Any) -> None:
        """Tell the provider how to behave: mode, people, rotate, forget."""
        parts = urlsplit(self.issuer)
        context = ssl.create_default_context(cafile=self.ca_file)
        to = http.client.HTTPSConnection("localhost", parts.port, context=context, timeout=10)
        to.request("POST", "/control", json.dumps(order))
        assert to.getresponse().status == 200
        to.close()

    def reach(self, *allowed: Network) -> Reach:
        return Reach(tuple(allowed), self.ca_file)


class Memory:
    """What Django's cache does for a client."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        return self.kept.get(key)

    def set(self, key: str, value: Any, timeout: int) -> None:
        self.kept[key] = value


@contextmanager
def running(folder: Path) -> Iterator[Practice]:
    """Run the provider in a process until the tests are done with it."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "dijkring.lab.provider", str(folder), CLIENT_ID, SECRET],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Practice(**json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(10)


def client(practice: Practice, reach: Reach, *, secret: str = SECRET) -> Client:
    return Client(practice.issuer, CLIENT_ID, secret, reach, Memory())
