# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DMARC records (RFC 7489)."""

import re

TAG = re.compile(r"\s*([A-Za-z0-9_]+)\s*=\s*([^;]*?)\s*")
POLICIES = ("none", "quarantine", "reject")


class DmarcSyntaxError(ValueError):
    """A record that a receiver must ignore."""


def parse(record: str) -> dict[str, str]:
    """Read a record into its tags, names in lower case; DmarcSyntaxError names what is wrong."""
    tags: dict[str, str] = {}
    for part in record.split(";"):
        if not part.strip():
            continue
        found = TAG.fullmatch(part)
        if not found or found[1].lower() in tags:
            raise DmarcSyntaxError(part.strip())
        tags[found[1].lower()] = found[2]
    if next(iter(tags), "") != "v" or tags["v"] != "DMARC1":
        raise DmarcSyntaxError("v")
    for name in ("p", "sp"):
        if name in tags and tags[name].lower() not in POLICIES:
            raise DmarcSyntaxError(f"{name}={tags[name]}")
    return tags


def policy(tags: dict[str, str], inherited: bool) -> str:
    """The policy in force: for a record of the organisational domain sp goes before p.

    Without p a record with a report address means none (RFC 7489 section 6.6.3).
    """
    asked = tags.get("sp") if inherited else None
    return (asked or tags.get("p") or "none").lower()
