# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads names from an export of certificate-transparency logs (RFC 9162): JSON or CSV of crt.sh.

Names on certificates are proposals: a certificate may be old, or of a test. A name with a star says
that there can be anything below it, and gives only the name behind the star.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dijkring.documents.reading.columns import Field, plain
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.names import parse_domain

from . import moments, sheets, trees
from .found import FoundName, Report, unreadable

MOST_NAMES = 20_000
_w = sheets.words
SHEET = sheets.Sheet(
    (
        Field(
            "names",
            ("De naam", "The name"),
            _w(
                "name value,namevalue,matching identities,dns names,dnsnames,san,sans,"
                "subject alternative name,subject alternative names,domain,domein,name,naam,"
                "parsed names"
            ),
            required=True,
            limit=30_000,
        ),
        Field("common", ("De hoofdnaam", "The common name"), _w("common name,commonname,cn"),
              limit=500),
        Field("until", ("Geldig tot", "Valid until"), _w(
            "not after,notafter,valid until,valid to,geldig tot,expires"
        ), limit=60),
    )
)  # fmt: skip


def read(body: bytes) -> Report:
    """Read an export; every name once, the least a wildcard. Raises Refused, Unreadable."""
    report = Report("certificates")
    entries = _of_json(body, report) if trees.is_json(body) else _of_sheet(body, report)
    found: dict[str, FoundName] = {}
    refused: set[str] = set()
    for line, text, until in entries:
        one = _name(line, text, until, report, refused)
        if one is not None:
            found[one.name] = _better(found.get(one.name), one)
        if len(found) > MOST_NAMES:
            raise unreadable(f"Meer dan {MOST_NAMES} namen.", f"More than {MOST_NAMES} names.")
    if not found and not report.refused:
        raise unreadable(
            "In dit bestand staan geen namen van certificaten.",
            "There are no names of certificates in this file.",
        )
    report.names = [found[name] for name in sorted(found)]
    return report


Entry = tuple[int | None, str, datetime | None]


def _of_json(body: bytes, report: Report) -> Iterator[Entry]:
    root = trees.load(body)
    entries = root if isinstance(root, list) else [root]
    if not any("name_value" in trees.branch(one) for one in entries):
        raise unreadable(
            "Dit is geen uitvoer van crt.sh: 'name_value' ontbreekt.",
            "Not an export of crt.sh: 'name_value' is missing.",
        )
    for one in map(trees.branch, entries):
        until = moments.moment(trees.text(one.get("not_after")))
        for name in _split(one.get("name_value")) + _single(one.get("common_name")):
            yield None, name, until


def _of_sheet(body: bytes, report: Report) -> Iterator[Entry]:
    sheets.open_columns(SHEET, body, report, None)
    if report.wrong:
        raise unreadable(
            "Geen kolom met namen gevonden (name_value of Matching Identities).",
            "No column of names found (name_value or Matching Identities).",
        )
    for line in sheets.lines(SHEET, report):
        until = moments.moment(line.values.get("until", ""))
        for name in _split(line.values["names"]) + _single(line.values.get("common")):
            yield line.number, name, until


def _split(value: Any) -> list[str]:
    text = value if isinstance(value, str) else ""
    for sign in (",", ";", "|", "\\n"):
        text = text.replace(sign, " ")
    return text.split()


def _single(value: Any) -> list[str]:
    """Return a common name that can be a host; that of a person has spaces."""
    return [value.strip()] if isinstance(value, str) and len(value.split()) == 1 else []


def _name(
    line: int | None, text: str, until: datetime | None, report: Report, refused: set[str]
) -> FoundName | None:
    if "@" in text or plain(text) in ("name value", "common name"):
        # An address of a person on a certificate for mail is no name that can be measured.
        return None
    star = text.startswith("*.")
    try:
        return FoundName(parse_domain(text.removeprefix("*.")), star, until, line)
    except InputError as error:
        # A word without a dot is the name of a product or an organisation.
        if "." in text and text not in refused:
            refused.add(text)
            report.refuse(text, error.dutch, error.english, line)
        return None


def _better(before: FoundName | None, one: FoundName) -> FoundName:
    """Take two of one name together: seen without a star, and valid for the longest."""
    if before is None:
        return one
    moments_known = [m for m in (before.until, one.until) if m is not None]
    return FoundName(
        one.name, before.wildcard and one.wildcard, max(moments_known, default=None), before.line
    )
