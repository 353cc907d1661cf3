# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Name servers and policy hosts that are silent, shut, private or not to be trusted."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dijkring.surface.engine.addressmap import from_pairs
from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.observations import Trouble, ZoneSeen
from dijkring.surface.engine.policies import Policies, look_at_policies
from dijkring.surface.engine.run import Options, Run, prepare
from dijkring.surface.engine.tests.seen import NAME, V4, V6, domain, found
from dijkring.surface.engine.tests.test_hostile import Known, listening
from dijkring.surface.engine.zone import climb, look_at_zone

ZONES = [f"{label}.example" for label in ("een", "twee", "drie")]
MX = found(NAME, "MX", f"10 mail.{NAME}.")


def a_run(port: int, **changed: object) -> Run:
    """A run in which port 53 of one name server, and 443 of one host, lead to a local port."""
    to = ("127.0.0.1", port)
    options = replace(
        Options(probe_seconds=1.0, host_seconds=2, connect_seconds=0.3, dns_seconds=(0.2,)),
        address_map=from_pairs([((V6, 53), to), ((V4, 443), to)]),
        **changed,  # type: ignore[arg-type]
    )
    run = prepare(options)
    names = {(zone, "NS"): found(zone, "NS", "ns.example.") for zone in ZONES}
    names["ns.example", "AAAA"] = found("ns.example", "AAAA", V6)
    run.resolver = Known(names=names)
    return run


def troubles(zone: ZoneSeen) -> list[Trouble | None]:
    return [trouble for server in zone.servers for trouble in server.reached.values()]


@asynccontextmanager
async def udp(answers: bool) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A name server over UDP that echoes the question as its answer, or says nothing."""
    asked: list[bytes] = []

    class Server(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            asked.append(data)
            if answers:
                self.transport.sendto(data[:2] + b"\x80" + data[3:], addr)  # type: ignore[attr-defined]

    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Server, sock=sock)
    try:
        yield sock.getsockname()[1], asked
    finally:
        transport.close()


def test_a_name_server_of_many_zones_is_asked_once() -> None:
    async def look() -> None:
        async with udp(answers=True) as (port, asked):
            run = a_run(port)
            zones = await asyncio.gather(*(look_at_zone(run, f"www.{zone}") for zone in ZONES))
            assert [zone.name for zone in zones] == ZONES
            assert [troubles(zone) for zone in zones] == [[None]] * 3
            assert len(asked) == 1
            assert run.dialer.v6_answered

    asyncio.run(look())


def test_a_silent_name_server_that_refuses_tcp_is_dead() -> None:
    async def look() -> None:
        async with udp(answers=False) as (port, _):
            # Taken, so that no other process listens there, and nobody listens on it.
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", port))
                await refused(port)

    async def refused(port: int) -> None:
        run = a_run(port)
        assert troubles(await look_at_zone(run, ZONES[0])) == [Trouble("connection_refused")]
        assert not run.dialer.v6_answered

    asyncio.run(look())


def test_a_name_server_that_only_picks_up_costs_one_probe() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    async def look() -> None:
        async with listening(silent) as port:
            run, began = a_run(port), asyncio.get_running_loop().time()
            assert troubles(await look_at_zone(run, ZONES[0])) == [Trouble("probe_timeout")]
            assert asyncio.get_running_loop().time() - began < 3

    asyncio.run(look())


async def policies(run: Run, address: str) -> Policies:
    sts = f"_mta-sts.{NAME}"
    names = {
        (sts, "TXT"): found(sts, "TXT", "v=STSv1; id=1"),
        (f"mta-sts.{NAME}", "A"): found(f"mta-sts.{NAME}", "A", address),
    }
    run.resolver = Known(names=names)
    return await look_at_policies(run, NAME, MX)


def judged(seen: Policies) -> str:
    changed = domain(mta_sts_policy=seen.mta_sts_policy, mta_sts_trouble=seen.mta_sts_trouble)
    return CHECKS["mail-extra.mta_sts"].judge(changed).state


@pytest.mark.parametrize("trusts", [False, True])
def test_a_policy_counts_only_from_a_host_with_a_certificate_for_that_name(
    certificate_file: Path, server_context: ssl.SSLContext, trusts: bool
) -> None:
    """This one is for the domain, not for its policy host: trusted or not, it is wrong."""

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 301 Moved\r\nLocation: https://elders.example/\r\n\r\n")
        await writer.drain()

    async def look() -> None:
        async with listening(elsewhere, server_context) as port:
            run = a_run(port, ca_file=str(certificate_file) if trusts else None)
            seen = await policies(run, V4)
            assert seen.mta_sts_trouble
            assert seen.mta_sts_trouble.reason == "mta_sts_untrusted"
            assert judged(seen) == "fail"

    asyncio.run(look())


def test_a_private_policy_host_is_never_dialled() -> None:
    async def look() -> None:
        seen = await policies(a_run(9), "10.0.0.1")
        assert seen.mta_sts_trouble
        assert judged(seen) == "not_measured"

    asyncio.run(look())


def test_climbing_ends_below_the_top() -> None:
    assert list(climb("a.b.example")) == ["a.b.example", "b.example"]
    assert list(climb("example")) == []
