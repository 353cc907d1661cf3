# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import asyncio
import ipaddress

import pytest

from dijkring.surface.engine.addresses import is_public, parse_address
from dijkring.surface.engine.addressmap import AddressMap, from_pairs
from dijkring.surface.engine.dial import CONNECTIONS_PER_ADDRESS, Dialer
from dijkring.surface.engine.errors import ProbeError

PRIVATE = [
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_before_the_map(address: str) -> None:
    mapped = from_pairs([((address, 443), ("127.0.0.1", 1))])
    with pytest.raises(ProbeError) as refused:
        Dialer(mapped).target(address, 443)
    assert refused.value.reason == "private_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450::1", "192.0.2.1", "2001:db8::1"])
def test_public_and_documentation_addresses_pass_the_check(address: str) -> None:
    assert is_public(parse_address(address))


@pytest.mark.parametrize(
    ("address_map", "reason"),
    [(None, "private_address"), (AddressMap(), "connection_refused")],
)
def test_a_documentation_address_is_never_dialled(
    address_map: AddressMap | None, reason: str
) -> None:
    for allow in (False, True):
        with pytest.raises(ProbeError) as refused:
            Dialer(address_map, allow_private=allow).target("192.0.2.1", 443)
        assert refused.value.reason == reason


def test_an_operator_may_allow_private_addresses() -> None:
    assert Dialer(allow_private=True).target("127.0.0.1", 8443) == ("127.0.0.1", 8443)


def test_an_operator_may_allow_one_range() -> None:
    dialer = Dialer(allowed_networks=(ipaddress.ip_network("10.1.0.0/16"),))
    assert dialer.target("10.1.2.3", 443) == ("10.1.2.3", 443)
    for elsewhere in ("10.2.0.1", "127.0.0.1", "::1"):
        with pytest.raises(ProbeError, match="private_address"):
            dialer.target(elsewhere, 443)


async def test_at_most_two_connections_at_once_per_address() -> None:
    most = now = 0

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await reader.read()
        now -= 1
        writer.close()

    server = await asyncio.start_server(count, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    dialer = Dialer(from_pairs([(("192.0.2.1", 443), ("127.0.0.1", port))]))

    async def call() -> None:
        async with dialer.connect("192.0.2.1", 443):
            await asyncio.sleep(0.02)

    async with server:
        await asyncio.gather(*(call() for _ in range(6)))
    assert most == CONNECTIONS_PER_ADDRESS


async def test_a_closed_port_is_a_definite_answer() -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(ProbeError) as refused:
        async with Dialer(allow_private=True).connect("127.0.0.1", port):
            pass
    assert refused.value.reason == "connection_refused"
