# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mail servers of the practice internet: SMTP with STARTTLS that takes no message."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dijkring.lab.handmade import Credentials, Faults, start
from dijkring.lab.web import Handler

Lines = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Encrypt = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[Lines]]
COMMAND_SECONDS = 30
MOST_COMMANDS = 50
FIXED_REPLIES = {
    "NOOP": "250 2.0.0 Goed",
    "RSET": "250 2.0.0 Goed",
    "VRFY": "252 2.1.5 Dat zeggen wij niet",
    "MAIL": "550 5.7.1 Deze oefenserver neemt geen post aan",
    "RCPT": "550 5.7.1 Deze oefenserver neemt geen post aan",
    "DATA": "503 5.5.1 Eerst MAIL en RCPT",
}


@dataclass
class Dialogue:
    """One SMTP session (RFC 5321, STARTTLS after RFC 3207)."""

    host: str
    encrypt: Encrypt | None
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    encrypted: bool = False

    async def run(self) -> None:
        """Greet and answer until the caller quits, leaves or asks too much."""
        await self._say(f"220 {self.host} ESMTP oefeninternet")
        for _ in range(MOST_COMMANDS):
            line = (await self.reader.readline()).decode("latin-1").strip()
            verb = line.partition(" ")[0].upper()
            if not line or verb == "QUIT":
                break
            await self._obey(verb)
        await self._say("221 2.0.0 Tot ziens")

    async def _obey(self, verb: str) -> None:
        if verb == "STARTTLS" and self.encrypt and not self.encrypted:
            await self._start_tls(self.encrypt)
        else:
            await self._say(*self._reply(verb))

    def _reply(self, verb: str) -> list[str]:
        if verb == "EHLO":
            extensions = ["PIPELINING", "SIZE 10240000", "8BITMIME"]
            extensions += ["STARTTLS"] if self.encrypt and not self.encrypted else []
            lines = [self.host, *extensions]
            return [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]
        if verb == "HELO":
            return [f"250 {self.host}"]
        return [FIXED_REPLIES.get(verb, "502 5.5.2 Onbekende opdracht")]

    async def _start_tls(self, encrypt: Encrypt) -> None:
        await self._say("220 2.0.0 Begin met TLS")
        self.reader, self.writer = await encrypt(self.reader, self.writer)
        self.encrypted = True

    async def _say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self.writer.drain()


def by_openssl(context: ssl.SSLContext) -> Encrypt:
    """STARTTLS as OpenSSL does it."""

    async def encrypt(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Lines:
        await writer.start_tls(context)
        return reader, writer

    return encrypt


def by_hand(credentials: Credentials, faults: Faults) -> Encrypt:
    """STARTTLS built by hand, with faults."""

    async def encrypt(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Lines:
        inner, outer, _pump = await start(reader, writer, credentials, faults)
        return inner, outer

    return encrypt


def mail_server(host: str, encrypt: Encrypt | None) -> Handler:
    """A mail server; without a way to encrypt it has no STARTTLS."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(COMMAND_SECONDS):
            await Dialogue(host, encrypt, reader, writer).run()

    return serve


def turning_away(host: str) -> Handler:
    """A mail server that is too busy for us (RFC 5321 section 3.8)."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"421 4.7.0 {host} te druk, probeer het later\r\n".encode())
        await writer.drain()

    return serve
