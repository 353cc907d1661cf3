# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What TLS-RPT records (RFC 8460) and MTA-STS policies (RFC 8461) say."""

import re
from dataclasses import dataclass

TLS_RPT = re.compile(r"v=TLSRPTv1\s*;\s*rua\s*=\s*([^;]+?)\s*(?:;.*)?", re.S)
REPORT = re.compile(r"mailto:[^@\s]+@[^@\s]+|https://[^\s]+", re.I)
FIELD = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,31})\s*:\s*(.*?)\s*")
MODES = ("enforce", "testing", "none")
MOST_LINES = 1_000
LONGEST_AGE = 31_557_600


@dataclass(frozen=True)
class Policy:
    """An MTA-STS policy; max_age in seconds."""

    mode: str
    mx: tuple[str, ...]
    max_age: int


def report_addresses(record: str) -> list[str] | None:
    """The addresses of a TLS-RPT record; None when it is not well written."""
    found = TLS_RPT.fullmatch(record)
    addresses = [part.strip() for part in found[1].split(",")] if found else []
    return addresses if addresses and all(map(REPORT.fullmatch, addresses)) else None


def parse_policy(text: str) -> Policy | None:
    """Read a policy file (RFC 8461 section 3.2); None when it is not well written."""
    fields: dict[str, str] = {}
    names: list[str] = []
    for line in text.splitlines()[:MOST_LINES]:
        if not line.strip():
            continue
        found = FIELD.fullmatch(line)
        if not found:
            return None
        if found[1] == "mx":
            names.append(found[2].lower().rstrip("."))
        else:
            fields.setdefault(found[1], found[2])
    return _policy(fields, tuple(names))


def _policy(fields: dict[str, str], names: tuple[str, ...]) -> Policy | None:
    mode, age = fields.get("mode", ""), fields.get("max_age", "")
    if fields.get("version") != "STSv1" or mode not in MODES:
        return None
    if not (age.isascii() and age.isdigit() and len(age) <= 10) or int(age) > LONGEST_AGE:
        return None
    return Policy(mode, names, int(age)) if names or mode == "none" else None
