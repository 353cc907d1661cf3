# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposing a co-operation that is not in the register, and its parts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.cooperation.forms import ParticipantForm, ProposalForm, SeatForm, TaskForm
from dijkring.cooperation.models import Cooperation, ProposedParticipant, Seat, Task
from dijkring.cooperation.selectors import register as select
from dijkring.cooperation.services import proposals as services
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link

RIGHT = services.RIGHT
FIELDS = tuple(ProposalForm.base_fields)


def _proposal(request: Any, pk: int) -> Cooperation:
    own = Cooperation.objects.select_related("host")
    return get_object_or_404(own, pk=pk, organisation_id=request.actor.organisation_id)


def _back(request: Any, found: Cooperation) -> str:
    return link(request, "cooperation:cooperation", found.pk)


@page(RIGHT, writes=True)
def propose(request: Any) -> HttpResponse:
    """Propose a co-operation."""
    return pages.form_page(
        request,
        ProposalForm(request.POST or None),
        title=_("Propose a co-operation"),
        purpose=_(
            "Only your organisation sees it, until an operator of Dijkring takes it into the "
            "register. You can work with it at once."
        ),
        submit=_("Propose it"),
        back=link(request, "cooperation:cooperations"),
        on_valid=lambda valid: _propose(request, valid.cleaned_data),
    )


def _propose(request: Any, values: dict[str, Any]) -> str:
    made = services.propose(actor=request.actor, **values)
    messages.success(request, _("The proposal is there. Now say who takes part and in what."))
    return _back(request, made)


@page(RIGHT, writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change what a proposal says."""
    found = _proposal(request, pk)
    return pages.form_page(
        request,
        ProposalForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS}),
        title=_("Change: %(name)s") % {"name": found},
        submit=_("Save"),
        back=_back(request, found),
        stored=True,
        on_valid=lambda valid: _change(request, found, valid.cleaned_data),
    )


def _change(request: Any, found: Cooperation, values: dict[str, Any]) -> str:
    services.change(actor=request.actor, cooperation=found, **values)
    messages.success(request, _("The proposal has been changed."))
    return _back(request, found)


@page(RIGHT, writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw a proposal."""
    found = _proposal(request, pk)
    return pages.confirm_page(
        request,
        title=_("Withdraw: %(name)s") % {"name": found},
        text=_("The proposal goes, with its participants, tasks and places."),
        submit=_("Withdraw the proposal"),
        back=_back(request, found),
        on_confirm=lambda _reason: _withdraw(request, found),
    )


def _withdraw(request: Any, found: Cooperation) -> str:
    services.withdraw(actor=request.actor, cooperation=found)
    messages.success(request, _("The proposal has been withdrawn."))
    return link(request, "cooperation:cooperations")


@page(RIGHT, writes=True)
def add_participant(request: Any, pk: int) -> HttpResponse:
    """Let an organisation take part in a proposal."""
    found = _proposal(request, pk)
    return _part(
        request,
        found,
        ParticipantForm(request.POST or None),
        _("Add a participant"),
        services.add_participant,
    )


@page(RIGHT, writes=True)
def add_task(request: Any, pk: int) -> HttpResponse:
    """Add a task to a proposal."""
    found = _proposal(request, pk)
    form = TaskForm(request.POST or None, participants=_inside(found))
    return _part(request, found, form, _("Add a task"), services.add_task)


@page(RIGHT, writes=True)
def add_seat(request: Any, pk: int) -> HttpResponse:
    """Say which function sits where in a proposal."""
    found = _proposal(request, pk)
    form = SeatForm(request.POST or None, participants=_inside(found))
    return _part(request, found, form, _("Say who governs"), services.add_seat)


def _inside(found: Cooperation) -> list[int]:
    return [member.participant.pk for member in select.members(found)]


def _part(request: Any, found: Cooperation, form: Any, title: str, service: Any) -> HttpResponse:
    def carry_out(valid: Any) -> str:
        service(actor=request.actor, cooperation=found, **valid.cleaned_data)
        messages.success(request, _("Added."))
        return _back(request, found)

    return pages.form_page(
        request,
        form,
        title=title,
        purpose=found.name,
        submit=title,
        back=_back(request, found),
        on_valid=carry_out,
        trail=[(found.name, _back(request, found))],
    )


@page(RIGHT, writes=True)
def remove_participant(request: Any, pk: int) -> HttpResponse:
    """Take a participant out of a proposal."""
    rows = ProposedParticipant.objects.select_related("cooperation", "participant")
    row = get_object_or_404(rows, pk=pk)
    return _out(request, row, lambda: services.remove_participant(actor=request.actor, row=row))


@page(RIGHT, writes=True)
def remove_task(request: Any, pk: int) -> HttpResponse:
    """Take a task out of a proposal."""
    row = get_object_or_404(Task.objects.select_related("cooperation"), pk=pk)
    return _out(request, row, lambda: services.remove_task(actor=request.actor, task=row))


@page(RIGHT, writes=True)
def remove_seat(request: Any, pk: int) -> HttpResponse:
    """Take a place out of a proposal."""
    row = get_object_or_404(Seat.objects.select_related("cooperation"), pk=pk)
    return _out(request, row, lambda: services.remove_seat(actor=request.actor, seat=row))


def _out(request: Any, row: Any, remove: Any) -> HttpResponse:
    if row.organisation_id != request.actor.organisation_id:
        raise Http404
    back = _back(request, row.cooperation)

    def carry_out(_reason: str) -> str:
        remove()
        messages.success(request, _("Taken out."))
        return back

    return pages.confirm_page(
        request,
        title=_("Take out: %(what)s") % {"what": row},
        text=_("It goes out of the proposal."),
        submit=_("Take out"),
        back=back,
        on_confirm=carry_out,
    )
