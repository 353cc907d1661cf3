# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Improvements from elsewhere, opened in the one register of improvements."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dijkring.actions import services
from dijkring.actions.models import Action
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.intake.values import plain
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import Line, left_out, refused
from dijkring.onboarding.services.numbers import Numbers, Unknown
from dijkring.onboarding.services.people_known import Colleagues, Nobody

KEPT = ("title", "description", "owner_id", "due_on", "priority", "cost")


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per action; one that is finished stays where it is."""
    numbers = Numbers(actor.organisation_id, intake.numbering)
    people = Colleagues(actor.organisation_id)
    return [_line(one, numbers, people) for one in reads]


def _line(one: Read, numbers: Numbers, people: Colleagues) -> Line:
    title = str(one.values.get("title") or "")
    if one.refused:
        return refused(one.line, one.refused, title)
    if one.values.get("state") in ("done", "cancelled"):
        return left_out(one.line, _("This action is finished already."), title)
    try:
        refs = _requirements(one.values.get("ref") or (), numbers)
    except Unknown as unknown:
        return refused(one.line, str(unknown), title)
    owner, remark = _owner(one.values.get("owner"), people)
    values = {
        "title": title,
        "description": _described(one.values, remark),
        "owner_id": owner,
        "due_on": one.values.get("due_on"),
        "priority": one.values.get("priority") or "normal",
        "cost": one.values.get("cost"),
        "requirements": refs,
    }
    number = one.values.get("number")
    key = f"nr:{plain(number)}" if number else f"{plain(title)}|{','.join(refs)}"
    return Line(one.line, key=key[:700], label=title, reason=remark, values=values)


def _requirements(refs: Sequence[str], numbers: Numbers) -> list[str]:
    found = [one.requirement for ref in refs for one in numbers.meaning(ref)]
    return list(dict.fromkeys(f"{one.framework.key}:{one.ref}" for one in found))


def _owner(text: str | None, people: Colleagues) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        return people.find(text), ""
    except Nobody as nobody:
        words = _("The action comes without an owner: %(why)s")
        return None, words % {"why": nobody}


def _described(values: dict[str, Any], remark: str) -> str:
    parts = [values.get("description") or ""]
    if remark:
        parts.append(_("Owner in the file: %(name)s.") % {"name": values["owner"]})
    return "\n\n".join(part for part in parts if part)


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Open new actions and change those that nobody has changed here since."""
    return [_write(actor, one) for one in lines]


def _write(actor: Actor, line: Line) -> dict[str, Any]:
    found = _action(line.before)
    if found is None:
        action = services.open_action(actor=actor, **line.values)
    else:
        values = {name: line.values[name] for name in KEPT}
        action = services.change(actor=actor, action=found, **values)
    return {"action": action.pk, "values": _plain_values(line.values)}


def _action(before: Brought | None) -> Action | None:
    id = before.made.get("action") if before else None
    return Action.objects.filter(pk=id, state=Action.State.OPEN).first() if id else None


def _plain_values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(values[name]) for name in KEPT}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def check_changes(lines: Sequence[Line]) -> None:
    """Refuse a change of what a colleague has changed here since the last import."""
    changed = [one for one in lines if one.before is not None and one.status == "changed"]
    ids = [one.before.made.get("action") for one in changed if one.before]
    actions = {row.pk: row for row in Action.objects.filter(pk__in=ids)}
    for one in changed:
        action = actions.get(one.before.made.get("action")) if one.before else None
        if action is None or not one.before:
            continue
        if touched(action, one.before):
            one.status = "refused"
            one.reason = _("This action was changed here since it was brought in. Change it here.")


def touched(action: Action, before: Brought) -> bool:
    """Tell whether an action differs from what the import made of it."""
    kept = before.made.get("values", {})
    return action.state != Action.State.OPEN or any(
        _plain(getattr(action, name)) != kept.get(name) for name in KEPT
    )


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Call off the actions on which nobody has worked."""
    ids = [row.made.get("action") for row in rows]
    actions = Action.objects.filter(pk__in=ids).prefetch_related("comments", "lines")
    found = {action.pk: action for action in actions}
    stays = {}
    for row in rows:
        action = found.get(row.made.get("action") or 0)
        if action is None or touched(action, row) or action.comments.all() or action.lines.all():
            stays[row.pk] = _("Somebody has worked on this action.")
            continue
        try:
            services.move(actor=actor, action=action, to=Action.State.CANCELLED, reason=reason)
        except Refused as why:
            stays[row.pk] = why.message
    return stays
