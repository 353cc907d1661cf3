# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be asked by link about an action: a question, or word that a line is mended."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.actions import services
from dijkring.actions.models import Action, ActionLine
from dijkring.core.access import Actor
from dijkring.notices import by_link, panels
from dijkring.notices.by_link import Description, Offer
from dijkring.notices.models import Ask
from dijkring.ui.panels import Panel

SUBJECT = "action"
QUESTION, LINE, MEASURED_LINE = "action-question", "action-line", "action-measured-line"
MOST_LINES = 200


def register() -> None:
    """Register the purposes of actions and offer them on the page of an action."""
    by_link.register(
        QUESTION,
        label=_("Answer a question about an action"),
        right="actions.edit",
        describe=describe_action,
    )
    by_link.register(
        LINE,
        label=_("Report that something is mended"),
        right="actions.edit",
        describe=describe_line,
        settle=settle_line,
        settle_label=_("Close the line"),
    )
    by_link.register(
        MEASURED_LINE,
        label=_("Report that something is mended, a measurement will show it"),
        right="actions.edit",
        describe=describe_line,
    )
    by_link.offer(SUBJECT, "actions:action", offers)


def offers(actor: Actor, action_id: int) -> list[Offer]:
    """Return what can be asked about an open action of the organisation."""
    rows = Action.objects.filter(
        organisation_id=actor.organisation_id, pk=action_id, state=Action.State.OPEN
    )
    action = rows.first()
    if action is None:
        return []
    purpose = MEASURED_LINE if action.origin_kind else LINE
    lines = action.lines.filter(closed_at=None)[:MOST_LINES]
    return [
        Offer(QUESTION, action.pk, _("Answer a question about this action")),
        *(
            Offer(purpose, line.pk, gettext("Report as mended: %(line)s") % {"line": line.subject})
            for line in lines
        ),
    ]


def describe_action(organisation_id: int, action_id: int) -> Description | None:
    """Return what a receiver sees of an action; None when it is not open any more."""
    rows = Action.objects.filter(
        organisation_id=organisation_id, pk=action_id, state=Action.State.OPEN
    )
    action = rows.first()
    return None if action is None else Description(action.title, *_page(action), _rows(action))


def _page(action: Action) -> tuple[str, tuple[Any, ...]]:
    return "actions:action", (action.pk,)


def _rows(action: Action) -> list[tuple[Any, Any]]:
    shown = [
        (gettext("What is to be done"), action.description),
        (gettext("Carried out by"), action.responsible),
        (gettext("Ready on"), action.due_on),
    ]
    return [(label, value) for label, value in shown if value]


def describe_line(organisation_id: int, line_id: int) -> Description | None:
    """Return what a receiver sees of a line; None when it is closed already."""
    rows = ActionLine.objects.filter(
        organisation_id=organisation_id, pk=line_id, closed_at=None, action__state="open"
    )
    line = rows.select_related("action").first()
    if line is None:
        return None
    wrong = [(gettext("What is wrong"), line.text)] if line.text else []
    title = f"{line.action.title}: {line.subject}"
    return Description(title, *_page(line.action), [*wrong, *_rows(line.action)])


def settle_line(actor: Actor, ask: Ask) -> None:
    """Close the line that was reported as mended; who reported it stays as the reason."""
    line = ActionLine.objects.select_related("action").get(pk=ask.object_id)
    reason = gettext("reported as mended by %(name)s: %(text)s") % {
        "name": ask.answered_by,
        "text": ask.answer,
    }
    services.end_reported_line(actor=actor, line=line, reason=reason)


def of_action(request: Any, action: Action) -> Iterable[Panel]:
    """Hang what was asked by link on the page of an action."""
    return panels.of_page(request, SUBJECT, action.pk)
