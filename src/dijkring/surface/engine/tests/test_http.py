# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import asyncio
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import http
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Page
from dijkring.surface.engine.tests.streams import Spoken, in_pieces

HEAD = b"HTTP/1.1 200 OK\r\nX-Frame-Options:  DENY \r\nX-frame-options: nog\r\n"
BOMB = gzip.compress(bytes(8_000_000))


async def fetch(stream: Spoken, with_body: bool = True) -> Page:
    return await http.get(stream, "https://a.example/x", "a.example", "/x", with_body)


@pytest.mark.parametrize("size", [1, 7, 4096])
@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 4\r\n\r\ntekst",
        b"Transfer-Encoding: chunked\r\n\r\n3;a=b\r\ntek\r\n1\r\ns\r\n0\r\n\r\n",
        b"\r\nteks",
        b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"teks", mtime=0),
    ],
)
async def test_every_way_to_send_a_body(rest: bytes, size: int) -> None:
    page = await fetch(in_pieces(HEAD + rest, size))
    assert (page.status, page.body) == (200, "teks")
    assert page.header("x-frame-options") == "DENY, nog"
    assert page.first("x-frame-options") == "DENY"


async def test_the_request_says_who_we_are() -> None:
    stream = Spoken([HEAD + b"\r\n"])
    await fetch(stream)
    assert bytes(stream.written).startswith(b"GET /x HTTP/1.1\r\nHost: a.example\r\n")
    assert b"User-Agent: Dijkring/0.1 (+internetmeting)\r\n" in stream.written


async def test_interim_answers_are_passed_over() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    assert (await fetch(Spoken([early + early + HEAD + b"\r\n"]))).status == 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"SSH-2.0-OpenSSH\r\n", "not_http"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9, "not_http"),
        (HEAD, "connection_lost"),
        (HEAD + b"Content-Length: 90\r\n\r\nkort", "connection_lost"),
        (HEAD + b"Content-Length: 99999999999999999999\r\n\r\n", "body_too_large"),
        (HEAD + b"Content-Length: -1\r\n\r\n", "not_http"),
        (HEAD + b"\r\n" + bytes(http.BODY_BYTES + 1), "body_too_large"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", "body_too_large"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "not_http"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + BOMB, "body_too_large"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\nplat", "body_unreadable"),
        (HEAD + b"Content-Encoding: br\r\n\r\nplat", "body_unreadable"),
        (HEAD + b"X-A: a\r\n" * 20_000, "headers_too_large"),
        (HEAD + b"X-A: " + b"a" * 100_000, "headers_too_large"),
    ],
)
async def test_hostile_answers_end_in_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ProbeError) as refused:
        await fetch(in_pieces(data, 16_384))
    assert refused.value.reason == reason


async def test_a_bomb_is_seen_without_reading_the_body() -> None:
    packed = HEAD + b"Content-Encoding: gzip\r\n\r\n"
    with pytest.raises(ProbeError) as refused:
        await fetch(Spoken([packed + BOMB]), with_body=False)
    assert refused.value.reason == "gzip_bomb"
    assert (
        await fetch(Spoken([packed + gzip.compress(b"a" * 9000, mtime=0)]), with_body=False)
    ).status == 200


@pytest.mark.parametrize(
    ("answer", "sample"),
    [
        (HEAD + b"Content-Length: 3\r\n\r\neen", "een"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\neen\r\n4\r\ntwee\r\n0\r\n\r\n", "eentwee"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"een", mtime=0), "een"),
        (HEAD + b"\r\n" + b"a" * 9_000, "a" * http.SAMPLE_BYTES),
        (HEAD + b"\r\n", ""),
    ],
)
async def test_a_sample_is_the_beginning_of_the_body(answer: bytes, sample: str) -> None:
    stream = in_pieces(answer, 500)
    page = await http.get(stream, "https://a.example/", "a.example", "/", with_sample=True)
    # The end of the last chunk may stay; control characters are written as escapes.
    assert (page.body or "").removesuffix("\\r\\n") == sample


async def test_a_dripping_body_only_makes_the_sample_shorter() -> None:
    class Dripping(Spoken):
        async def read(self, size: int = 16_384) -> bytes:
            if not self.pieces:
                await asyncio.sleep(30)
            return await super().read(size)

    stream = Dripping([HEAD + b"\r\nbegin"])
    page = await http.get(stream, "https://a.example/", "a.example", "/", with_sample=True)
    assert page.body == "begin"


async def test_control_characters_do_not_survive() -> None:
    page = await fetch(Spoken([b"HTTP/1.1 200 OK\r\nX-A: a\x00\x1bb\r\n\r\nc\x00d"]))
    assert page.first("x-a") == "a\\x00\\x1bb"
    assert page.body == "c\\x00d"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", HEAD, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"]),
)
def test_any_bytes_are_a_page_or_a_reason(data: bytes, start: bytes) -> None:
    try:
        asyncio.run(fetch(in_pieces(start + data, 50)))
    except ProbeError:
        pass
