# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of what was agreed with partners."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.crisis import partners_words as words
from dijkring.crisis.filters.partners import AgreementFilter
from dijkring.crisis.forms.partners import AgreementForm
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.panels import partners as panels
from dijkring.crisis.rights import KEEP, VIEW
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.services import agreements as services
from dijkring.crisis.tables.partners import AgreementTable
from dijkring.crisis.views.partners import line_actions, trail_to
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def _trail(request: Any, *found: PartnerAgreement) -> list[tuple[str, str]]:
    overview = (_("Agreements with partners"), link(request, "crisis:agreements"))
    steps = [(str(one), link(request, "crisis:agreement", one.pk)) for one in found]
    return [*trail_to(request), overview, *steps]


@page(VIEW)
def agreements(request: Any) -> HttpResponse:
    """List the agreements."""
    add = Action(_("Record an agreement"), link(request, "crisis:add_agreement"), icon="plus")
    may = [add] if request.can(KEEP) else []
    return pages.list_page(
        request,
        selectors.agreements(request.actor.organisation_id),
        table=AgreementTable,
        filters=AgreementFilter,
        title=_("Agreements with partners"),
        purpose=_("What was agreed in quiet times, with whom, and when it is looked at again."),
        actions=may,
        empty=Empty(_("No agreement has been recorded yet."), add if may else None),
        trail=trail_to(request),
    )


def _one(request: Any, pk: int) -> PartnerAgreement:
    return get_object_or_404(selectors.agreements(request.actor.organisation_id), pk=pk)


@page(VIEW)
def agreement(request: Any, pk: int) -> HttpResponse:
    """Show one agreement."""
    found = _one(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.title,
        state=words.agreement_look(found),
        panels=panels.of_agreement(request, found),
        actions=line_actions(request, found, "afspraak", "crisis:change_agreement"),
        timeline=history(found),
        trail=_trail(request),
    )


def _kept(request: Any, made: PartnerAgreement) -> str:
    messages.success(request, _("Kept."))
    return link(request, "crisis:agreement", made.pk)


@page(KEEP, writes=True)
def add(request: Any) -> HttpResponse:
    """Record an agreement."""
    form = AgreementForm(request.POST or None, organisation_id=request.actor.organisation_id)
    return pages.form_page(
        request,
        form,
        title=_("Record an agreement"),
        submit=_("Keep"),
        back=link(request, "crisis:agreements"),
        trail=_trail(request),
        on_valid=lambda valid: _kept(
            request, services.add(actor=request.actor, values=valid.cleaned_data)
        ),
    )


@page(KEEP, writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change an agreement."""
    found = _one(request, pk)
    known = {**model_to_dict(found), "partners": [side.partner_id for side in found.sides.all()]}
    form = AgreementForm(
        request.POST or None, organisation_id=request.actor.organisation_id, initial=known
    )
    return pages.form_page(
        request,
        form,
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "crisis:agreement", pk),
        trail=_trail(request, found),
        stored=True,
        on_valid=lambda valid: _kept(
            request,
            services.change(actor=request.actor, agreement=found, values=valid.cleaned_data),
        ),
    )
