# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as a drawing in layers, always with the list that says the same."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import drawing as selectors
from dijkring.landscape.services.looking import seen
from dijkring.landscape.tables.graph import GraphTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

FURTHEST = 3


@page("landscape.view")
def graph(request: Any) -> HttpResponse:
    """Draw the landscape, or what lies around one asset."""
    known = seen(request.actor, _("Drawing"))
    around, steps = _number(request, "asset"), _number(request, "steps") or 1
    around = around if around in known.nodes else None
    steps = min(steps, FURTHEST)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Asset.Kind.values]
    shown = selectors.drawing(known, kinds=kinds, around=around, steps=steps)
    here = known.nodes[around] if around is not None else None
    return pages.list_page(
        request,
        shown.rows,
        table=GraphTable,
        title=_("Around %(name)s") % {"name": here.name} if here else _("Drawing"),
        purpose=_("What needs what, in layers: tasks on top, and below what they rest on."),
        actions=[Action(_("The whole landscape"), link(request, "landscape:graph"))]
        if here
        else [],
        trail=[(_("Landscape"), link(request, "landscape:assets"))],
        extra={
            "template": "landscape/graph.html",
            "drawn": None if shown.too_many else selectors.to_draw(shown, around),
            "around": around,
            "steps": steps,
            "furthest": range(1, FURTHEST + 1),
            "kinds": [(value, label, value in kinds) for value, label in Asset.Kind.choices],
            "most": selectors.MOST_DRAWN,
            "address": link(request, "landscape:assets"),
        },
        empty=Empty(_("There is nothing to draw yet.")),
    )


def _number(request: Any, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else None
