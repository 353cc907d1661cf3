# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about reports: which there are and may be begun, and what is still empty in one."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dijkring.core import clock
from dijkring.incidents import report_forms
from dijkring.incidents.models import Incident, Report
from dijkring.incidents.report_forms import Form
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.clocks import Clock

PEOPLE = ("made_by", "changed_by", "reviewed_by", "submission__recorded_by")


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that an incident may have; `clock` is that of its duty, if it has one."""

    form: Form
    clock: Clock | None
    versions: tuple[Report, ...]

    @property
    def last(self) -> Report | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None


def reports(organisation_id: int) -> QuerySet[Report]:
    """Return the reports of an organisation with who worked on them, the oldest first."""
    rows = Report.objects.filter(organisation_id=organisation_id)
    return rows.select_related("incident", "submission", *PEOPLE).order_by("id")


def of_incident(incident: Incident) -> list[Report]:
    """Return every version of every report of an incident, the oldest first."""
    return list(reports(incident.organisation_id).filter(incident=incident))


def offered(versions: Sequence[Report], running: Sequence[Clock]) -> list[Offered]:
    """Return what an incident may be reported with: its duties, then council, police and help.

    `versions` are those of its reports that there are.
    """
    found = [(report_forms.of_obligation(one.obligation), one) for one in running]
    found += [(form, None) for form in report_forms.loose().values()]  # type: ignore[misc]  # no clock
    return [
        Offered(form, one, tuple(row for row in versions if row.form == form.id))
        for form, one in found
    ]


def form_of(incident: Incident, id: str) -> Form | None:
    """Return the form of a report that an incident may have."""
    running = clocks.of_incident(incident, clocks.known(incident.organisation_id))
    forms = {one.obligation.id: report_forms.of_obligation(one.obligation) for one in running}
    return {**forms, **report_forms.loose()}.get(id)


def open_of(incident: Incident, form: str) -> Report | None:
    """Return the version of a report that is still being written, if there is one."""
    rows = reports(incident.organisation_id).filter(incident=incident, form=form)
    return rows.exclude(state=Report.State.SUBMITTED).first()


def earlier(incident: Incident, form: Form) -> list[Report]:
    """Return the reports whose text is the beginning of this one: the version before, then others.

    Of each report the newest version counts; of this one only what was handed in.
    """
    rows = [row for row in of_incident(incident) if row.form != form.id or not row.is_open]
    newest = {row.form: row for row in rows}
    return [newest[id] for id in (form.id, *form.after) if id in newest]


def needed(report: Report) -> frozenset[str]:
    """Return the ids of the fields that must say something; some only once the term has passed."""
    asks = {one["id"]: one["needed"] for one in report.fields}
    late = "late" in asks.values() and _is_late(report)
    return frozenset(id for id, when in asks.items() if when == "yes" or (when == "late" and late))


def _is_late(report: Report) -> bool:
    at = report.submission.at if report.submission else clock.now()
    every = clocks.known(report.organisation_id)
    running = clocks.of_incident(report.incident, every)
    return any(
        one.due is not None and one.due < at
        for one in running
        if one.obligation.id == report.form
    )  # fmt: skip


def empty(report: Report, wanted: Iterable[str]) -> list[dict[str, Any]]:
    """Return the fields among these that say nothing, in the order of the form."""
    ids = set(wanted)
    return [one for one in report.fields if one["id"] in ids and not report.text(one["id"]).strip()]


def content(report: Report) -> dict[str, Any]:
    """Return what a version says, field by field, as it is kept and handed out as JSON."""
    form, tongue = report.form_copy, report.language
    return {
        "form": report.form,
        "formVersion": form["version"],
        "version": report.number,
        "language": tongue,
        "title": form["title"][tongue],
        "article": form["article"],
        "to": list(form["to"]),
        "incident": report.incident.reference,
        "exercise": report.incident.exercise,
        "fields": [_said(one, report.texts.get(one["id"], {}), tongue) for one in report.fields],
    }


def _said(field: Mapping[str, Any], said: Mapping[str, str], tongue: str) -> dict[str, str]:
    return {
        "id": field["id"],
        "article": field["article"],
        "label": field["label"][tongue],
        "text": said.get("text", ""),
        "source": said.get("source", ""),
    }


def digest(report: Report) -> str:
    """Return the SHA-256 of the content, as JSON with sorted keys and without spaces, in UTF-8."""
    plain = json.dumps(
        content(report), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )  # fmt: skip
    return hashlib.sha256(plain.encode()).hexdigest()
