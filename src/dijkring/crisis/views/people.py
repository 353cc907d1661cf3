# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is needed in a crisis, and what they were asked to do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.crisis import look
from dijkring.crisis.forms.crises import CallForm, PersonForm, TaskForm
from dijkring.crisis.models import Crisis, Participant, Task
from dijkring.crisis.rights import VIEW, WRITE
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.services import log
from dijkring.crisis.services import people as services
from dijkring.crisis.views.crises import back_to, crisis_of, trail
from dijkring.ui import pages


def may_write(request: Any, found: Crisis) -> bool:
    """Tell whether somebody may add to a crisis now."""
    return bool(request.can(WRITE)) and found.is_open


@page(VIEW)
def people(request: Any, pk: int) -> HttpResponse:
    """Show who is needed, reached and there."""
    found = crisis_of(request, pk)
    rows = [(one, look.person_look(one), _last(one)) for one in selectors.people(found)]
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("People")),
        purpose=_("Who is needed, whether they were reached, and who is there."),
        trail=trail(request, found),
        extra={
            "template": "crisis/people.html",
            "rows": rows,
            "form": PersonForm(),
            "may": may_write(request, found),
        },
    )


def _last(person: Participant) -> Any:
    return next(reversed(person.attempts.all()), None)


@page(WRITE, writes=True)
def add_person(request: Any, pk: int) -> HttpResponse:
    """Ask for somebody else."""
    found = crisis_of(request, pk)
    return pages.form_page(
        request,
        PersonForm(request.POST or None),
        title=look.titled(found, _("Ask for somebody else")),
        submit=_("Add"),
        back=back_to(request, found, "people"),
        trail=trail(request, found),
        on_valid=lambda form: _added(request, found, form),
    )


def _added(request: Any, found: Crisis, form: Any) -> str:
    services.add(actor=request.actor, crisis=found, **form.cleaned_data)
    return back_to(request, found, "people")


def _person(request: Any, pk: int) -> Participant:
    rows = Participant.objects.filter(organisation_id=request.actor.organisation_id)
    person = get_object_or_404(rows.select_related("crisis__incident"), pk=pk)
    request.crisis = person.crisis
    return person


@page(WRITE, writes=True)
def call(request: Any, pk: int) -> HttpResponse:
    """Say who fills a function, and record an attempt to reach them."""
    person = _person(request, pk)
    start = {"name": person.name, "phone": person.phone, "reached": "yes"}
    return pages.form_page(
        request,
        CallForm(request.POST or None, initial=start),
        title=look.titled(person.crisis, _("Call: %(who)s") % {"who": person.function}),
        purpose=person.phone,
        submit=_("Record"),
        back=back_to(request, person.crisis, "people"),
        trail=trail(request, person.crisis),
        on_valid=lambda form: _called(request, person, form),
    )


def _called(request: Any, person: Participant, form: CallForm) -> str:
    values = form.cleaned_data
    named = services.name_person(
        actor=request.actor, person=person, name=values["name"], phone=values["phone"]
    )
    if (wanted := form.called(clock.now())) is not None:
        services.call(actor=request.actor, person=named, wanted=wanted)
    return back_to(request, person.crisis, "people")


@page(WRITE, writes=True)
@require_POST
def mark(request: Any, pk: int, to: str) -> HttpResponse:
    """Record that somebody is there or left."""
    person = _person(request, pk)
    verbs = {"er": services.arrive, "weg": services.leave}
    if to not in verbs:
        raise Http404
    verbs[to](actor=request.actor, person=person)
    return redirect(back_to(request, person.crisis, "people"))


@page(VIEW)
def tasks(request: Any, pk: int) -> HttpResponse:
    """Show what was asked of whom."""
    found = crisis_of(request, pk)
    rows = [(one, look.TASKS[Task.State(one.state)]) for one in selectors.tasks(found)]
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("Tasks")),
        purpose=_("What somebody was asked to do, and what came of it."),
        trail=trail(request, found),
        extra={
            "template": "crisis/tasks.html",
            "rows": rows,
            "form": TaskForm(),
            "may_end": request.can(WRITE),
            "may": may_write(request, found),
        },
    )


@page(WRITE, writes=True)
def give_task(request: Any, pk: int) -> HttpResponse:
    """Ask somebody to do something."""
    found = crisis_of(request, pk)
    return pages.form_page(
        request,
        TaskForm(request.POST or None),
        title=look.titled(found, _("Hand out a task")),
        submit=_("Give"),
        back=back_to(request, found, "tasks"),
        trail=trail(request, found),
        on_valid=lambda form: _given(request, found, form),
    )


def _given(request: Any, found: Crisis, form: Any) -> str:
    log.give_task(actor=request.actor, crisis=found, **form.cleaned_data)
    return back_to(request, found, "tasks")


@page(WRITE, writes=True)
@require_POST
def end_task(request: Any, pk: int, state: str) -> HttpResponse:
    """Say that a task was done or is not needed any more."""
    rows = Task.objects.filter(organisation_id=request.actor.organisation_id)
    task = get_object_or_404(rows.select_related("crisis"), pk=pk)
    result = request.POST.get("result", "")
    log.end_task(actor=request.actor, task=task, state=state, result=result)
    messages.success(request, _("Recorded."))
    return redirect(back_to(request, task.crisis, "tasks"))
