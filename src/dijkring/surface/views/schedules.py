# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""When everything is measured."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.surface.forms.schedules import ScheduleForm
from dijkring.surface.services import schedules
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("surface.measure", writes=True)
def schedule(request: Any) -> HttpResponse:
    """Choose how often everything is measured, with the next moment."""
    planned = schedules.current(request.actor.organisation_id)
    initial = {"every": schedules.frequency(planned)}
    overview = link(request, "surface:domains")
    return pages.form_page(
        request,
        ScheduleForm(request.POST or None, initial=initial),
        title=_("When we measure"),
        purpose=_("All names with proven authority are measured in one round, by itself."),
        submit=_("Save"),
        back=overview,
        trail=[(_("Internet measuring"), overview)],
        extra={"template": "surface/schedule.html", "planned": planned},
        stored=True,
        on_valid=lambda valid: _choose(request, valid.cleaned_data["every"]),
    )


def _choose(request: Any, every: str) -> str:
    schedules.choose(actor=request.actor, every=every)
    messages.success(request, _("Saved. The new moment stands on this page."))
    return link(request, "surface:schedule")
