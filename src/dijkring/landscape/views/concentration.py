# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What weighs most: single points of failure, and how much hangs on one name."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core.web import page
from dijkring.landscape.models import ScenarioStart
from dijkring.landscape.selectors import starts as naming
from dijkring.landscape.selectors import weighing as selectors
from dijkring.landscape.selectors.graph import Landscape
from dijkring.landscape.selectors.starts import Start
from dijkring.landscape.services.looking import seen
from dijkring.landscape.tables.weighing import ConcentrationTable, SinglePointTable
from dijkring.ui import pages
from dijkring.ui.pages import Empty, link

PLATFORM = "platform"
BY = (
    (ScenarioStart.Kind.PARTY.value, gettext_lazy("by supplier")),
    (PLATFORM, gettext_lazy("by platform and network")),
    (ScenarioStart.Kind.COUNTRY.value, gettext_lazy("by jurisdiction")),
    (ScenarioStart.Kind.PLACE.value, gettext_lazy("by place")),
    (ScenarioStart.Kind.BODY.value, gettext_lazy("by organisation that provides")),
)


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Landscape"), link(request, "landscape:assets"))]


@page("landscape.view")
def single_points(request: Any) -> HttpResponse:
    """List what takes others along when it fails alone."""
    return pages.list_page(
        request,
        selectors.single_points(seen(request.actor, _("Single points of failure"))),
        table=SinglePointTable,
        title=_("Single points of failure"),
        purpose=_("What takes others along when it fails alone, the gravest first: statutory"
                  " tasks, then residents, then assets."),
        trail=_trail(request),
        extra={"template": "landscape/weighing.html"},
        empty=Empty(_("Nothing takes anything else along. Does the landscape say what needs"
                      " what?")),
    )  # fmt: skip


@page("landscape.view")
def concentration(request: Any) -> HttpResponse:
    """List how much falls when all that hangs on one name fails at once."""
    by = request.GET.get("by", "")
    by = by if by in dict(BY) else BY[0][0]
    known = seen(request.actor, _("Concentration"))
    return pages.list_page(
        request,
        selectors.concentration(known, _starts(request, known, by)),
        table=ConcentrationTable,
        title=_("Concentration"),
        purpose=_("How much falls when all that hangs on one name fails at once."),
        trail=_trail(request),
        extra={
            "template": "landscape/weighing.html",
            "choices": [(f"?by={kind}", label, kind == by) for kind, label in BY],
        },
        empty=Empty(_("Nothing in the landscape names one.")),
    )


def _starts(request: Any, known: Landscape, by: str) -> list[Start]:
    if by == PLATFORM:
        return naming.platforms(known)
    named = naming.names(request.actor.organisation_id, known)
    return list(naming.by_kind(known, named).get(by, {}).values())
