# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine.observations import MxSeen
from dijkring.surface.engine.smtp import converse
from dijkring.surface.engine.tests.streams import Spoken, in_pieces
from dijkring.surface.engine.tlsstream import unverified_context

SEEN = MxSeen("mail.a.example", "192.0.2.30")
CONTEXT = unverified_context()
HELLO = b"220-mail\r\n220 mail ESMTP\r\n250-mail\r\n250-SIZE 10\r\n250 starttls\r\n"


async def talk(stream: Spoken) -> MxSeen:
    return await converse(SEEN, stream, CONTEXT, "meting.example")


async def test_what_is_said_before_encryption() -> None:
    stream = in_pieces(HELLO + b"454 4.7.0 nu niet\r\n", 5)
    seen = await talk(stream)
    assert (seen.greeting, seen.hello, seen.starttls) == (220, 250, 454)
    assert seen.extensions == ("SIZE", "STARTTLS")
    assert bytes(stream.written) == b"EHLO meting.example\r\nSTARTTLS\r\nQUIT\r\n"


async def test_a_server_without_ehlo_is_asked_with_helo() -> None:
    seen = await talk(Spoken([b"220 oud\r\n", b"502 wat\r\n", b"250 hallo STARTTLS\r\n"]))
    assert (seen.hello, seen.extensions, seen.trouble) == (250, (), None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "connection_lost"),
        (b"HTTP/1.1 200 OK\r\n", "not_smtp"),
        (b"220-a\r\n" * 500, "reply_too_long"),
        (b"220 " + b"a" * 100_000, "reply_too_long"),
        (HELLO + b"220 ga\r\n", "connection_lost"),
        (HELLO + b"220 ga\r\n" + b"\x15\x03\x03\x00\x02\x02\x28", "tls_alert"),
        (HELLO + b"220 ga\r\nplat\r\n", "tls_failed"),
    ],
)
async def test_trouble_keeps_what_was_heard(data: bytes, reason: str) -> None:
    # After the reply to STARTTLS a server waits for us, so TLS comes in a piece of its own.
    head, mark, tail = data.partition(b"220 ga\r\n")
    seen = await talk(Spoken([part for part in (head + mark, tail) if part]))
    assert seen.trouble
    assert seen.trouble.reason == reason
    assert seen.starttls == (220 if mark else 0)


@pytest.mark.parametrize("greeting", [421, 450, 554])
async def test_a_server_that_turns_us_away(greeting: int) -> None:
    seen = await talk(Spoken([b"%d niet u\r\n" % greeting]))
    assert (seen.greeting, seen.hello, seen.trouble) == (greeting, 0, None)


@given(st.binary(max_size=200), st.sampled_from([b"", b"220 a\r\n", HELLO, HELLO + b"220 ga\r\n"]))
def test_any_bytes_are_heard_out(data: bytes, start: bytes) -> None:
    assert asyncio.run(talk(in_pieces(start + data, 40))).host == SEEN.host
