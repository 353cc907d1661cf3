# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads findings of an outside scan (EASM) from a sheet whose columns nobody knows beforehand.

What the same file says of one name and one kind is taken together: one finding, all its titles.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dijkring.documents.reading.columns import Field
from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.errors import InputError

from . import content, hosts, moments, sheets
from .found import Report, State, Told, unreadable

SOURCE = "easm"
_MOST_TITLES = 20
_MAIL = re.compile(r"[^\s@;,()<>]{1,64}@")
_w = sheets.words
SHEET = sheets.Sheet(
    (
        Field(
            "subject",
            ("De naam", "The name"),
            _w(
                "domein,domeinnaam,domain,host,hostname,fqdn,asset,asset name,subject,onderwerp,"
                "url,website,target,doel,object,resource,affected asset,entity"
            ),
            required=True,
            limit=500,
        ),
        Field(
            "what",
            ("De bevinding", "The finding"),
            _w(
                "bevinding,titel,title,finding,issue,risk,risico,vulnerability,kwetsbaarheid,"
                "omschrijving,description,name,naam,melding,wat,issue title,finding name,summary"
            ),
            required=True,
            limit=2000,
        ),
        Field("category", ("De soort", "The category"), _w(
            "categorie,category,soort,type,finding type,issue type,risk category,class"
        )),
        Field("severity", ("De ernst", "The severity"), _w(
            "ernst,severity,prioriteit,priority,impact,risk level,risiconiveau,cvss,score,level"
        ), limit=60),
        Field("address", ("Het IP-adres", "The IP address"), _w(
            "ip,ip adres,ip address,ipaddress,adres,address"
        ), limit=60),
        Field("first", ("Eerst gezien", "First seen"), _w(
            "eerst gezien,first seen,first detected,first observed,gevonden op,discovered,"
            "discovered on,date found,created,datum eerste waarneming,aangemaakt"
        ), "date", limit=60),
        Field("last", ("Laatst gezien", "Last seen"), _w(
            "laatst gezien,last seen,last detected,last observed,updated,datum,date,"
            "datum laatste waarneming,laatst bijgewerkt,last updated"
        ), "date", limit=60),
        Field("status", ("De status", "The status"), _w("status,state,stand,staat"), limit=60),
    )
)  # fmt: skip


def read(
    body: bytes, at: datetime | None = None, chosen: Mapping[str, int | None] | None = None
) -> Report:
    """Read findings; `at` counts for lines without a date. Raises Refused, Unreadable."""
    report = Report("easm", at)
    sheets.open_columns(SHEET, body, report, chosen)
    found: dict[tuple[str, str, str], _Finding] = {}
    for line in sheets.lines(SHEET, report):
        one = _finding(line, at, report)
        if one is not None:
            found[one.key] = found[one.key].with_more(one) if one.key in found else one
    report.told = [one.told() for one in found.values()]
    if not report.wrong and not report.told and not report.refused:
        raise unreadable("Er staan geen bevindingen in.", "There are no findings in it.")
    return report


@dataclass(frozen=True, slots=True)
class _Finding:
    name: str
    address: str
    about: str
    state: State
    at: datetime
    since: datetime
    line: int
    titles: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.name, self.address, kind_of(self.about)

    def with_more(self, other: "_Finding") -> "_Finding":
        """Take two together: open counts before mended, the first and the last day."""
        states = (self.state, other.state)
        worst: State = next(one for one in ("fail", "pass", "not_applicable") if one in states)
        kept = [one for one in (self, other) if one.state == worst]
        return _Finding(
            self.name, self.address, self.about, worst, max(one.at for one in kept),
            min(one.since for one in kept), self.line,
            tuple(sorted({title for one in kept for title in one.titles})),
        )  # fmt: skip

    def told(self) -> Told:
        titles = [title for title, _severity in self.titles[:_MOST_TITLES]]
        severities = [severity for _title, severity in self.titles if severity]
        worst = next((one for one in ("high", "normal", "low") if one in severities), "")
        said = "; ".join(titles)[:900]
        seen = {"message": titles, **({"severity": worst} if worst else {})}
        detail: dict[str, Any] = {
            "reason": f"{SOURCE}:{self.state}",
            "text": {"nl": _SAID[self.state][0] % said, "en": _SAID[self.state][1] % said},
            "seen": seen,
        }
        return Told(
            self.name, kind_of(self.about), self.state, self.at, detail, self.line, self.address,
            min(self.since, self.at),
        )  # fmt: skip


_SAID = {
    "fail": ("%s.", "%s."),
    "pass": ("Gemeld als verholpen: %s.", "Told as mended: %s."),
    "not_applicable": ("Geen bevinding (%s).", "No finding (%s)."),
}
_STATES: dict[str, State] = {"open": "fail", "mended": "pass", "none": "not_applicable"}


def kind_of(about: str) -> str:
    """Return the kind of fact of a finding: that of our own check where there is one."""
    findings = {one["id"]: one for one in content.easm()["findings"]}
    check = findings[about].get("check", "")
    return f"surface.{check}" if check in CHECKS else f"surface.easm.{about}"


def _finding(line: sheets.Line, at: datetime | None, report: Report) -> _Finding | None:
    values = line.values
    try:
        name, address = hosts.split(values["subject"])
    except InputError as error:
        report.refuse(values["subject"], error.dutch, error.english, line.number)
        return None
    status = content.status_of(values.get("status", "open"))
    last = moments.start_of(values["last"]) if "last" in values else at
    if not status or last is None:
        _refuse(report, line, values.get("status", ""), status)
        return None
    first = moments.start_of(values["first"]) if "first" in values else last
    about = content.finding_of(values.get("category", ""), values["what"])["id"]
    severity = content.severity_of(values.get("severity", ""))
    about = "grave" if (about, severity) == ("vulnerability", "high") else about
    return _Finding(
        name, address or hosts.address_of(values.get("address", "")), about, _STATES[status], last,
        first, line.number, ((_short(values["what"]), severity),),
    )  # fmt: skip


def _short(text: str) -> str:
    # No name of a person: of an e-mail address only what is behind the sign.
    return _MAIL.sub("…@", " ".join(text.split())).rstrip(".")[:300]


def _refuse(report: Report, line: sheets.Line, status: str, known: str) -> None:
    if not known:
        nl = f"Status '{status[:40]}' is hier niet bekend. Schrijf bijvoorbeeld open of opgelost."
        en = f"Status '{status[:40]}' is not known here. Write for example open or resolved."
        report.refuse("", nl, en, line.number)
        return
    report.refuse(
        "", "Er staat geen datum bij. Kies de kolom 'laatst gezien' of geef de datum van het "
        "bestand.", "There is no date. Choose the column 'last seen' or give the date of the file.",
        line.number,
    )  # fmt: skip
