# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of improvements."""

from collections.abc import Sequence

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from dijkring.actions.models import Action, ActionLine
from dijkring.actions.selectors.said import Said, said
from dijkring.controls.models import Requirement
from dijkring.organisations.models import Membership

PRIORITIES = ("high", "normal", "low")
RANK = Case(*(When(priority=p, then=Value(n)) for n, p in enumerate(PRIORITIES)))
OPEN_FIRST = Case(When(state=Action.State.OPEN, then=Value(0)), default=Value(1))


def actions(organisation_id: int) -> QuerySet[Action]:
    """Return all actions with `lines_open` and `lines_all`; open ones first, the soonest on top."""
    rows = Action.objects.filter(organisation_id=organisation_id).select_related("owner")
    rows = rows.annotate(
        lines_open=Count("lines", filter=Q(lines__closed_at=None)),
        lines_all=Count("lines"),
        priority_rank=RANK,
    )
    return rows.order_by(OPEN_FIRST, F("due_on").asc(nulls_last=True), "id")


def lines(action: Action) -> list[ActionLine]:
    """Return the lines of an action, the open ones first."""
    return list(action.lines.order_by(F("closed_at").asc(nulls_first=True), "subject"))


def comments(action: Action) -> list[Said]:
    """Return what was said about an action, in order, here and by a link."""
    return said(action)


def requirements(refs: Sequence[str]) -> list[Requirement]:
    """Return the requirements behind refs such as `bio2:5.14.01`, of the newest version each."""
    wanted = [ref.partition(":")[::2] for ref in refs]
    named = Q(pk=None)
    for key, number in wanted:
        named |= Q(framework__key=key, ref=number)
    rows = Requirement.objects.filter(named).select_related("framework")
    newest = {(r.framework.key, r.ref): r for r in rows.order_by("framework__published")}
    return [newest[one] for one in wanted if one in newest]


def owners(organisation_id: int) -> list[tuple[int, str]]:
    """Return who can own an action, as (person, name)."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    people = rows.select_related("user").order_by("user__name")
    return [(row.user_id, str(row.user)) for row in people]
