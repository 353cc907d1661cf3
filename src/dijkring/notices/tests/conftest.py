# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real mail server on this machine, and an ask with its link."""

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, NoReturn

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from dijkring.notices import mail

ADDRESS = re.compile(r"https?://\S+")


@dataclass
class Post:
    """What the mail server has taken; it refuses what is for `refused`."""

    taken: list[EmailMessage] = field(default_factory=list)
    refused: str = ""

    async def handle_RCPT(  # the name that the library calls
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address == self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"

    def only(self) -> EmailMessage:
        assert len(self.taken) == 1
        return self.taken[0]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def address_in(message: EmailMessage) -> str:
    """Return the path of the first address in a mail."""
    found = ADDRESS.search(text_of(message))
    assert found is not None
    return "/" + found[0].split("/", 3)[3]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Killed(BaseException):
    """What ends a process ends it everywhere."""


def killed_while(work: Callable[[], bool]) -> None:
    """Carry work out until it would mail, as a process that is killed there does."""

    def end(letter: mail.Letter) -> NoReturn:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "send", end)
        with pytest.raises(Killed):
            work()


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    found = Post()
    server = Controller(found, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.SITE_URL = "https://dijkring.example"
    try:
        yield found
    finally:
        server.stop()
