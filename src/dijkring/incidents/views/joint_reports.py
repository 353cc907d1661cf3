# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of reports in a joint incident: offering drafts, mandates, handing in for a member."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents import joint_words as said
from dijkring.incidents.forms.joint import MandateForm, OfferForm, SubmitForForm
from dijkring.incidents.models import JointMandate
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Side
from dijkring.incidents.services import joint as leading
from dijkring.incidents.services import joint_reports as services
from dijkring.incidents.services.joint import LEAD
from dijkring.incidents.views.joint import done, form, side_of
from dijkring.organisations.models import Organisation
from dijkring.ui import pages
from dijkring.ui.pages import link


def _led(request: Any, pk: int) -> Side:
    side = side_of(request, pk)
    if not side.leads:
        raise Http404
    return side


@page(LEAD, writes=True)
def offer(request: Any, pk: int) -> HttpResponse:
    """Hand the text of one of our reports to the members, as a draft of their own."""
    side = _led(request, pk)
    drafts = {one.pk: one for one in services.drafts_of(side.incident)}
    names = [(one.pk, said.report_title(one.form)) for one in drafts.values()]
    empty = _("You have not begun a report yet. Begin one on the page of the incident.")
    return form(
        request,
        side,
        OfferForm(request.POST or None, reports=names),
        title=_("Offer the draft of a report"),
        purpose=_("Each member gets it in its own report, may change it, and hands it in itself.")
        if drafts
        else empty,
        submit=_("Offer to every member"),
        on_valid=lambda valid: _offered(request, side, drafts[valid.cleaned_data["report"]]),
    )


def _offered(request: Any, side: Side, report: Any) -> str:
    count = services.offer(actor=request.actor, report=report)
    words = ngettext(
        "The draft is under way to %(count)s member.",
        "The draft is under way to %(count)s members.",
        count,
    )
    return done(request, side, words % {"count": count})


@page(LEAD, writes=True)
def submit(request: Any, pk: int) -> HttpResponse:
    """Record that we handed in a report for a member, under its mandate."""
    side = _led(request, pk)
    assert side.joint is not None  # noqa: S101 -- who leads has one
    whom = [
        (f"{one.organisation.pk} {id}", f"{one.organisation}: {said.report_title(id)}"
         f" ({mandate.document})")
        for one, mandate, id in selectors.may_hand_in(side.joint)
    ]  # fmt: skip
    start = {"at": clock.now(), "by": request.actor.name}
    return form(
        request,
        side,
        SubmitForForm(request.POST or None, whom=whom, initial=start),
        title=_("Handed in for a member"),
        purpose=_("Nothing is sent from here. It comes in the register of the member as handed in"
                  " under its mandate; the member can call it back."),
        submit=_("Record"),
        on_valid=lambda valid: _submitted(request, side, valid),
    )  # fmt: skip


def _submitted(request: Any, side: Side, valid: SubmitForForm) -> str:
    member, obligation = valid.member_and_report()
    services.submit_for(
        actor=request.actor,
        incident=side.incident,
        member=get_object_or_404(Organisation, pk=member),
        obligation=obligation,
        given=valid.wanted(),
    )
    return done(request, side, _("Recorded. The member is told."))


@page(LEAD, writes=True)
@require_POST
def aware(request: Any, pk: int) -> HttpResponse:
    """Pass on to the members that our moment of awareness was amended."""
    side = _led(request, pk)
    leading.pass_on_awareness(actor=request.actor, incident=side.incident)
    return redirect(done(request, side, _("The members are told.")))


@page(services.GIVE, writes=True)
def mandate(request: Any, pk: int) -> HttpResponse:
    """Let who leads hand in reports in our name."""
    side = side_of(request, pk)
    if side.leads:
        raise Http404
    return form(
        request,
        side,
        MandateForm(request.POST or None, initial={"since": clock.now()}),
        title=_("Let %(who)s hand in reports for us") % {"who": side.provider},
        purpose=_("You stay responsible. You are told of each report, and can call it back and"
                  " withdraw the mandate at once. Only who may sign for your organisation can give"
                  " it."),
        submit=_("Give the mandate"),
        on_valid=lambda valid: _given(request, side, valid),
    )  # fmt: skip


def _given(request: Any, side: Side, valid: MandateForm) -> str:
    services.give(actor=request.actor, incident=side.incident, wanted=valid.wanted())
    return done(request, side, _("The mandate holds from the moment that you gave."))


@page(services.GIVE, writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw a mandate at once."""
    rows = JointMandate.objects.filter(organisation_id=request.actor.organisation_id)
    found = get_object_or_404(rows.select_related("provider"), pk=pk)
    back = link(request, "incidents:joints")
    return pages.confirm_page(
        request,
        title=_("Withdraw the mandate of %(who)s") % {"who": found.provider},
        text=_("It ends at once. What was handed in under it stands until you call it back."),
        submit=_("Withdraw"),
        back=back,
        trail=[(_("Joint incidents"), back)],
        on_confirm=lambda reason: _withdrawn(request, found, reason, back),
    )


def _withdrawn(request: Any, found: JointMandate, reason: str, back: str) -> str:
    services.withdraw(actor=request.actor, mandate=found, reason=reason)
    return back
