# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which addresses may be dialled at all; known to engines, too, so nothing here knows Django."""

import ipaddress
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# RFC 5737, RFC 3849, RFC 9637: nobody is reachable there; the practice internet maps them.
DOCUMENTATION: Final[tuple[Network, ...]] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.2.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001:db8::/32",
        "3fff::/20",
    )
)
# Never a public host, whatever the Python version says: an IPv4 address in an IPv6 coat could
# lead to a private one (mapped, compatible, NAT64, 6to4, Teredo), and cloud metadata services.
NEVER: Final[tuple[Network, ...]] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2002::/16",
        "5f00::/16",
        "fec0::/10",
    )
)


def parse_address(text: str) -> Address:
    """Read an IPv4 or IPv6 address; ValueError for anything else, also with a zone id."""
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        raise ValueError(f"address with a zone: {text}")
    return address


def is_documentation(address: Address) -> bool:
    """Tell whether an address is kept for examples and so never exists on the internet."""
    return any(address in network for network in DOCUMENTATION)


def is_public(address: Address) -> bool:
    """Tell whether an address may be measured; documentation addresses count as public here.

    Private, loopback, link-local, metadata, multicast, reserved and translated ranges do not.
    """
    if is_documentation(address):
        return True
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in network for network in NEVER)
