# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the clocks: every deadline, awareness, the weighing, reports and requests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents.forms.clocks import AskForm, AwareForm, WeighForm
from dijkring.incidents.guides import YES, guides
from dijkring.incidents.hints import proposals
from dijkring.incidents.models import Incident, Significance, Submission
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.obligations import REQUESTED
from dijkring.incidents.panels.incidents import REPORTS
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.selectors.clocks import PRIVACY
from dijkring.incidents.services import clocks as services
from dijkring.incidents.services import judging
from dijkring.incidents.services.judging import DECIDE
from dijkring.incidents.tables.incidents import ClockTable
from dijkring.incidents.views.incidents import VIEW, back_to, incident_of, titled, trail
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, Empty, link


@page(VIEW)
def clocks(request: Any) -> HttpResponse:
    """List every deadline that runs, the most urgent first."""
    return pages.list_page(
        request,
        selectors.open_clocks(request.actor.organisation_id),
        table=ClockTable,
        title=_("Deadlines of incidents"),
        purpose=_("What must still be reported, of every incident that is not closed. Not of"
                  " exercises."),
        trail=trail(request),
        actions=[Action(_("Incidents"), link(request, "incidents:incidents"))],
        empty=Empty(_("No report is due.")),
    )  # fmt: skip


def _form(request: Any, found: Incident, form: Any, **options: Any) -> HttpResponse:
    """Show a form about an incident."""
    extra = {"template": "incidents/form.html", "incident": found, **options.pop("extra", {})}
    return pages.form_page(
        request,
        form,
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        extra=extra,
        **options,
    )


@page(HANDLE, writes=True)
def aware(request: Any, pk: int) -> HttpResponse:
    """Record since when the organisation is aware, or amend it."""
    found = incident_of(request, pk)
    said = selectors.latest(found)
    before = (
        [_("It says now: aware of the event since %(at)s.") % {"at": words.moment_words(said.at)}]
        if said
        else []
    )
    return _form(
        request,
        found,
        AwareForm(request.POST or None, initial={"at": clock.now()}),
        title=titled(found, _("Aware since when?")),
        purpose=_("The clocks are counted from this. What was recorded before stays visible."),
        submit=_("Record"),
        extra={"before": before},
        on_valid=lambda form: _aware(request, found, form),
    )


def _aware(request: Any, found: Incident, form: AwareForm) -> str:
    services.become_aware(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("Recorded. Every clock has been reckoned anew."))
    return back_to(request, found, REPORTS)


@page(DECIDE, writes=True)
def weigh(request: Any, pk: int, regime: str) -> HttpResponse:
    """Weigh whether an incident must be reported."""
    found, guide = incident_of(request, pk), guides().get(regime)
    if guide is None:
        raise Http404
    request.actor.require(judging.right_to(regime))
    stands_in = regime == PRIVACY and judging.stands_in(request.actor)
    return _form(
        request,
        found,
        WeighForm(
            request.POST or None,
            guide=guide,
            known=proposals(found, regime),
            stands_in=stands_in,
        ),
        title=titled(found, in_language(dict(guide.title))),
        purpose=in_language(dict(guide.basis)),
        submit=_("Record the decision"),
        extra={"before": [
            _("One yes is enough to report; 'not known yet' counts as maybe."),
            in_language(dict(guide.note)),
        ]},
        on_valid=lambda form: _weighed(request, found, regime, form),
    )  # fmt: skip


def _weighed(request: Any, found: Incident, regime: str, form: WeighForm) -> str:
    made = services.weigh(
        actor=request.actor,
        incident=found,
        regime=regime,
        answers=form.answers(),
        report=form.cleaned_data["report"] == YES,
        reason=form.cleaned_data["reason"],
        standing_in=form.cleaned_data.get("standing_in", ""),
    )
    done = _("The decision has been recorded.")
    waits = _("Recorded. A second person must confirm it; until then the clocks run on.")
    messages.success(request, done if made.holds else waits)
    return back_to(request, found, REPORTS)


@page(DECIDE, writes=True)
def confirm(request: Any, pk: int) -> HttpResponse:
    """Confirm, as second person, that an incident need not be reported."""
    rows = Significance.objects.filter(organisation_id=request.actor.organisation_id)
    weighing = get_object_or_404(rows.select_related("incident", "decided_by"), pk=pk)
    found = weighing.incident
    return pages.confirm_page(
        request,
        title=titled(found, _("Confirm that %(incident)s need not be reported") % {
            "incident": found.reference
        }),
        text=_("%(who)s decided: %(reason)s. If you do not agree, weigh it again instead.") % {
            "who": words.person_words(weighing.decided_by),
            "reason": weighing.reason.rstrip("."),
        },
        submit=_("Confirm"),
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        on_confirm=lambda why: _confirmed(request, weighing, why),
    )  # fmt: skip


def _confirmed(request: Any, weighing: Significance, why: str) -> str:
    services.confirm(actor=request.actor, weighing=weighing, why=why)
    messages.success(request, _("Confirmed. It stays in the register; its clocks have stopped."))
    return back_to(request, weighing.incident, REPORTS)


@page(HANDLE, writes=True)
def call_back(request: Any, pk: int) -> HttpResponse:
    """Say that a report was not handed in as recorded."""
    rows = Submission.objects.filter(organisation_id=request.actor.organisation_id)
    submission = get_object_or_404(rows.select_related("incident"), pk=pk)
    found = submission.incident
    return pages.confirm_page(
        request,
        title=titled(found, _("This was not handed in like that")),
        text=_("It stays visible as called back. The clock runs again as if it was not handed in."),
        submit=_("Call back"),
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        on_confirm=lambda reason: _called_back(request, submission, reason),
    )


def _called_back(request: Any, submission: Submission, reason: str) -> str:
    services.call_back(actor=request.actor, submission=submission, reason=reason)
    messages.success(request, _("Called back. The clocks have been reckoned anew."))
    return back_to(request, submission.incident, REPORTS)


@page(HANDLE, writes=True)
def ask(request: Any, pk: int) -> HttpResponse:
    """Record that the CSIRT or the authority asks for a report."""
    found = incident_of(request, pk)
    every = selectors.known(request.actor.organisation_id)
    choices = [
        (one.obligation.id, in_language(dict(one.obligation.title)))
        for one in selectors.of_incident(found, every)
        if one.obligation.anchor == REQUESTED
    ]
    start = {"asked_at": clock.now(), "obligation": choices[0][0] if choices else ""}
    return _form(
        request,
        found,
        AskForm(request.POST or None, choices=choices, initial=start),
        title=titled(found, _("They ask for a report")),
        purpose=_("The CSIRT or the authority may ask for an interim report; then its clock runs."),
        submit=_("Record"),
        on_valid=lambda form: _asked(request, found, form),
    )


def _asked(request: Any, found: Incident, form: AskForm) -> str:
    services.ask(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("Recorded. The clock of this report runs."))
    return back_to(request, found, REPORTS)
