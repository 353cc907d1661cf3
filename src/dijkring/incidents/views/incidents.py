# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the register: lists, one incident, reporting, triage, the timeline, its sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents import sheets
from dijkring.incidents import words as said
from dijkring.incidents.filters.incidents import IncidentFilter
from dijkring.incidents.forms.incidents import EntryForm, ReportForm, TriageForm
from dijkring.incidents.models import FLOW, Incident
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import first
from dijkring.incidents.panels import incidents as panels
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.services import reporting as services
from dijkring.incidents.services.reporting import REPORT
from dijkring.incidents.tables.incidents import IncidentTable, MineTable
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

VIEW = "incidents.view"
OWN_PAGES = ("ended", "closed")


def incident_of(request: Any, pk: int) -> Incident:
    """Return an incident or exercise of the organisation, or 404."""
    return get_object_or_404(selectors.everything(request.actor.organisation_id), pk=pk)


def trail(request: Any, *incidents: Incident) -> list[tuple[str, str]]:
    """Return the way back to the register, and to an incident."""
    if any(one.exercise for one in incidents):
        overview = (_("Exercises of incidents"), link(request, "incidents:exercises"))
    else:
        overview = (_("Incidents"), link(request, "incidents:incidents"))
    return [
        overview,
        *((str(one), link(request, "incidents:incident", one.pk)) for one in incidents),
    ]


def back_to(request: Any, incident: Incident, part: str = "") -> str:
    """Return the address of an incident, or of a part of its page."""
    address = link(request, "incidents:incident", incident.pk)
    return f"{address}#{part}" if part else address


def titled(incident: Incident, title: str) -> str:
    """Return the title of a page about an incident; that of an exercise cannot be mistaken."""
    return said.marked(title, incident.exercise)


@page(VIEW)
def incidents(request: Any) -> HttpResponse:
    """List the incidents."""
    return _list(
        request,
        exercise=False,
        title=_("Incidents"),
        purpose=_("What happened, by when it must be reported, and what was learnt. Exercises"
                  " stand apart."),
        empty=_("No incident has been reported. That says nothing about whether there were any."),
    )  # fmt: skip


@page(VIEW)
def exercises(request: Any) -> HttpResponse:
    """List the exercises, apart from what was real."""
    return _list(
        request,
        exercise=True,
        title=_("Exercises of incidents"),
        purpose=_("Not real: these count in no figure and nobody outside hears of them."),
        empty=_("No incident has been exercised yet."),
    )


def _list(request: Any, *, exercise: bool, title: str, purpose: str, empty: str) -> HttpResponse:
    new = Action(_("Report an incident"), link(request, "incidents:report"), "primary", "plus")
    other = "incidents" if exercise else "exercises"
    more = [
        Action(_("Who is on call"), link(request, "incidents:oncall")),
        Action(_("Ways in"), link(request, "incidents:ways_in")),
    ]
    label = _("Incidents") if exercise else _("Exercises of incidents")
    return pages.list_page(
        request,
        selectors.incidents(request.actor.organisation_id, exercise=exercise),
        table=IncidentTable,
        filters=IncidentFilter,
        title=title,
        purpose=purpose,
        actions=[
            new,
            Action(_("Every deadline"), link(request, "incidents:clocks"), icon="waiting"),
            Action(label, link(request, f"incidents:{other}")),
            Action(_("House rules"), link(request, "incidents:rules")),
            *([] if exercise else more),
            Action(_("Playbooks"), link(request, "incidents:playbooks")),
            Action(_("How long they are kept"), link(request, "incidents:keeping")),
        ],
        extra={"template": "incidents/exercises.html"} if exercise else None,
        empty=Empty(empty, new),
    )


@page(VIEW)
def incident(request: Any, pk: int) -> HttpResponse:
    """Show one incident: first what must be reported next, and by when."""
    found = incident_of(request, pk)
    every = clock_selectors.known(request.actor.organisation_id)
    clocks = clock_selectors.of_incident(found, every)
    return pages.detail_page(
        request,
        found,
        title=titled(found, str(found)),
        state=said.look(found),
        panels=[first.of_incident(request, found, clocks)],
        parts=panels.of_incident(request, found, clocks),
        actions=[*_actions(request, found), *_sheets(request, found)],
        trail=trail(request)[:1] if not found.exercise else trail(request, found)[:1],
        extra={"template": "incidents/incident.html"},
    )


