# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which name and which address a cell of a sheet speaks of."""

import ipaddress
import re

from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.names import parse_domain

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def address_of(text: str) -> str:
    """Return an IP address in its shortest form, empty for what is none."""
    try:
        return str(ipaddress.ip_address(text.strip().strip("[]")))
    except ValueError:
        return ""


def host_of(text: str) -> str:
    """Return the bare host of a web address, mail address, host with port or name with a star."""
    bare = _SCHEME.sub("", text.strip()).partition("/")[0].partition("?")[0]
    bare = bare.rpartition("@")[2]
    if address_of(bare):
        return address_of(bare)
    if bare.startswith("["):
        return address_of(bare[1:].partition("]")[0])
    return bare.partition(":")[0].removeprefix("*.").strip(". ")


def split(text: str) -> tuple[str, str]:
    """Return (name, address) of a cell: one of both is empty. Raises InputError for neither."""
    host = host_of(text)
    if address := address_of(host):
        return "", address
    if not host:
        shown = text.strip()[:60]
        raise InputError(
            f"'{shown}' is geen domeinnaam of IP-adres.",
            f"'{shown}' is neither a domain name nor an IP address.",
        )
    return parse_domain(host), ""
