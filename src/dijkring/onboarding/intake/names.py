# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Domain names out of a bare list or a zone file (RFC 1035, section 5)."""

import re

import dns.exception
import dns.name
import dns.rdatatype
import dns.zone

from dijkring.documents.reading import Refused, Row, Table
from dijkring.documents.reading.sheets import decoded

HEADER = Row(0, ("domein",))
_RECORD = re.compile(
    r"^(?:\S+\s+|\s+)(?:\d+[smhdw]?\s+)?(?:IN\s+)?(?:\d+\s+)?"
    r"(?:SOA|NS|A|AAAA|MX|CNAME|TXT|SRV|CAA)\s+\S",
    re.IGNORECASE | re.MULTILINE,
)
_DIRECTIVE = re.compile(r"^\$(ORIGIN|TTL|INCLUDE|GENERATE)\b", re.IGNORECASE | re.MULTILINE)
_BARE = re.compile(r"[^\s,;|\t]+\.[^\s,;|\t]+")
# What says that somebody can be reached under a name.
_KINDS = (dns.rdatatype.A, dns.rdatatype.AAAA, dns.rdatatype.CNAME, dns.rdatatype.MX)


def tables(body: bytes) -> list[Table] | None:
    """Return the names of a bare list or a zone file as one table; None for another file.

    Raises Refused, with the line, for a zone file that cannot be read.
    """
    if body.startswith(b"PK") or b"\0" in body or len(body) > 2_000_000:
        return None
    text = decoded(body)
    if _DIRECTIVE.search(text) or len(_RECORD.findall(text)) >= 2:
        return [_zone(text)]
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    filled = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if filled and all(_BARE.fullmatch(line) for _number, line in filled):
        return [Table("", [HEADER, *(Row(number, (line,)) for number, line in filled)])]
    return None


def _zone(text: str) -> Table:
    for found in _DIRECTIVE.finditer(text):
        if found[1].upper() in ("INCLUDE", "GENERATE"):
            line = text.count("\n", 0, found.start()) + 1
            raise Refused(
                "", f"${found[1].upper()} wordt niet uitgevoerd: schrijf de namen uit.",
                f"${found[1].upper()} is not carried out: write the names out.", line,
            )  # fmt: skip
    try:
        zone = dns.zone.from_text(text, relativize=False, check_origin=False)
    except dns.zone.UnknownOrigin as error:
        raise Refused(
            "", "Zet $ORIGIN met de naam van de zone op de eerste regel.",
            "Put $ORIGIN with the name of the zone on the first line.",
        ) from error  # fmt: skip
    except (dns.exception.DNSException, ValueError) as error:
        raise Refused(
            "", f"Dit zonebestand klopt niet: {error}", f"Bad zone file: {error}"
        ) from error
    names = dict.fromkeys(
        str(name).rstrip(".")
        for name, node in zone.items()  # type: ignore[no-untyped-call]
        if any(one.rdtype in _KINDS for one in node.rdatasets) and _is_shown(name)
    )
    return Table("", [HEADER, *(Row(line, (name,)) for line, name in enumerate(names, 1))])


def _is_shown(name: dns.name.Name) -> bool:
    return not any(label.startswith((b"_", b"*")) for label in name.labels)
