# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which texts are a domain name that can be measured."""

import ipaddress
import re

import idna

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import InputError

LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LONGEST_NAME = 253
LONGEST_INPUT = 1000


def parse_domain(text: str) -> str:
    """Give the ASCII form (A-labels, lower case, no final dot) of a domain name.

    Accepts internationalised names (RFC 5890). Raises InputError for a URL, path, address,
    wildcard, single label or anything else that is no host name (RFC 1123 section 2.1).
    """
    shown = clean(text.strip(), 80)
    problem = _looks_like_something_else(text.strip())
    if problem:
        raise InputError(f"'{shown}': {problem[0]}.", f"'{shown}': {problem[1]}.")
    try:
        return _checked(_to_ascii(text.strip()))
    except ValueError:
        raise InputError(
            f"'{shown}' is geen geldige domeinnaam.",
            f"'{shown}' is not a valid domain name.",
        ) from None


def _looks_like_something_else(text: str) -> tuple[str, str] | None:
    if not text or len(text) > LONGEST_INPUT:
        return "geef een domeinnaam", "give a domain name"
    if "://" in text or any(sign in text for sign in "/?#@\\"):
        return (
            "geef alleen de domeinnaam, geen webadres of pad",
            "give the name only, no URL or path",
        )
    if "*" in text:
        return "een jokerteken kan niet worden gemeten", "a wildcard cannot be measured"
    if _is_address(text):
        return (
            "geef een domeinnaam, geen IP-adres",
            "give a domain name, not an IP address",
        )
    return None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def _to_ascii(text: str) -> str:
    """Map and encode an internationalised name; an ASCII name only becomes lower case."""
    bare = text.lower().removesuffix(".")
    if bare.isascii():
        for label in bare.split("."):
            if label.startswith("xn--"):
                idna.ulabel(label)
        return bare
    return idna.encode(bare, uts46=True).decode("ascii")


def _checked(name: str) -> str:
    labels = name.split(".")
    if len(name) > LONGEST_NAME or len(labels) < 2 or labels[-1].isdigit():
        raise ValueError(name)
    if not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(name)
    return name


def matches(pattern: str, name: str) -> bool:
    """RFC 9525 section 6.3: equal, or a * as the whole first label that stands for one label."""
    pattern, name = pattern.lower().rstrip("."), name.lower().rstrip(".")
    if not pattern.startswith("*."):
        return pattern == name
    rest = pattern[2:]
    return "." in rest and "*" not in rest and name.partition(".")[2] == rest
