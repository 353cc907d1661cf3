# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a list of the Register Internetdomeinen Overheid: which names stand in it, and of whom.

BIO2 5.14.05 asks that public websites stand in it and that this is kept up every six months.
"""

from datetime import datetime

from dijkring.documents.reading.columns import Field
from dijkring.surface.engine.errors import InputError

from . import hosts, sheets
from .found import Report, unreadable

SOURCE = "rio"
KIND = "surface.rio.listed"
_w = sheets.words
SHEET = sheets.Sheet(
    (
        Field(
            "name",
            ("De domeinnaam", "The domain name"),
            _w(
                "domein,domeinnaam,domain,domain name,url,website,internetdomein,internetdomeinen,"
                "site,fqdn,naam,hostname"
            ),
            required=True,
            limit=500,
        ),
        Field("owner", ("De organisatie", "The organisation"), _w(
            "organisatie,organisation,overheidsorganisatie,houder,organisatie naam,eigenaar,"
            "organisatienaam"
        )),
    )
)  # fmt: skip


def read(body: bytes, at: datetime | None) -> Report:
    """Read the list as it was at `at`, which somebody gives. Raises Refused, Unreadable."""
    if at is None:
        raise unreadable("Geef de datum van de lijst op.", "Give the date of the list.")
    report = Report("rio", at)
    sheets.open_columns(SHEET, body, report, None)
    if report.wrong:
        raise unreadable("Geen kolom met domeinnamen.", "No column of domain names.")
    for line in sheets.lines(SHEET, report):
        try:
            name, _address = hosts.split(line.values["name"])
        except InputError as error:
            report.refuse(line.values["name"], error.dutch, error.english, line.number)
            continue
        if name:
            report.listed.setdefault(name, line.values.get("owner", ""))
    if not report.listed:
        raise unreadable("Er staan geen namen in de lijst.", "There are no names in the list.")
    return report
