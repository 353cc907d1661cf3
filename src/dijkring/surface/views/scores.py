# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of the organisation: now, over time, and what costs points."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.surface.panels import scores as panels
from dijkring.surface.selectors import scores as selectors
from dijkring.surface.selectors.scores import PartAt
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.ui.states import state_of


@page("surface.view")
def score(request: Any) -> HttpResponse:
    """Show the score of now, its course, and which tests cost the most."""
    organisation_id = request.actor.organisation_id
    parts = selectors.at(organisation_id, clock.now())
    return pages.detail_page(
        request,
        parts,
        title=_("Score"),
        purpose=_("Reckoned as Internet.nl does: the plain mean over your names."),
        panels=panels.of_score(request, organisation_id) if parts else [],
        trail=[(_("Internet measuring"), link(request, "surface:domains"))],
        extra={
            "template": "surface/score.html",
            "figures": [_figure(request, one) for one in parts],
            "incomplete": not all(one.complete for one in parts),
        },
    )


def _figure(request: Any, found: PartAt) -> tuple[str, str, str]:
    """Return the number, what it is about, and the page with what costs its points."""
    label = {
        "web": ngettext("websites, %(n)d name", "websites, %(n)d names", found.names),
        "mail": ngettext("mail, %(n)d name", "mail, %(n)d names", found.names),
    }[found.part]
    unknown = state_of("not_measured").word
    value = f"{unknown}" if found.percent is None else f"{found.percent} %"
    address = f"{link(request, 'surface:findings')}?state=fail&level=mandatory"
    return value, label % {"n": found.names}, address
