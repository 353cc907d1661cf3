# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: the question page, and the powers that the organisation gave itself."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.crisis import partners_words as words
from dijkring.crisis.forms.partners import PowerForm
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.panels import partners as panels
from dijkring.crisis.powers import measures, read_on
from dijkring.crisis.rights import KEEP, VIEW
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.selectors.powers import who_may as answers_of
from dijkring.crisis.services import powers as services
from dijkring.crisis.views.partners import line_actions, trail_to
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


def _trail(request: Any, *found: GivenPower) -> list[tuple[str, str]]:
    overview = (_("Who may do what"), link(request, "crisis:who_may"))
    steps = [(str(one), link(request, "crisis:power", one.pk)) for one in found]
    return [*trail_to(request), overview, *steps]


@page(VIEW)
def who_may(request: Any) -> HttpResponse:
    """Answer who may do a measure, on which article, with which limit."""
    chosen = request.GET.get("measure", "")
    wanted = [chosen] if chosen in measures() else []
    answers = answers_of(request.actor.organisation_id, *wanted) if wanted else []
    give = Action(_("Record a mandate or agreement"), link(request, "crisis:add_power"))
    return render(
        request,
        "crisis/who_may.html",
        {
            "title": _("Who may do what"),
            "purpose": _("Choose what you want to do. You see who may, on which article, with which"
                         " limit. What the law does not give is named as such."),
            "trail": trail_to(request),
            "actions": [give] if request.can(KEEP) else [],
            "measures": words.measure_choices(),
            "chosen": chosen if wanted else "",
            "answers": [panels.answer(one) for one in answers],
            "read_on": read_on(),
        },
    )  # fmt: skip


def _one(request: Any, pk: int) -> GivenPower:
    return get_object_or_404(selectors.given(request.actor.organisation_id), pk=pk)


@page(VIEW)
def power(request: Any, pk: int) -> HttpResponse:
    """Show one given power."""
    found = _one(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.what,
        state=words.given_look(found),
        panels=[panels.of_given(request, found)],
        actions=line_actions(request, found, "bevoegdheid", "crisis:change_power"),
        timeline=history(found),
        trail=_trail(request),
    )


def _kept(request: Any, made: GivenPower) -> str:
    messages.success(request, _("Kept."))
    return link(request, "crisis:power", made.pk)


@page(KEEP, writes=True)
def add(request: Any) -> HttpResponse:
    """Record a given power."""
    form = PowerForm(
        request.POST or None,
        organisation_id=request.actor.organisation_id,
        initial={"measure": request.GET.get("measure", "")},
    )
    return pages.form_page(
        request,
        form,
        title=_("Record a mandate or agreement"),
        purpose=_("The powers of the law stand here already. Add what you gave somebody yourself."),
        submit=_("Keep"),
        back=link(request, "crisis:who_may"),
        trail=_trail(request),
        on_valid=lambda valid: _kept(
            request, services.give(actor=request.actor, values=valid.cleaned_data)
        ),
    )


@page(KEEP, writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change a given power."""
    found = _one(request, pk)
    form = PowerForm(
        request.POST or None,
        organisation_id=request.actor.organisation_id,
        initial=model_to_dict(found),
    )
    return pages.form_page(
        request,
        form,
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "crisis:power", pk),
        trail=_trail(request, found),
        stored=True,
        on_valid=lambda valid: _kept(
            request, services.change(actor=request.actor, given=found, values=valid.cleaned_data)
        ),
    )
