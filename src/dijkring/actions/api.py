# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about the register of improvements."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.actions.models import Action
from dijkring.core.rest import ApiRequest, Id, Page, Paging, Resource, endpoint, page_of

router = Router(tags=["actions"])


class LineResource(Resource):
    """One failing subject of an action; `proof` is the passing fact that closed it."""

    id: int
    subject: str
    text: str
    opened_at: datetime
    closed_at: datetime | None
    proof: dict[str, Any] | None
    end_reason: str


class ActionResource(Resource):
    """An improvement; `requirements` are refs such as `bio2:5.14.01`."""

    id: int
    title: str
    description: str
    state: str
    priority: str
    owner: str
    due_on: date | None
    cost: Decimal | None
    origin_kind: str
    responsible: str
    requirements: list[str]
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str
    lines: list[LineResource]


class ActionPage(Page[ActionResource]):
    """A part of the actions, by due date."""


class ActionFilter(Paging):
    state: Literal["open", "done", "cancelled"] | None = None
    priority: Literal["high", "normal", "low"] | None = None


@router.get("/actions", **endpoint("actions:read", _("List actions"), ActionPage))
def list_actions(request: ApiRequest, wanted: Query[ActionFilter]) -> Any:
    given = wanted.model_dump(include={"state", "priority"}, exclude_none=True)
    return page_of(request, wanted, _actions(request).filter(**given), _resource)


@router.get("/actions/{action_id}", **endpoint("actions:read", _("Show an action"), ActionResource))
def show_action(request: ApiRequest, action_id: Id) -> Any:
    return _resource(get_object_or_404(_actions(request), pk=action_id))


def _actions(request: ApiRequest) -> QuerySet[Action]:
    rows = Action.objects.filter(organisation_id=request.actor.organisation_id)
    return rows.select_related("owner").prefetch_related("lines").order_by("due_on", "id")


def _resource(row: Action) -> ActionResource:
    return ActionResource(
        id=row.pk,
        title=row.title,
        description=row.description,
        state=row.state,
        priority=row.priority,
        owner=str(row.owner or ""),
        due_on=row.due_on,
        cost=row.cost,
        origin_kind=row.origin_kind,
        responsible=row.responsible,
        requirements=row.requirements,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        lines=[LineResource.model_validate(line) for line in row.lines.all()],
    )
