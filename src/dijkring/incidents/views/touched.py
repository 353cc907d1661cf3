# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of what an incident touches: choosing in the landscape, and changing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents.forms.touched import ChangeTouchedForm, TouchForm
from dijkring.incidents.models import Incident, TouchedAsset
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels.incidents import IMPACT
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import touched as selectors
from dijkring.incidents.services import touched as services
from dijkring.incidents.views.incidents import back_to, incident_of, titled, trail
from dijkring.ui import pages


@page(HANDLE, writes=True)
def touch(request: Any, pk: int) -> HttpResponse:
    """Choose assets of the landscape that an incident touches."""
    found = incident_of(request, pk)
    words = request.GET.get("find", "")[:100]
    rows = selectors.to_choose(found, words)
    aware = clocks.latest(found)
    start = {"since": found.occurred_at or (aware.at if aware else clock.now())}
    choices = [(one.pk, f"{one.name} ({one.get_kind_display()})") for one in rows]
    return pages.form_page(
        request,
        TouchForm(request.POST or None, choices=choices, initial=start),
        title=titled(found, _("What does it touch?")),
        purpose=_("From this follows what falls next, and when. Not sure? Then it is suspected."),
        submit=_("It touches these"),
        back=back_to(request, found, IMPACT),
        trail=trail(request, found),
        extra={
            "template": "incidents/touch.html",
            "incident": found,
            "find": words,
            "most": selectors.MOST_FOUND if len(rows) == selectors.MOST_FOUND else 0,
            "nothing": not rows,
        },
        on_valid=lambda form: _touched(request, found, form),
    )


def _touched(request: Any, found: Incident, form: TouchForm) -> str:
    made = services.touch(
        actor=request.actor,
        incident=found,
        assets=form.cleaned_data["assets"],
        wanted=form.wanted(),
    )
    words = ngettext("%(n)d is touched.", "%(n)d are touched.", len(made)) % {"n": len(made)}
    messages.success(request, words)
    return back_to(request, found, IMPACT)


@page(HANDLE, writes=True)
def change_touched(request: Any, pk: int) -> HttpResponse:
    """Say otherwise how an asset is touched."""
    rows = TouchedAsset.objects.filter(organisation_id=request.actor.organisation_id)
    row = get_object_or_404(rows.select_related("incident", "asset"), pk=pk)
    start = {key: getattr(row, key) for key in ("certainty", "since", "until", "note")}
    return pages.form_page(
        request,
        ChangeTouchedForm(request.POST or None, initial=start),
        title=titled(row.incident, _("How is %(asset)s touched?") % {"asset": row.asset}),
        submit=_("Save"),
        back=back_to(request, row.incident, IMPACT),
        trail=trail(request, row.incident),
        extra={"template": "incidents/form.html", "incident": row.incident},
        stored=True,
        on_valid=lambda form: _changed(request, row, form),
    )


def _changed(request: Any, row: TouchedAsset, form: ChangeTouchedForm) -> str:
    services.change(actor=request.actor, touched=row, wanted=form.wanted())
    messages.success(request, _("Saved."))
    return back_to(request, row.incident, IMPACT)