def _actions(request: Any, found: Incident) -> list[Action]:
    if not request.can(HANDLE):
        return []
    to = {
        name: link(request, f"incidents:{name}", found.pk)
        for name in ("triage", "enter", "aware", "ask", "end", "take_up_again", "close")
    }
    again = Action(_("Take up again…"), to["take_up_again"])
    if found.state == Incident.State.CLOSED:
        return [again]
    ended = found.state == Incident.State.ENDED
    first = [Action(_("Close…"), to["close"], "primary"), again] if ended else []
    last = (
        []
        if ended or found.state == Incident.State.REPORTED
        else [Action(_("End handling…"), to["end"])]
    )
    return [
        *first,
        *_moves(request, found),
        Action(_("Triage"), to["triage"], icon="edit"),
        Action(_("Write down what happened"), to["enter"], icon="plus"),
        Action(_("Record awareness"), to["aware"]),
        Action(_("They ask for a report"), to["ask"]),
        *last,
    ]  # fmt: skip


def _moves(request: Any, found: Incident) -> list[Action]:
    return [
        Action(move.label, link(request, "incidents:move", found.pk, move.after), "primary",
               post=True)
        for move in FLOW.moves_from(found.state)
        if move.after not in OWN_PAGES and found.ended_at is None
    ]  # fmt: skip


def _sheets(request: Any, found: Incident) -> list[Action]:
    return [
        Action(words, link(request, "incidents:sheet", found.pk, kind), icon="document")
        for kind, words in (("pdf", _("Print as PDF")), ("odt", _("As ODT")))
    ]


@page(VIEW)
def sheet(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out an incident on paper."""
    found = incident_of(request, pk)
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    return sheets.hand_out_sheet(found, kind, organisation.name)


@page(REPORT, writes=True)
def report(request: Any) -> HttpResponse:
    """Report an incident."""
    may = request.can(HANDLE)
    form = ReportForm(request.POST or None, may_exercise=may, initial={"noticed_at": clock.now()})
    return pages.form_page(
        request,
        form,
        title=_("Report an incident"),
        purpose=_("Two minutes. Rather once too often than too late; who handles it sees to the"
                  " rest."),
        submit=_("Report"),
        back=link(request, "incidents:mine"),
        on_valid=lambda valid: _reported(request, valid),
    )  # fmt: skip


def _reported(request: Any, form: ReportForm) -> str:
    made = services.report(actor=request.actor, wanted=form.wanted())
    messages.success(
        request,
        _("Reported under number %(number)s. Leave everything as it is, and do not switch it off"
          " unless somebody asks you to.") % {"number": made.reference},
    )  # fmt: skip
    if request.can(VIEW):
        return link(request, "incidents:incident", made.pk)
    return link(request, "incidents:mine")


@page(REPORT)
def mine(request: Any) -> HttpResponse:
    """Show what somebody reported; who may not see incidents sees this much."""
    new = Action(_("Report an incident"), link(request, "incidents:report"), "primary", "plus")
    return pages.list_page(
        request,
        selectors.mine(request.actor.organisation_id, request.actor.user_id),
        table=MineTable,
        title=_("What you reported"),
        purpose=_("How your own reports stand."),
        actions=[new],
        empty=Empty(_("You have not reported anything."), new),
    )


@page(HANDLE, writes=True)
def triage(request: Any, pk: int) -> HttpResponse:
    """Record what is known of an incident."""
    found = incident_of(request, pk)
    organisation_id = request.actor.organisation_id
    start = {**services.values_of(found), "owner": found.owner_id, "version": found.version}
    form = TriageForm(
        request.POST or None,
        people=[(one.user_id, str(one.user)) for one in colleagues(organisation_id)],
        rules=selectors.house_choices(organisation_id),
        initial=start,
    )
    return pages.form_page(
        request,
        form,
        title=titled(found, _("Triage of %(incident)s") % {"incident": found.reference}),
        submit=_("Save"),
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda valid: _triaged(request, found, valid),
    )


def _triaged(request: Any, found: Incident, form: TriageForm) -> str:
    version = form.cleaned_data["version"]
    try:
        services.triage(actor=request.actor, incident=found, wanted=form.wanted(), version=version)
    except services.Overtaken as overtaken:
        form.renew(overtaken.version)
        raise
    messages.success(request, _("Saved."))
    return back_to(request, found)


@page(HANDLE, writes=True)
@require_POST
def move(request: Any, pk: int, to: str) -> HttpResponse:
    """Take an incident up, or begin to handle it."""
    found = incident_of(request, pk)
    services.move(actor=request.actor, incident=found, to=to)
    return redirect(back_to(request, found))


@page(HANDLE, writes=True)
def enter(request: Any, pk: int) -> HttpResponse:
    """Write down what happened."""
    found = incident_of(request, pk)
    return pages.form_page(
        request,
        EntryForm(request.POST or None, initial={"at": clock.now()}),
        title=titled(found, _("Write down what happened")),
        purpose=_("It stays as you write it. Was it wrong? Then write that down as well."),
        submit=_("Write down"),
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda form: _entered(request, found, form),
    )


def _entered(request: Any, found: Incident, form: Any) -> str:
    services.enter(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("Written down."))
    return back_to(request, found, panels.INQUIRY)
