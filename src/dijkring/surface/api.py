# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about the names of an organisation on the internet."""

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.core.rest import ApiRequest, Id, Page, Paging, Resource, endpoint, page_of
from dijkring.surface.selectors import domains as selectors

router = Router(tags=["domains"])


class DomainResource(Resource):
    """A name that the organisation answers for; only an authorised one is measured."""

    id: int
    name: str
    carries_web: bool
    carries_mail: bool
    responsible: str
    state: str
    authority: str
    authority_at: datetime | None
    registered_at: datetime
    removed_at: datetime | None


class DomainPage(Page[DomainResource]):
    """A part of the domains, by name."""


class DomainFilter(Paging):
    state: Literal["registered", "authorised", "removed"] | None = None


@router.get("/domains", **endpoint("domains:read", _("List domains"), DomainPage))
def list_domains(request: ApiRequest, wanted: Query[DomainFilter]) -> Any:
    rows = selectors.domains(request.actor.organisation_id)
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    return page_of(request, wanted, rows, DomainResource.model_validate)


@router.get("/domains/{domain_id}", **endpoint("domains:read", _("Show a domain"), DomainResource))
def show_domain(request: ApiRequest, domain_id: Id) -> Any:
    rows = selectors.domains(request.actor.organisation_id)
    return DomainResource.model_validate(get_object_or_404(rows, pk=domain_id))
