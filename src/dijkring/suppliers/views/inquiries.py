# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questionnaires inside: list, one, sending, a new link, withdrawing, comparing, sharing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.suppliers import words
from dijkring.suppliers.filters.register import InquiryFilter
from dijkring.suppliers.forms.asking import AskForm
from dijkring.suppliers.models import Inquiry, Supplier, SupplierSharing
from dijkring.suppliers.selectors import inquiries as selectors
from dijkring.suppliers.services import inquiries as services
from dijkring.suppliers.services import mailing
from dijkring.suppliers.services.inquiries import RIGHT, SHARE, Wanted
from dijkring.suppliers.tables.asking import InquiryTable
from dijkring.suppliers.views.suppliers import one_supplier, trail_to
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts, Markup

ANSWERS = SupplierSharing.What.ANSWERS.value


def _inquiry(request: Any, pk: int) -> Any:
    return get_object_or_404(selectors.inquiries(request.actor.organisation_id), pk=pk)


def _trail(request: Any, *found: Inquiry) -> list[tuple[str, str]]:
    overview = (_("Questionnaires"), link(request, "suppliers:inquiries"))
    return [overview, *((str(one), link(request, "suppliers:inquiry", one.pk)) for one in found)]


@page("suppliers.view")
def inquiries(request: Any) -> HttpResponse:
    """List the questionnaires, and what others heard from the same suppliers."""
    organisation_id = request.actor.organisation_id
    sharing = selectors.shares(organisation_id).get(ANSWERS)
    names = dict(Supplier.objects.filter(organisation_id=organisation_id).values_list("pk", "name"))
    offered = [(names[one.supplier_id], one) for one in selectors.shared()] if sharing else []
    return pages.list_page(
        request,
        selectors.inquiries(organisation_id),
        table=InquiryTable,
        filters=InquiryFilter,
        title=_("Questionnaires"),
        purpose=_("What suppliers say about our demands, by a link without an account."),
        actions=[Action(_("Compare answers"), link(request, "suppliers:compare"))],
        trail=trail_to(request),
        extra={
            "template": "suppliers/inquiries.html",
            "sharing": sharing,
            "offered": offered,
            "handed": selectors.handed_over(organisation_id),
            "may_share": request.can(SHARE),
            "may_take": request.can(RIGHT),
        },
        empty=Empty(_("No questionnaire was sent. Send one on the page of a supplier.")),
    )


