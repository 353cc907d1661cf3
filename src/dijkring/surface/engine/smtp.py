# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The SMTP dialogue up to an encrypted line (RFC 5321, RFC 3207); no message is ever sent."""

import re
import ssl
from dataclasses import replace
from typing import Any

from dijkring.surface.engine.certificates import describe_chain
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import MxSeen, Trouble
from dijkring.surface.engine.tlsstream import Stream, TlsStream, shake

REPLY_BYTES = 65_536
MOST_LINES = 100
REPLY = re.compile(rb"(\d{3})(?:([ -])(.*))?")


async def converse(
    seen: MxSeen, line: Stream, context: ssl.SSLContext, own_name: str, judging: bool = False
) -> MxSeen:
    """Greet, ask for STARTTLS and shake hands; adds what was said to `seen`.

    A judging context verifies: then trust is filled too, and where there is none the talk ends.
    What goes wrong on the way is recorded as trouble together with everything heard before it.
    """
    dialogue = _Dialogue(seen, line, context, own_name, judging)
    try:
        await dialogue.run()
    except ProbeError as error:
        dialogue.heard["trouble"] = Trouble(error.reason, error.note)
    return replace(seen, **dialogue.heard)


async def start_tls(seen: MxSeen, line: Stream, context: ssl.SSLContext, own_name: str) -> None:
    """Talk until TLS may begin; ProbeError smtp_turned_away when it does not come to that."""
    dialogue = _Dialogue(seen, line, context, own_name)
    await dialogue.greet()
    if "STARTTLS" not in dialogue.extensions or (await dialogue.ask("STARTTLS"))[0] != 220:
        raise ProbeError("smtp_turned_away")


async def leave(stream: Stream) -> None:
    """Say goodbye and hear the answer."""
    await stream.write(b"QUIT\r\n")
    await stream.read()


class _Dialogue:
    def __init__(
        self,
        seen: MxSeen,
        line: Stream,
        context: ssl.SSLContext,
        own_name: str,
        judging: bool = False,
    ) -> None:
        self.host, self.line, self.context, self.own_name = seen.host, line, context, own_name
        self.judging = judging
        # What becomes known, by the fields of MxSeen.
        self.heard: dict[str, Any] = {}
        self.extensions: tuple[str, ...] = ()
        self.buffer = b""

    async def run(self) -> None:
        """Go as far as the server lets us."""
        await self.greet()
        if "STARTTLS" in self.extensions:
            await self._encrypt()
        elif self.heard["greeting"] == 220:
            await self._leave(self.line)

    async def greet(self) -> None:
        """Hear the greeting and say who we are."""
        greeting, _ = await self._reply()
        self.heard |= {"greeting": greeting, "hello": 0, "extensions": ()}
        if greeting != 220:
            return
        code, lines = await self.ask(f"EHLO {self.own_name}")
        if code // 100 == 5:
            # A server from before 1995 knows no EHLO, and so no STARTTLS.
            code, lines = await self.ask(f"HELO {self.own_name}")
            lines = lines[:1]
        words = [line.split() for line in lines[1:]]
        found = tuple(word[0].upper() for word in words if word)
        self.extensions = found if code == 250 else ()
        self.heard |= {"hello": code, "extensions": self.extensions}

    async def _encrypt(self) -> None:
        code, _ = await self.ask("STARTTLS")
        self.heard["starttls"] = code
        if code != 220:
            await self._leave(self.line)
            return
        stream = TlsStream(self.line, self.context, self.host)
        trust = await shake(stream)
        if self.judging:
            self.heard["trust"] = trust
        if not trust.trusted:
            return
        self.heard["encrypted"] = True
        try:
            self.heard["chain"] = describe_chain(stream.chain())
        except ProbeError as error:
            self.heard["trust_trouble"] = Trouble(error.reason, error.note)
        await self._leave(stream)

    async def _leave(self, stream: Stream) -> None:
        """Say goodbye; what happens after that is no longer our concern."""
        try:
            await stream.write(b"QUIT\r\n")
        except ProbeError:
            return

    async def ask(self, command: str) -> tuple[int, list[str]]:
        """Give a command and read the reply."""
        await self.line.write(command.encode("ascii") + b"\r\n")
        return await self._reply()

    async def _reply(self) -> tuple[int, list[str]]:
        """Read one reply of one or more lines: its code and the text of each line."""
        texts: list[str] = []
        while len(texts) < MOST_LINES:
            found = REPLY.fullmatch(await self._one_line())
            if not found:
                raise ProbeError("not_smtp")
            texts.append((found[3] or b"").decode("latin-1"))
            if found[2] != b"-":
                return int(found[1]), texts
        raise ProbeError("reply_too_long")

    async def _one_line(self) -> bytes:
        while b"\n" not in self.buffer:
            if len(self.buffer) > REPLY_BYTES:
                raise ProbeError("reply_too_long")
            data = await self.line.read()
            if not data:
                raise ProbeError("connection_lost")
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.rstrip(b"\r")
