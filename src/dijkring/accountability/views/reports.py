# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Today, the report to the council and the national picture."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.accountability import blocks, services
from dijkring.accountability.forms import ReportForm
from dijkring.accountability.models import FLOW, Report
from dijkring.accountability.selectors import national as select_national
from dijkring.accountability.selectors import reporting
from dijkring.accountability.selectors import today as select_today
from dijkring.accountability.tables import ReportTable
from dijkring.core import jobs
from dijkring.core.access import Role
from dijkring.core.web import page
from dijkring.documents import html, odt, pdf
from dijkring.documents.blocks import Document
from dijkring.evidence.panels import profile_chart, profile_words
from dijkring.evidence.selectors.standings import Profile
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.words import date_words
from dijkring.workplace.selectors import house

BRIEF = {Role.BOARD, Role.SECRETARY}
WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "html": (lambda document: html.to_html(document).encode(), "text/html; charset=utf-8"),
    "pdf": (pdf.to_pdf, "application/pdf"),
    "odt": (odt.to_odt, "application/vnd.oasis.opendocument.text"),
}


@page("accountability.today")
def today(request: Any) -> HttpResponse:
    """Show what is wrong and what is due, for this person."""
    visit = services.visit(actor=request.actor)
    few = select_today.FEW if request.actor.role in BRIEF else select_today.MOST
    everything = request.GET.get("all") == "1"
    found = select_today.today(request.actor, visit, most=None if everything else few)
    chart = profile_chart(found.profile, _("Where we stand")) if found.profile else None
    words = profile_words(found.profile) if found.profile else ""
    context = {
        "today": found,
        "everything": everything,
        "chart": chart,
        "words": words,
        "title": _("Today"),
    }
    return render(request, "accountability/today.html", context)


@page("accountability.national")
def national(request: Any) -> HttpResponse:
    """Show the national picture to the CSIRT."""
    if request.organisation.kind != "csirt":
        raise Http404
    found = select_national.national("bio2")
    chart = profile_chart(Profile(found.counts, found.total, ()), _("All organisations together"))
    context = {
        "found": found,
        "chart": chart if found.organisations else None,
        "title": _("National picture"),
    }
    return render(request, "accountability/national.html", context)


@page("accountability.view")
def reports(request: Any) -> HttpResponse:
    """List the reports to the council."""
    new = Action(_("Make a report"), link(request, "accountability:new_report"), "primary")
    can = request.can("accountability.make")
    return pages.list_page(
        request,
        Report.objects.filter(organisation_id=request.actor.organisation_id).select_related(
            "made_by"
        ),
        table=ReportTable,
        title=_("Report to the council"),
        purpose=_(
            "Where we stand over a period, what changed, what is being done and what is not known."
        ),
        actions=[new] if can else [],
        empty=pages.Empty(_("No report has been made yet."), new if can else None),
    )


@page("accountability.make", writes=True)
def new_report(request: Any) -> HttpResponse:
    """Start making a report; a job does the work."""
    return pages.form_page(
        request,
        ReportForm(
            request.POST or None,
            initial={
                **reporting.proposed_period(request.actor.organisation_id),
                "title": request.GET.get("title", "")[:200],
            },
        ),
        title=_("Make a report"),
        purpose=_("The figures come from facts and judgements; you type none of them."),
        submit=_("Make it"),
        back=link(request, "accountability:reports"),
        on_valid=lambda valid: _start(request, valid.cleaned_data),
    )


def _start(request: Any, values: dict[str, Any]) -> str:
    services.check_period(values["first"], values["last"])
    days = {name: date_words(values[name]) for name in ("first", "last")}
    job = jobs.start(
        actor=request.actor,
        kind="accountability.report",
        title=values["title"] or _("Digital safety, %(first)s to %(last)s") % days,
        first=values["first"].toordinal(),
        last=values["last"].toordinal(),
    )
    return link(request, "organisations:job", job.pk)


@page("accountability.view")
def report(request: Any, pk: int) -> HttpResponse:
    """Show the public part of a report, its steps and what can be done."""
    found = _report(pk)
    return render(
        request,
        "accountability/report.html",
        {
            "report": found,
            "title": found.title,
            "body": html.to_fragment(blocks.public_document(found, request.organisation.name)),
            "steps": found.steps.select_related("by"),
            "may_see_annex": request.can("accountability.annex"),
            "moves": [move for move in FLOW.moves_from(found.status) if request.can(move.right)],
            "trail": [(_("Report to the council"), link(request, "accountability:reports"))],
        },
    )


def _report(pk: int) -> Report:
    return get_object_or_404(Report.objects.select_related("previous", "made_by"), pk=pk)


@page("accountability.view", writes=True)
def move(request: Any, pk: int, to: str) -> HttpResponse:
    """Take a report to its next step, with a remark; back to concept only with one."""
    found = _report(pk)
    step = FLOW.move(found.status, to)
    request.actor.require(step.right)
    return pages.confirm_page(
        request,
        title=step.label,
        text=_("%(title)s goes from '%(before)s' to '%(after)s'.")
        % {
            "title": found.title,
            "before": found.get_status_display(),
            "after": Report.Status(to).label,
        },
        submit=step.label,
        back=link(request, "accountability:report", pk),
        on_confirm=lambda reason: _move(request, found, to, reason),
    )


def _move(request: Any, found: Report, to: str, note: str) -> str:
    services.move(actor=request.actor, report=found, to=to, note=note)
    messages.success(request, _("The report has moved on."))
    return link(request, "accountability:report", found.pk)


@page("accountability.view")
def public_part(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out the public part as a document."""
    found = _report(pk)
    document = blocks.public_document(found, request.organisation.name)
    return _file(request, document, kind, "openbaar")


@page("accountability.annex")
def annex(request: Any, pk: int) -> HttpResponse:
    """Show the confidential annex."""
    found = _report(pk)
    body = html.to_fragment(blocks.annex_document(found, request.organisation.name))
    trail = [(found.title, link(request, "accountability:report", pk))]
    context = {
        "report": found,
        "title": _("Confidential annex"),
        "body": body,
        "trail": trail,
        "annex": True,
    }
    return render(request, "accountability/report.html", context)


@page("accountability.annex")
def annex_part(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out the confidential annex as a document."""
    found = _report(pk)
    document = blocks.annex_document(found, request.organisation.name)
    return _file(request, document, kind, "bijlage-geheim")


def _file(request: Any, document: Document, kind: str, part: str) -> HttpResponse:
    if kind not in WRITERS:
        raise Http404
    write, media_type = WRITERS[kind]
    document = replace(document, house=house(request.organisation.organisation_id))
    response = HttpResponse(write(document), content_type=media_type)
    name = f"{slugify(document.author_organisation)}-raad-{document.date.isoformat()}-{part}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
