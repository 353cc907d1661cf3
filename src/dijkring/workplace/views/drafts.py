# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of forms: pages send what is typed, and throw it away when asked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.workplace.services import drafts as services

ADDRESS = "draft-address"


@page("workplace.own", writes=True)
@require_POST
def save(request: Any) -> HttpResponse:
    """Keep what stands in the form of a page now."""
    fields = {name: values for name, values in request.POST.lists() if name != ADDRESS}
    services.keep(
        actor=request.actor,
        slug=request.organisation.slug,
        path=request.POST.get(ADDRESS, ""),
        fields=fields,
    )
    return HttpResponse(status=204)


@page("workplace.own", writes=True)
@require_POST
def forget(request: Any) -> HttpResponse:
    """Throw away what was kept, and show the form as it was."""
    path = request.POST.get(ADDRESS, "")
    services.forget(actor=request.actor, path=path)
    start = f"/o/{request.organisation.slug}/"
    inside = path.startswith(start) and url_has_allowed_host_and_scheme(path, None)
    return redirect(path if inside else start)
