# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help: the guides of the documentation, beginning with that of one's own role."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dijkring.core.web import page
from dijkring.ui.links import link
from dijkring.workplace import guides


@page("workplace.help")
def own(request: Any) -> HttpResponse:
    """Lead to the guide of one's own role."""
    return redirect(link(request, "workplace:guide", guides.OF_ROLE[request.actor.role]))


@page("workplace.help")
def guide(request: Any, name: str) -> HttpResponse:
    """Show one guide, with what is in it and the others."""
    if name not in guides.PLACES:
        raise Http404
    found = guides.guide(name)
    context = {
        "guide": found,
        "others": [one for one in guides.all_guides() if one.name != name],
        "title": found.title,
    }
    return render(request, "workplace/guide.html", context)