@page("suppliers.view")
def inquiry(request: Any, pk: int) -> HttpResponse:
    """Show one questionnaire with its answers."""
    found = _inquiry(request, pk)
    replies = {one.demand: one for one in found.replies.all()}
    rows = [(row, replies.get(row["id"])) for row in found.demands]
    return pages.detail_page(
        request,
        found,
        title=_("Questionnaire to %(supplier)s") % {"supplier": found.supplier},
        state=words.inquiry_look(found),
        panels=[
            Facts(_("About this questionnaire"), _about(found)),
            Markup(_("Answers"), "suppliers/answers.html", {"rows": rows}),
        ],
        actions=_actions(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _about(found: Any) -> list[tuple[Any, Any]]:
    return [
        (_("Demands"), words.in_tongue(found.title)),
        (_("Version"), found.version),
        (_("About"), found.about),
        (_("Who there answers"), found.name),
        (_("Asked"), found.asked_at),
        (_("Asked by"), found.asked_by),
        (_("Link until"), found.expires_at),
        *_mailed(found),
        (_("Answered by"), found.submitted_by),
        (_("Answered"), found.submitted_at),
        (_("Others may use these answers"), _("yes") if found.may_travel else _("no")),
        (_("Taken over from"), found.taken_from),
    ]


def _mailed(found: Any) -> list[tuple[Any, Any]]:
    """Say what became of the e-mail that somebody asked for."""
    if found.mail_asked_at is None:
        return []
    if found.mail_failed:
        return [(_("Mailed"), _("it could not be mailed; give the link yourself, or try again"))]
    return [(_("Mailed"), _("under way") if mailing.waiting(found) else found.mailed_at)]


def _actions(request: Any, found: Inquiry) -> list[Action]:
    if not request.can(RIGHT):
        return []
    end = Action(_("Withdraw…"), link(request, "suppliers:withdraw", found.pk), danger=True)
    if found.state == Inquiry.State.OPEN:
        new = Action(_("New link"), link(request, "suppliers:new_link", found.pk), post=True)
        mail = Action(_("Mail the link"), link(request, "suppliers:mail_link", found.pk), post=True)
        return [*([mail] if found.email and not mailing.waiting(found) else []), new, end]
    if found.state == Inquiry.State.SUBMITTED and found.may_travel and not found.taken_from:
        to = link(request, "suppliers:hand_over", found.pk)
        return [Action(_("Hand over to another organisation…"), to)]
    return [end] if found.state == Inquiry.State.EXPIRED else []


@page(RIGHT, writes=True)
def ask(request: Any, pk: int) -> HttpResponse:
    """Put demands to a supplier; the link is shown once."""
    found = one_supplier(request, pk)
    made: list[str] = []
    response = pages.form_page(
        request,
        AskForm(request.POST or None, supplier=found),
        title=_("Questionnaire to %(supplier)s") % {"supplier": found},
        purpose=_("You get a link to give to the supplier. It works without an account."),
        submit=_("Make the link"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        on_valid=lambda form: _asked(request, found, form.wanted(), made),
    )
    return _shown_once(request, int(made[0]), made[1]) if made else response


def _asked(request: Any, found: Supplier, wanted: Wanted, made: list[str]) -> str:
    inquiry, token = services.ask(actor=request.actor, supplier=found, wanted=wanted)
    made += [str(inquiry.pk), token]
    return link(request, "suppliers:inquiry", inquiry.pk)


@page(RIGHT, writes=True)
@require_POST
def new_link(request: Any, pk: int) -> HttpResponse:
    """Make a new link; the one before stops working."""
    token = services.new_link(actor=request.actor, inquiry=_inquiry(request, pk))
    return _shown_once(request, pk, token)


def _shown_once(request: Any, pk: int, token: str) -> HttpResponse:
    """Show a link this once: only its hash is kept."""
    found = _inquiry(request, pk)
    context = {
        "title": _("The link for %(supplier)s") % {"supplier": found.supplier},
        "address": request.build_absolute_uri(reverse("questionnaire", args=[token])),
        "inquiry": found,
        "back": link(request, "suppliers:inquiry", pk),
        "trail": _trail(request, found),
    }
    response = render(request, "suppliers/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(RIGHT, writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw a questionnaire."""
    found = _inquiry(request, pk)
    return pages.confirm_page(
        request,
        title=_("Withdraw the questionnaire to %(supplier)s") % {"supplier": found.supplier},
        text=_("The link stops working at once. What was saved stays here."),
        submit=_("Withdraw"),
        back=link(request, "suppliers:inquiry", pk),
        trail=_trail(request, found),
        on_confirm=lambda reason: _withdrawn(request, found, reason),
    )


def _withdrawn(request: Any, found: Inquiry, reason: str) -> str:
    services.withdraw(actor=request.actor, inquiry=found, reason=reason)
    messages.success(request, _("The questionnaire has been withdrawn."))
    return link(request, "suppliers:inquiry", found.pk)


@page("suppliers.view")
def compare(request: Any) -> HttpResponse:
    """Put the answers of suppliers side by side."""
    rows = selectors.inquiries(request.actor.organisation_id).filter(submitted_at__isnull=False)
    answered = list(rows.order_by("supplier__name", "pk"))
    asked = {id_of(one) for one in request.GET.getlist("which")}
    chosen = [one for one in answered if one.pk in asked] or answered
    chosen = chosen[: selectors.MOST_COMPARED]
    context = {
        "title": _("Compare answers"),
        "purpose": _("What each supplier says about the same demand."),
        "trail": _trail(request),
        "answered": answered,
        "chosen": chosen,
        "rows": selectors.compare(chosen),
        "most": selectors.MOST_COMPARED,
    }
    return render(request, "suppliers/compare.html", context)


@page(SHARE, writes=True)
@require_POST
def share(request: Any, what: str) -> HttpResponse:
    """Share answers or the calendar with who shares them too."""
    _check(what)
    services.share(actor=request.actor, what=what)
    messages.success(request, _("Shared from now on."))
    return redirect(link(request, _PLACES[what]))


@page(SHARE, writes=True)
@require_POST
def stop_sharing(request: Any, what: str) -> HttpResponse:
    """End the sharing."""
    _check(what)
    services.stop_sharing(actor=request.actor, what=what)
    messages.success(request, _("Not shared any more."))
    return redirect(link(request, _PLACES[what]))


_PLACES = {ANSWERS: "suppliers:inquiries", "calendar": "suppliers:procurements"}


def _check(what: str) -> None:
    if what not in _PLACES:
        raise Http404


@page(RIGHT, writes=True)
@require_POST
def take_answers(request: Any, pk: int, inquiry_id: int) -> HttpResponse:
    """Keep answers that a supplier gave to another as ours."""
    offered = {(one.supplier_id, one.inquiry_id) for one in selectors.shared()}
    if (pk, inquiry_id) not in offered:
        raise Http404
    found = one_supplier(request, pk)
    kept = services.take_over(actor=request.actor, supplier=found, inquiry_id=inquiry_id)
    messages.success(request, _("The answers have been taken over."))
    return redirect(link(request, "suppliers:inquiry", kept.pk))
