# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks: starting a playbook, adding one's own, doing and skipping."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents.forms.playbooks import AWARE, AddTaskForm, StartForm, TaskForm
from dijkring.incidents.models import Incident, Task
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.services import playbooks as services
from dijkring.incidents.views.incidents import back_to, incident_of, titled, trail
from dijkring.organisations.services import colleagues
from dijkring.ui import pages


def _people(request: Any) -> list[tuple[int, str]]:
    return [(one.user_id, str(one.user)) for one in colleagues(request.actor.organisation_id)]


def _form(request: Any, found: Incident, form: Any, **options: Any) -> HttpResponse:
    """Show a form about the tasks of an incident."""
    return pages.form_page(
        request,
        form,
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        **options,
    )


@page(HANDLE, writes=True)
def start_playbook(request: Any, pk: int) -> HttpResponse:
    """Start a playbook: its steps become tasks."""
    found = incident_of(request, pk)
    every = selectors.fitting(found, selectors.known(request.actor.organisation_id))
    choices = [
        (one.key, f"{in_language(dict(one.title))}: {in_language(dict(one.when))}") for one in every
    ]
    return _form(
        request,
        found,
        StartForm(request.POST or None, choices=choices),
        title=titled(found, _("Start a playbook")),
        purpose=_("Its steps become tasks. Those that fit the category of the incident stand"
                  " first."),
        submit=_("Start"),
        on_valid=lambda form: _started(request, found, form),
    )  # fmt: skip


def _started(request: Any, found: Incident, form: StartForm) -> str:
    aware = clocks.latest(found)
    counted = form.cleaned_data["counted_from"] == AWARE and aware is not None
    made = services.start(
        actor=request.actor,
        incident=found,
        key=form.cleaned_data["key"],
        counted_from=aware.at if counted and aware else clock.now(),
    )
    words = ngettext("%(n)d task has been made.", "%(n)d tasks have been made.", len(made))
    messages.success(request, words % {"n": len(made)})
    return back_to(request, found)


@page(HANDLE, writes=True)
def add_task(request: Any, pk: int) -> HttpResponse:
    """Add a task of one's own."""
    found = incident_of(request, pk)
    return _form(
        request,
        found,
        AddTaskForm(request.POST or None, people=_people(request)),
        title=titled(found, _("Add a task")),
        submit=_("Add"),
        on_valid=lambda form: _added(request, found, form),
    )


def _added(request: Any, found: Incident, form: AddTaskForm) -> str:
    services.add(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("The task stands with the incident."))
    return back_to(request, found)


def _task(request: Any, pk: int) -> Task:
    rows = Task.objects.filter(organisation_id=request.actor.organisation_id)
    return get_object_or_404(rows.select_related("incident"), pk=pk)


@page(HANDLE, writes=True)
def task(request: Any, pk: int) -> HttpResponse:
    """Say who does a task by when, or that it is done or skipped."""
    row = _task(request, pk)
    names = ("state", "reason", "assignee_id", "due_at")
    start = {name: getattr(row, name) for name in names}
    return _form(
        request,
        row.incident,
        TaskForm(request.POST or None, people=_people(request), initial=start),
        title=titled(row.incident, in_language(row.words)),
        purpose=in_language(row.why),
        submit=_("Save"),
        stored=True,
        on_valid=lambda form: _changed(request, row, **form.cleaned_data),
    )


def _changed(request: Any, row: Task, *, state: str, reason: str, **given: Any) -> str:
    services.assign(actor=request.actor, task=row, **given)
    services.end(actor=request.actor, task=row, state=state, reason=reason)
    messages.success(request, _("Saved."))
    return back_to(request, row.incident)


@page(HANDLE, writes=True)
@require_POST
def task_done(request: Any, pk: int) -> HttpResponse:
    """Say that a task has been done."""
    row = _task(request, pk)
    services.end(actor=request.actor, task=row, state=Task.State.DONE)
    return redirect(back_to(request, row.incident))
