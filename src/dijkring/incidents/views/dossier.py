# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the file of an incident: evidence, traces, costs, the police, who was told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.evidence.services import uploads
from dijkring.incidents.forms import dossier as forms
from dijkring.incidents.models import Cost, Exhibit, Incident, Indicator
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import dossier as panels
from dijkring.incidents.selectors import dossier as selectors
from dijkring.incidents.services import dossier as services
from dijkring.incidents.services import exhibits
from dijkring.incidents.tables.dossier import IndicatorTable
from dijkring.incidents.views.incidents import VIEW, incident_of, titled, trail
from dijkring.ui import pages
from dijkring.ui.pages import Empty, link


def _file(request: Any, incident: Incident) -> str:
    return link(request, "incidents:dossier", incident.pk)


def _trail(request: Any, incident: Incident) -> list[tuple[str, str]]:
    return [*trail(request, incident), (_("The file"), _file(request, incident))]


@page(VIEW)
def dossier(request: Any, pk: int) -> HttpResponse:
    """Show all that the file of an incident holds."""
    found = incident_of(request, pk)
    return pages.detail_page(
        request,
        found,
        title=titled(found, _("The file of %(incident)s") % {"incident": found}),
        panels=panels.everything(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/incident.html"},
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file: its form, what it begins with, and what keeps it."""

    title: Any
    form: type[Form]
    start: tuple[str, ...]
    keep: Callable[[Any, Incident, Any], object]
    done: Any


def _take(actor: Any, found: Incident, form: Any) -> object:
    return exhibits.take(actor=actor, incident=found, wanted=form.wanted(), file=form.given())


def _traces(actor: Any, found: Incident, form: Any) -> object:
    return services.add_indicators(actor=actor, incident=found, **form.cleaned_data)


def _cost(actor: Any, found: Incident, form: Any) -> object:
    return services.add_cost(actor=actor, incident=found, wanted=form.wanted())


def _police(actor: Any, found: Incident, form: Any) -> object:
    return services.tell_police(actor=actor, incident=found, **form.cleaned_data)


def _contact(actor: Any, found: Incident, form: Any) -> object:
    return services.write_contact(actor=actor, incident=found, **form.cleaned_data)


PARTS = {
    "bewijs": Part(
        gettext_lazy("Take into custody"), forms.ExhibitForm, ("at", "by"), _take,
        gettext_lazy("It is in custody, with its hash."),
    ),
    "sporen": Part(
        gettext_lazy("Add traces"), forms.IndicatorsForm, (), _traces,
        gettext_lazy("The traces have been added."),
    ),
    "kosten": Part(
        gettext_lazy("Add costs"), forms.CostForm, ("budget_year",), _cost,
        gettext_lazy("The costs have been added."),
    ),
    "aangifte": Part(
        gettext_lazy("Record the police report"), forms.PoliceForm, ("at",), _police,
        gettext_lazy("Recorded."),
    ),
    "contact": Part(
        gettext_lazy("Write down who was told"), forms.ContactForm, ("at", "by"), _contact,
        gettext_lazy("Written down."),
    ),
}  # fmt: skip


@page(HANDLE, writes=True)
def add_to_file(request: Any, pk: int, kind: str) -> HttpResponse:
    """Add to one part of the file."""
    found, part = incident_of(request, pk), PARTS.get(kind)
    if part is None:
        raise Http404
    start = {"at": clock.now(), "by": request.actor.name, "budget_year": clock.today().year}
    return pages.form_page(
        request,
        part.form(
            request.POST or None,
            request.FILES or None,
            initial={name: start[name] for name in part.start},
        ),
        title=titled(found, str(part.title)),
        submit=_("Record"),
        back=_file(request, found),
        trail=_trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda form: _added(request, found, part, form),
    )


def _added(request: Any, found: Incident, part: Part, form: Any) -> str:
    part.keep(request.actor, found, form)
    messages.success(request, str(part.done))
    return _file(request, found)


def _exhibit(request: Any, pk: int) -> Exhibit:
    rows = Exhibit.objects.filter(organisation_id=request.actor.organisation_id)
    return get_object_or_404(rows.select_related("incident", "upload"), pk=pk)


@page(HANDLE, writes=True)
def hand_over_exhibit(request: Any, pk: int) -> HttpResponse:
    """Record that evidence was handed over."""
    row = _exhibit(request, pk)
    start = {"at": clock.now(), "by": request.actor.name}
    return pages.form_page(
        request,
        forms.HandOverForm(request.POST or None, initial=start),
        title=titled(row.incident, _("Hand over %(exhibit)s") % {"exhibit": row}),
        purpose=_("It becomes a link of the chain of custody, and stays as you write it."),
        submit=_("Record"),
        back=_file(request, row.incident),
        trail=_trail(request, row.incident),
        extra={"template": "incidents/form.html", "incident": row.incident},
        on_valid=lambda form: _handed_over(request, row, form),
    )


def _handed_over(request: Any, row: Exhibit, form: Any) -> str:
    exhibits.hand_over(actor=request.actor, exhibit=row, **form.cleaned_data)
    messages.success(request, _("Recorded."))
    return _file(request, row.incident)


@page(HANDLE, writes=True)
@require_POST
def check_exhibit(request: Any, pk: int) -> HttpResponse:
    """Reckon the hash of evidence again."""
    row = _exhibit(request, pk)
    if exhibits.check(actor=request.actor, exhibit=row).equal:
        messages.success(request, _("The hash is equal: the file is as it was taken."))
    else:
        messages.error(request, _("The hash is NOT equal: the file is not as it was taken."))
    return redirect(_file(request, row.incident))


@page(HANDLE)
def download_exhibit(request: Any, pk: int) -> HttpResponse:
    """Hand out evidence: always as a file without a type, never shown."""
    row = _exhibit(request, pk)
    path = uploads.path_of(row.organisation_id, row.sha256)
    if row.upload is None or not path.is_file():
        raise Http404
    kind, name = "application/octet-stream", row.upload.name
    sent = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)
    response = cast(HttpResponse, sent)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


@page(VIEW)
def indicators(request: Any, pk: int) -> HttpResponse:
    """List the traces of an incident; as a file they are as they are, for machines."""
    found = incident_of(request, pk)
    return pages.list_page(
        request,
        selectors.indicators(found),
        table=IndicatorTable,
        title=titled(found, _("Traces of %(incident)s") % {"incident": found.reference}),
        purpose=_("Shown so that nobody clicks on them by mistake. In a file they stand as they"
                  " are."),
        trail=_trail(request, found),
        empty=Empty(_("No traces have been recorded.")),
    )  # fmt: skip


@page(HANDLE, writes=True)
def strike(request: Any, kind: str, pk: int) -> HttpResponse:
    """Strike out a trace or a cost."""
    row: Indicator | Cost
    own = {"organisation_id": request.actor.organisation_id, "pk": pk}
    if kind == "spoor":
        row = get_object_or_404(Indicator.objects.select_related("incident"), **own)
    elif kind == "kosten":
        row = get_object_or_404(Cost.objects.select_related("incident"), **own)
    else:
        raise Http404
    return pages.confirm_page(
        request,
        title=titled(row.incident, _("Strike out: %(what)s") % {"what": row}),
        text=_("It counts no more. It stays in the history, with your reason."),
        submit=_("Strike out"),
        back=_file(request, row.incident),
        trail=_trail(request, row.incident),
        on_confirm=lambda reason: _struck(request, row, reason),
    )


def _struck(request: Any, row: Indicator | Cost, reason: str) -> str:
    services.strike(actor=request.actor, row=row, reason=reason)
    messages.success(request, _("Struck out."))
    return _file(request, row.incident)
