# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of incidents and that of breaches as sheets that come back; exercises stay here."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock, registers
from dijkring.core.access import Actor
from dijkring.core.clock import AMSTERDAM
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Values
from dijkring.incidents import breach_words
from dijkring.incidents.guides import categories
from dijkring.incidents.models import Breach, Incident
from dijkring.incidents.selectors import breaches, incidents
from dijkring.incidents.services import breaches as breach_services
from dijkring.incidents.services import reporting
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.organisations.registers import colleague

_TEXTS = ("title", "description", "category", "severity", "tlp", "personal_data")


def _at(moment: datetime | None) -> str:
    return clock.written(moment) if moment else ""


def _moment(text: str) -> datetime:
    """Read a moment on the clock of Amsterdam; of the hour that comes twice the first is meant."""
    try:
        return datetime.fromisoformat((text or "").strip()).replace(tzinfo=AMSTERDAM)
    except ValueError as error:
        raise Refused(_("Write a moment such as 2026-10-24 14:30."), "noticed") from error


def _incidents(organisation_id: int) -> Iterable[Line]:
    for row in incidents.incidents(organisation_id):
        values: dict[str, Any] = {name: getattr(row, name) for name in _TEXTS}
        values |= {
            "number": row.reference,
            "noticed": _at(row.detected_at),
            "owner": row.owner.email if row.owner else "",
            "state": row.state,
            "ended": _at(row.ended_at),
            "avoidable": row.avoidable,
        }
        yield Line(str(row.pk), str(row), values)


def _change_incident(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    rows = Incident.objects.filter(organisation_id=actor.organisation_id, exercise=False)
    found = get_object_or_404(rows, pk=int(id))
    owner = colleague(actor.organisation_id, values.get("owner") or "")
    before = reporting.values_of(found)
    written = {name: values[name] or "" for name in _TEXTS}
    written["owner_id"] = owner.user_id if owner else None
    wanted = Triage(**{**before, **written})
    reporting.triage(actor=actor, incident=found, wanted=wanted, version=found.version)


def _add_incident(actor: Actor, values: Values) -> None:
    wanted = Reported(
        values["title"] or "",
        _moment(values["noticed"]),
        values["description"] or "",
        values["personal_data"] or Incident.Known.UNKNOWN,
    )
    reporting.report(actor=actor, wanted=wanted)


registers.register(
    registers.Register(
        "incidents",
        gettext_lazy("Incidents"),
        "incidents.view",
        (
            Column("number", gettext_lazy("Number")),
            Column("title", gettext_lazy("title"), editable=True),
            Column("description", gettext_lazy("what happened"), editable=True),
            Column("noticed", gettext_lazy("noticed"), adding=True),
            Column(
                "category", gettext_lazy("category"), "choice", editable=True,
                choices=[(id, words["nl"]) for id, words in categories().items()],
            ),
            Column(
                "severity", gettext_lazy("severity"), "choice", editable=True,
                choices=Incident.Severity.choices,
            ),
            Column(
                "tlp", gettext_lazy("may be shared with"), "choice", editable=True,
                choices=Incident.Tlp.choices,
            ),
            Column(
                "personal_data", gettext_lazy("personal data involved"), "choice", editable=True,
                choices=Incident.Known.choices,
            ),
            Column("owner", gettext_lazy("handled by"), "person", editable=True),
            Column("state", gettext_lazy("state"), "choice", choices=Incident.State.choices),
            Column("ended", gettext_lazy("handling ended")),
            Column(
                "avoidable", gettext_lazy("avoidable"), "choice", choices=Incident.Known.choices
            ),
        ),
        _incidents,
        _change_incident,
        _add_incident,
        order=40,
    )
)  # fmt: skip


# --- breaches -----------------------------------------------------------------------------------

_WRITTEN = ("facts", "effects", "measures", "own_role", "others", "processor")
_NUMBERS = ("persons_least", "persons_most", "records_least", "records_most")


def _breaches(organisation_id: int) -> Iterable[Line]:
    for row in breaches.register(organisation_id):
        one = breaches.entry(row)
        breach = one.breach or Breach(incident=row)
        values: dict[str, Any] = {name: getattr(breach, name) for name in (*_WRITTEN, *_NUMBERS)}
        values |= {
            "number": row.reference,
            "title": row.title,
            "nature": breach_words.nature(one.breach),
            "persons": breach_words.named("persons", breach.persons),
            "data": breach_words.named("data", breach.data),
            "risk": str(breach_words.RISKS[one.level].word),
            "authority": breach_words.authority(one),
            "told": one.told,
        }
        yield Line(str(row.pk), str(row), values)


def _change_breach(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(breaches.register(actor.organisation_id), pk=int(id))
    there: Breach | None = breaches.entry(found).breach
    names = {field.name for field in fields(breach_services.Wanted)}
    before = asdict(breach_services.Wanted())
    if there is not None:
        before = {name: getattr(there, name) for name in names}
    written = {name: values[name] or "" for name in _WRITTEN}
    written["own_role"] = written["own_role"] or Breach.OwnRole.CONTROLLER
    numbers = {name: _number(values[name]) for name in _NUMBERS}
    breach_services.write(
        actor=actor,
        incident=found,
        wanted=breach_services.Wanted(**{**before, **written, **numbers}),
        version=there.version if there else None,
    )


def _number(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


registers.register(
    registers.Register(
        "breaches",
        gettext_lazy("Register of personal data breaches"),
        breach_services.KEEP,
        (
            Column("number", gettext_lazy("Number")),
            Column("title", gettext_lazy("title")),
            Column("nature", gettext_lazy("Nature of the breach")),
            Column("facts", gettext_lazy("facts"), editable=True),
            Column("effects", gettext_lazy("effects"), editable=True),
            Column("measures", gettext_lazy("measures taken"), editable=True),
            Column("persons", gettext_lazy("Whose data")),
            Column("persons_least", gettext_lazy("persons, at least"), "number", editable=True),
            Column("persons_most", gettext_lazy("persons, at most"), "number", editable=True),
            Column("data", gettext_lazy("Which data")),
            Column("records_least", gettext_lazy("records, at least"), "number", editable=True),
            Column("records_most", gettext_lazy("records, at most"), "number", editable=True),
            Column(
                "own_role", gettext_lazy("own role"), "choice", editable=True,
                choices=Breach.OwnRole.choices,
            ),
            Column("others", gettext_lazy("with or for whom"), editable=True),
            Column("processor", gettext_lazy("processor where it happened"), editable=True),
            Column("risk", gettext_lazy("Risk")),
            Column("authority", gettext_lazy("AP told")),
            Column("told", gettext_lazy("Persons told"), "number"),
        ),
        _breaches,
        _change_breach,
        order=41,
    )
)  # fmt: skip
