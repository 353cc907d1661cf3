# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What joint incidents tell the rest of the house: rights, kinds of handover, events and panels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import access, events, navigation
from dijkring.core.access import Role
from dijkring.incidents import joint_doors, joint_told  # noqa: F401
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import joint as panels
from dijkring.incidents.panels.incidents import IMPACT, slot
from dijkring.incidents.services import joint, joint_dossier, joint_places, joint_reports
from dijkring.incidents.words import marked
from dijkring.sharing import kinds
from dijkring.sharing.panels import HANDOVER_SLOT
from dijkring.sharing.services import handovers
from dijkring.ui.panels import extend

Rows = Sequence[tuple[Any, Any]]
LEADERS = {Role.CISO, Role.SECRETARY, Role.PRIVACY_OFFICER}
GIVERS = {Role.CISO, Role.SECRETARY, Role.BOARD}


def register() -> None:
    """Register everything of joint incidents."""
    lead = gettext_lazy("Lead a joint incident and invite others to it")
    access.register(joint.LEAD, lead, LEADERS)
    give = gettext_lazy("Let another hand in reports for us, with a mandate to sign")
    access.register(joint_reports.GIVE, give, GIVERS)
    _kind(joint.INVITED, gettext_lazy("Joint incident"), joint_places.take_up, _invited)
    _kind(joint.AWARE, gettext_lazy("Amended awareness"), joint_places.take_awareness, _aware)
    _kind(joint_reports.DRAFT, gettext_lazy("Draft of a report"), joint_reports.take_draft, _draft)
    handed_in = gettext_lazy("Report handed in for you")
    _kind(joint_reports.SUBMISSION, handed_in, joint_reports.take_submission, _submission)
    joint_told.register()
    navigation.add(
        "house",
        gettext_lazy("Joint incidents"),
        "incidents:joints",
        "incidents.view",
        group="incidents",
    )
    events.subscribe(handovers.ANSWERED, joint.on_answered)
    events.subscribe(handovers.FAILED, joint.on_answered)
    events.subscribe(joint_dossier.SHARED, joint_dossier.on_shared)
    events.subscribe(joint.REMOVED, joint_places.on_removed)
    events.subscribe(joint_places.LEFT, joint.on_left)
    extend(slot(IMPACT), panels.of_incident)
    extend(HANDOVER_SLOT, panels.of_handover)


def _kind(id: str, label: kinds.Words, handler: kinds.Handler, rows: kinds.Rows) -> None:
    kinds.register(kinds.Kind(id, label, joint.LEAD, handler, HANDLE, title=_title, rows=rows))


def _title(payload: dict[str, Any]) -> str:
    title = str(payload.get("title", ""))
    return marked(title, bool(payload.get("exercise")))


def _at(payload: dict[str, Any], name: str) -> datetime | None:
    try:
        return parse_datetime(str(payload.get(name, "")))
    except ValueError:
        return None


def _said(rows: Rows) -> Rows:
    return [(label, value) for label, value in rows if value]


def _invited(payload: dict[str, Any]) -> Rows:
    return _said(
        [
            (_("What is the matter"), _title(payload)),
            (_("Situation"), payload.get("text")),
            (_("Aware since"), _at(payload, "aware_at")),
            (_("Handed over by"), payload.get("by")),
            (_("Number with the sender"), payload.get("reference")),
        ]
    )


def _aware(payload: dict[str, Any]) -> Rows:
    return _said(
        [
            (_("What is the matter"), payload.get("title")),
            (_("Aware since"), _at(payload, "aware_at")),
            (_("Because"), payload.get("reason")),
            (_("Handed over by"), payload.get("by")),
        ]
    )


def _draft(payload: dict[str, Any]) -> Rows:
    labels = payload.get("labels", {})
    texts = payload.get("texts", {})
    fields = [(str(labels.get(id, id)), str(text)) for id, text in texts.items()]
    return _said([(_("Report"), _title(payload)), *fields, (_("Drafted by"), payload.get("by"))])


def _submission(payload: dict[str, Any]) -> Rows:
    return _said(
        [
            (_("Report"), _title(payload)),
            (_("Handed in"), _at(payload, "at")),
            (_("Handed in by"), payload.get("by")),
            (_("In which way"), payload.get("how")),
            (_("Reference of the recipient"), payload.get("reference")),
            (_("Confirmation of receipt"), payload.get("receipt")),
        ]
    )
