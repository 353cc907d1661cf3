# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Judgements and accepted deviations as sheets that come back."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Requirement
from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.clock import AMSTERDAM
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Values
from dijkring.evidence.models import LAYERS, LINES, VERDICTS, Deviation, Judgement
from dijkring.evidence.selectors import standings
from dijkring.evidence.services import deviations, judgements

GIVEN = tuple((key, dict(VERDICTS)[key]) for key in judgements.VERDICTS)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(23, 59), AMSTERDAM) if day else None


def _judgements(organisation_id: int) -> Iterable[Line]:
    rows = Judgement.objects.filter(organisation_id=organisation_id, superseded_at=None)
    related = ("requirement__framework", "judged_by", "scope")
    for row in rows.select_related(*related).order_by("requirement__position", "id"):
        requirement = row.requirement
        # The place, not the row: a newer judgement on the same place is the same line.
        id = f"{requirement.pk}-{row.scope_id or 0}-{row.layer}-{row.line}"
        values = {
            "requirement": f"{requirement.framework.key}:{requirement.ref}",
            "title": requirement.label,
            "scope": str(row.scope or ""),
            "layer": row.layer,
            "line": row.line,
            "verdict": row.verdict,
            "reason": row.reason,
            "valid_until": row.valid_until,
            "judged_by": str(row.judged_by or "Dijkring"),
            "judged_at": row.judged_at,
        }
        yield Line(id, f"{requirement.ref} {row.get_layer_display()}", values)


def _rejudge(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    requirement_id, scope_id, layer, line = id.split("-")
    row = get_object_or_404(
        Judgement.objects.select_related("requirement", "scope").prefetch_related("documents"),
        organisation_id=actor.organisation_id,
        requirement_id=int(requirement_id),
        scope_id=int(scope_id) or None,
        layer=layer,
        line=line,
        superseded_at=None,
    )
    judgements.judge(
        actor=actor,
        requirement=row.requirement,
        scope=row.scope,
        layer=layer,
        line=line,
        verdict=values["verdict"],
        reason=values["reason"],
        valid_until=_until(row, values["valid_until"], changed),
        documents=[one.upload for one in row.documents.select_related("upload")],
    )


def _until(row: Judgement, day: date | None, changed: frozenset[str]) -> datetime | None:
    return _end_of(day) if "valid_until" in changed else row.valid_until


def _judge(actor: Actor, values: Values) -> None:
    if values.get("scope"):
        raise Refused(_("Judge about a scope in Dijkring itself."), "scope")
    judgements.judge(
        actor=actor,
        requirement=_requirement(values["requirement"]),
        layer=values["layer"] or "",
        line=values["line"] or "",
        verdict=values["verdict"] or "",
        reason=values["reason"],
        valid_until=_end_of(values["valid_until"]),
    )


def _requirement(name: str) -> Requirement:
    """Return a requirement by its number, with or without the norm before it (bio2:5.01.01)."""
    key, _colon, ref = name.rpartition(":")
    framework = current_framework(key or "bio2")
    found = framework.requirements.filter(ref=ref).first() if framework else None
    if found is None:
        raise Refused(_("There is no requirement %(ref)s.") % {"ref": name[:80]}, "requirement")
    return found


registers.register(
    registers.Register(
        "judgements",
        gettext_lazy("Judgements"),
        "evidence.view",
        (
            Column("requirement", gettext_lazy("requirement"), adding=True),
            Column("title", gettext_lazy("title")),
            Column("scope", gettext_lazy("scope"), adding=True),
            Column("layer", gettext_lazy("layer"), "choice", adding=True, choices=LAYERS),
            Column("line", gettext_lazy("line"), "choice", adding=True, choices=LINES),
            Column("verdict", gettext_lazy("verdict"), "choice", editable=True, choices=GIVEN),
            Column("reason", gettext_lazy("reason"), editable=True),
            Column("valid_until", gettext_lazy("valid until"), "date", editable=True),
            Column("judged_by", gettext_lazy("judged by")),
            Column("judged_at", gettext_lazy("judged on"), "date"),
        ),
        _judgements,
        _rejudge,
        _judge,
        order=10,
    )
)


def _deviations(organisation_id: int) -> Iterable[Line]:
    for row in standings.deviations(organisation_id):
        about = f"{row.kind} {row.subject}" if row.kind else str(row.requirement)
        values = {
            "about": about,
            "requirement": row.requirement.ref if row.requirement else "",
            "reason": row.reason,
            "ends_at": row.ends_at,
            "accepted_by": str(row.accepted_by or "Dijkring"),
            "accepted_at": row.accepted_at,
            "ended": False,
        }
        yield Line(str(row.pk), about, values)


def _end(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    row = get_object_or_404(Deviation, pk=int(id), organisation_id=actor.organisation_id)
    if values["ended"]:
        deviations.end(actor=actor, deviation=row)


def _accept(actor: Actor, values: Values) -> None:
    ends_at = _end_of(values["ends_at"])
    if ends_at is None:
        raise Refused(_("Choose a date in the future."), "ends_at")
    deviations.accept(
        actor=actor,
        requirement=_requirement(values["requirement"]),
        reason=values["reason"],
        ends_at=ends_at,
    )


registers.register(
    registers.Register(
        "deviations",
        gettext_lazy("Accepted deviations"),
        "evidence.view",
        (
            Column("about", gettext_lazy("about")),
            Column("requirement", gettext_lazy("requirement"), adding=True),
            Column("reason", gettext_lazy("reason"), adding=True),
            Column("ends_at", gettext_lazy("ends on"), "date", adding=True),
            Column("accepted_by", gettext_lazy("accepted by")),
            Column("accepted_at", gettext_lazy("accepted on"), "date"),
            Column("ended", gettext_lazy("end it now"), "yesno", editable=True),
        ),
        _deviations,
        _end,
        _accept,
        order=50,
    )
)
