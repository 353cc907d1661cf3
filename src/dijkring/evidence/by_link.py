# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be asked by link about a requirement: a question, or whether a judgement still holds."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.models import Judgement
from dijkring.evidence.services import judgements
from dijkring.notices import by_link, panels
from dijkring.notices.by_link import DISAGREE, Description, Offer
from dijkring.notices.models import Ask
from dijkring.ui import panels as ui_panels
from dijkring.ui.panels import Panel

SUBJECT = "requirement"
QUESTION, JUDGEMENT = "requirement-question", "judgement"
YEAR = timedelta(days=365)


def register() -> None:
    """Register the purposes of requirements and offer them on the page of a requirement."""
    by_link.register(
        QUESTION,
        label=_("Answer a question about a requirement"),
        right="evidence.judge",
        describe=describe_requirement,
    )
    by_link.register(
        JUDGEMENT,
        label=_("Say whether a judgement still holds"),
        right="evidence.judge",
        describe=describe_judgement,
        choices=[("agree", _("Yes, this still holds")), (DISAGREE, _("No, this has changed"))],
        settle=settle_judgement,
        settle_label=_("Confirm the judgement again"),
    )
    by_link.offer(SUBJECT, "evidence:requirement", offers)
    ui_panels.extend("evidence.requirement", of_requirement)


def offers(actor: Actor, requirement_id: int) -> list[Offer]:
    """Return what can be asked about a leaf: a question, and each judgement the actor may make."""
    if not Requirement.objects.filter(pk=requirement_id, leaf=True).exists():
        return []
    lines = [line for line, right in judgements.RIGHT_OF_LINE.items() if actor.can(right)]
    rows = _current(actor.organisation_id).filter(requirement_id=requirement_id, line__in=lines)
    return [
        Offer(QUESTION, requirement_id, _("Answer a question about this requirement")),
        *(Offer(JUDGEMENT, row.pk, _title(row)) for row in rows),
    ]


def _current(organisation_id: int) -> Any:
    rows = Judgement.objects.filter(organisation_id=organisation_id, superseded_at=None)
    return rows.select_related("requirement__framework", "scope")


def _title(row: Judgement) -> str:
    words = gettext("Does this still hold: %(layer)s %(verdict)s (%(line)s)") % {
        "layer": row.get_layer_display(),
        "verdict": row.get_verdict_display(),
        "line": row.get_line_display(),
    }
    return f"{words} · {row.scope}" if row.scope else words


def describe_requirement(organisation_id: int, requirement_id: int) -> Description | None:
    """Return what a receiver sees of a requirement."""
    found = Requirement.objects.filter(pk=requirement_id).select_related("framework").first()
    if found is None:
        return None
    text = [(gettext("What it asks"), found.description)] if found.description else []
    return Description(str(found), "evidence:requirement", (found.pk,), text)


def describe_judgement(organisation_id: int, judgement_id: int) -> Description | None:
    """Return what a receiver sees of a judgement; None when a newer one took its place."""
    row = _current(organisation_id).filter(pk=judgement_id).first()
    if row is None:
        return None
    rows = [
        *([(gettext("Scope"), str(row.scope))] if row.scope else []),
        (gettext("Layer"), row.get_layer_display()),
        (gettext("Judgement"), row.get_verdict_display()),
        (gettext("Reason"), row.reason),
        (gettext("Judged on"), row.judged_at),
    ]
    page = ("evidence:requirement", (row.requirement_id,))
    return Description(str(row.requirement), *page, rows)


def settle_judgement(actor: Actor, ask: Ask) -> None:
    """Judge the same again on the word of who was asked, for as long as it held before."""
    row = _current(actor.organisation_id).get(pk=ask.object_id)
    held = row.valid_until - row.judged_at if row.valid_until else YEAR
    reason = gettext("Confirmed by %(name)s: %(text)s") % {
        "name": ask.answered_by,
        "text": ask.answer or row.reason,
    }
    judgements.judge(
        actor=actor,
        requirement=row.requirement,
        layer=row.layer,
        line=row.line,
        verdict=row.verdict,
        reason=reason[:4000],
        valid_until=clock.now() + held,
        scope=row.scope,
        documents=[one.upload for one in row.documents.select_related("upload")],
    )


def of_requirement(request: Any, requirement: Requirement) -> Iterable[Panel]:
    """Hang what was asked by link on the page of a requirement."""
    return panels.of_page(request, SUBJECT, requirement.pk)
