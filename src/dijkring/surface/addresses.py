# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an address in the register may be: an IP address, a network, or the address of an API."""

import ipaddress
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from dijkring.core.addresses import Network, is_public
from dijkring.core.errors import Refused
from dijkring.surface import names

LONGEST = 200
# A network of the internet as a whole is a slip of the pen.
WIDEST = {4: 8, 6: 19}


def checked(text: str) -> str:
    """Return an address as it is kept; Refused in words for what the internet cannot reach."""
    text = text.strip()
    if "://" in text:
        return _api(text)
    return str(network(text)).removesuffix("/32").removesuffix("/128")


def network(text: str) -> Network:
    """Return the network of an address or range (CIDR); Refused in words for anything else."""
    try:
        found = ipaddress.ip_network(text.strip())
    except ValueError as error:
        raise Refused(_wrong(text), "addresses") from error
    if found.prefixlen < WIDEST[found.version]:
        raise Refused(_("%(text)s is wider than a network can be.") % {"text": text}, "addresses")
    if not (is_public(found[0]) and is_public(found[-1])):
        words = _("%(text)s cannot be reached from the internet.")
        raise Refused(words % {"text": text}, "addresses")
    return found


def _wrong(text: str) -> str:
    try:
        right = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        words = _(
            "'%(text)s' is no address. Write 203.0.113.5, 203.0.113.0/24, 2001:db8::5 or the "
            "https address of an API."
        )
        return words % {"text": text[:60]}
    return _("%(text)s lies inside a network. Write %(right)s.") % {"text": text, "right": right}


def _api(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or len(text) > LONGEST:
        raise Refused(_wrong(text), "addresses")
    if parts.username or parts.password:
        raise Refused(_("Leave the user name and password out of the address."), "addresses")
    names.checked(parts.hostname)
    return text


def as_network(address: str) -> Network | None:
    """Return the network of an address that is kept; None for the address of an API."""
    return None if "://" in address else ipaddress.ip_network(address)
