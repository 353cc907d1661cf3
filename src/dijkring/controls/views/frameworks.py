# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Norms and laws: the list, one as a tree, and one requirement with what it is tied to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.controls import hooks, panels
from dijkring.controls.models import Framework, Requirement, in_language
from dijkring.controls.selectors import frameworks as select
from dijkring.controls.selectors import look_again
from dijkring.controls.tables import FrameworkTable
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import for_slot


@page("controls.view")
def frameworks(request: Any) -> HttpResponse:
    """List the norms and laws."""
    actions = [Action(_("Statement of applicability"), link(request, "controls:applicability"))]
    if look_again.to_do(request.actor.organisation_id).exists():
        actions.append(Action(_("Look at again"), link(request, "controls:look_again")))
    if request.can("controls.import"):
        new = Action(_("Import a framework"), link(request, "controls:import"), "primary")
        actions.insert(0, new)
    return pages.list_page(
        request,
        select.frameworks(),
        table=FrameworkTable,
        title=_("Norms and laws"),
        purpose=_("What is asked of you, each in the version that holds or held."),
        actions=actions,
        empty=pages.Empty(_("No framework has been loaded yet.")),
    )


@page("controls.view")
def framework(request: Any, pk: int) -> HttpResponse:
    """Show one norm or law as a tree that can be searched."""
    found = get_object_or_404(Framework, pk=pk)
    words = request.GET.get("q", "").strip()[:100]
    tree = select.tree(found, words)
    extra = {
        "template": "controls/framework.html",
        "tree": tree,
        "words": words,
        "states": hooks.leaf_states(request, found),
        "about": panels.about(found, tree).render(request),
    }
    return pages.detail_page(
        request,
        found,
        title=str(found),
        panels=for_slot("controls.framework", request, found),
        trail=[(_("Norms and laws"), link(request, "controls:frameworks"))],
        extra=extra,
    )


@page("controls.view")
def requirement(request: Any, pk: int) -> HttpResponse:
    """Show one requirement: its text, its place, what it counts for and what counts for it."""
    rows = Requirement.objects.select_related("framework")
    found = get_object_or_404(rows, pk=pk)
    return pages.detail_page(
        request,
        found,
        title=str(found),
        state=panels.status(found),
        purpose=in_language(found.text),
        panels=[*for_slot("controls.requirement", request, found), *panels.of_requirement(found)],
        trail=panels.trail(request, found),
    )
