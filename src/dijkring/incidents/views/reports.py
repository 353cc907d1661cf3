# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of reports: begin, read and copy, fill in, review, hand in, hand over, hand out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents import help_requests, report_documents
from dijkring.incidents import report_words as said
from dijkring.incidents.forms.reports import (
    ACCEPT,
    AnswerForm,
    ReceiverForm,
    ReportHandedInForm,
    ReviewForm,
    TextsForm,
)
from dijkring.incidents.models import Incident, Report
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import reports as panels
from dijkring.incidents.panels.incidents import REPORTS
from dijkring.incidents.report_forms import Form
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import reports as services
from dijkring.incidents.services.reporting import Overtaken
from dijkring.incidents.views.incidents import VIEW, back_to, incident_of, titled, trail
from dijkring.organisations.history import history
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.ui import hooks, pages, words
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import Facts


def _report(request: Any, pk: int) -> Report:
    rows = selectors.reports(request.actor.organisation_id)
    return get_object_or_404(rows.select_related("incident__owner"), pk=pk)


def _trail(request: Any, found: Report) -> list[tuple[str, str]]:
    here = (said.title(found), link(request, "incidents:written", found.pk))
    return [*trail(request, found.incident), here]


def _titled(found: Report, title: str) -> str:
    return titled(found.incident, title)


@page(HANDLE, writes=True)
@require_POST
def begin(request: Any, pk: int, form: str) -> HttpResponse:
    """Begin a report, or go on with the one that is being written."""
    made = services.start(actor=request.actor, incident=incident_of(request, pk), form=form)
    return redirect(link(request, "incidents:write", made.pk))


@page(VIEW)
def written(request: Any, pk: int) -> HttpResponse:
    """Show a report: how it stands, what it says, and what can be done with it."""
    found = _report(request, pk)
    return pages.detail_page(
        request,
        found,
        title=_titled(found, f"{said.title(found)}, {_version(found)}"),
        state=said.look(found),
        purpose=_("Nothing is sent from here: you hand it in with the recipient yourself."),
        panels=panels.of_report(request, found),
        actions=[*_actions(request, found), *_files(request, found)],
        timeline=history(found),
        trail=trail(request, found.incident),
        extra={"template": "incidents/report.html"},
    )


def _version(found: Report) -> str:
    return _("version %(number)s") % {"number": found.number}


def _actions(request: Any, found: Report) -> list[Action]:
    if not request.can(HANDLE) or not found.incident.is_open:
        return []
    if not found.is_open:
        again = link(request, "incidents:begin", found.incident_id, found.form)
        return [Action(_("Make a new version"), again, post=True, icon="plus")]
    to = {
        name: link(request, f"incidents:{name}", found.pk)
        for name in ("write", "refresh", "review_report", "hand_over")
    }
    reviewed = found.state == Report.State.REVIEWED
    hand_in = link(request, "incidents:hand_in", found.incident_id, found.form)
    ask = found.form_copy["hand_over"] and not found.exercise and reviewed
    return [
        *([Action(_("Record that it was handed in"), hand_in, "primary")] if reviewed else []),
        *([Action(_("Hand over to the CSIRT…"), to["hand_over"])] if ask else []),
        Action(_("Fill in"), to["write"], "secondary" if reviewed else "primary", "edit"),
        *([] if reviewed else [Action(_("Review"), to["review_report"])]),
        Action(_("Fill anew from the register"), to["refresh"], post=True),
    ]


def _files(request: Any, found: Report) -> list[Action]:
    kinds = (("pdf", "PDF"), ("odt", "ODT"), ("json", "JSON"), ("txt", _("Plain text")))
    return [
        Action(label, link(request, "incidents:report_file", found.pk, kind), icon="document")
        for kind, label in kinds
    ]


def _form(request: Any, found: Report, form: Any, **options: Any) -> HttpResponse:
    """Show a form about a report."""
    shown = {"template": "incidents/form.html", "incident": found.incident}
    return pages.form_page(
        request,
        form,
        back=link(request, "incidents:written", found.pk),
        trail=_trail(request, found),
        extra={**shown, **options.pop("extra", {})},
        **options,
    )


@page(HANDLE, writes=True)
def write(request: Any, pk: int) -> HttpResponse:
    """Fill a report in; what is typed is kept as it goes."""
    found = _report(request, pk)
    if not found.is_open:
        return redirect(link(request, "incidents:written", pk))
    form = TextsForm(request.POST or None, report=found, needed=selectors.needed(found))
    return _form(
        request,
        found,
        form,
        title=_titled(found, said.title(found)),
        purpose=_("Filled beforehand with what is known. Change what you like; what you do not"
                  " know, write down as not known yet."),
        submit=_("Save"),
        extra={"before": _saved_since(request, found)},
        on_valid=lambda valid: _written(request, found, valid),
    )  # fmt: skip


def _saved_since(request: Any, found: Report) -> list[str]:
    """Warn who finds their own words back, when somebody saved the report after them."""
    kept = hooks.draft(request) if request.method == "GET" else {}
    if not kept or kept["saved_at"] >= found.changed_at:
        return []
    line = _("%(who)s saved this report on %(at)s, after you typed this. Compare before you save.")
    at = words.moment_words(found.changed_at)
    return [line % {"who": words.person_words(found.changed_by), "at": at}]


def _written(request: Any, found: Report, form: TextsForm) -> str:
    version = form.cleaned_data["version"]
    try:
        services.write(actor=request.actor, report=found, texts=form.texts(), version=version)
    except Overtaken as overtaken:
        form.renew(overtaken.version)
        raise
    messages.success(request, _("Saved."))
    return link(request, "incidents:written", found.pk)


@page(HANDLE, writes=True)
@require_POST
def refresh(request: Any, pk: int) -> HttpResponse:
    """Fill a report anew from the register."""
    services.refresh(actor=request.actor, report=_report(request, pk))
    messages.success(request, _("Filled anew. What somebody wrote has stayed."))
    return redirect(link(request, "incidents:written", pk))


@page(HANDLE, writes=True)
def review_report(request: Any, pk: int) -> HttpResponse:
    """Say that a report may go out."""
    found = _report(request, pk)
    missing = [in_language(one["label"]) for one in selectors.empty(found, selectors.needed(found))]
    form = ReviewForm(
        request.POST or None,
        wrote=services.wrote(request.actor, found),
        initial={"version": found.version},
    )
    return _form(
        request,
        found,
        form,
        title=_titled(found, _("Review: %(report)s") % {"report": said.title(found)}),
        purpose=_("You have read it, and it may go to the recipient like this."),
        submit=_("It may go out"),
        extra={"before": [_("Still empty: %(fields)s.") % {"fields": ", ".join(missing)}]
               if missing else []},
        on_valid=lambda valid: _reviewed(request, found, valid),
    )  # fmt: skip


def _reviewed(request: Any, found: Report, form: ReviewForm) -> str:
    try:
        services.review(actor=request.actor, report=found, **form.given())
    except Overtaken as overtaken:
        form.renew(overtaken.version)
        raise
    messages.success(request, _("Reviewed. Hand it in with the recipient, and record that here."))
    return link(request, "incidents:written", found.pk)


@page(HANDLE, writes=True)
def hand_in(request: Any, pk: int, obligation: str) -> HttpResponse:
    """Record that a report was handed in, and freeze it as it was."""
    found = incident_of(request, pk)
    one = selectors.form_of(found, obligation)
    if one is None:
        raise Http404
    report = selectors.open_of(found, obligation)
    ready = report if report and report.state == Report.State.REVIEWED else None
    start = {"at": clock.now(), "by": request.actor.name}
    form = ReportHandedInForm(
        request.POST or None, request.FILES or None, report=ready, initial=start
    )
    return pages.form_page(
        request,
        form,
        title=titled(found, _("Reported: %(report)s") % {"report": in_language(dict(one.title))}),
        purpose=_("Nothing is sent from here. You hand it in with the recipient; here you record"
                  " that you did."),
        submit=_("Record that it was reported"),
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        extra={
            "template": "incidents/form.html",
            "incident": found,
            "before": _not_ready(report, ready),
            "holds": [] if report else _asked(one),
        },
        on_valid=lambda valid: _handed_in(request, found, obligation, valid),
    )  # fmt: skip


def _not_ready(report: Report | None, ready: Report | None) -> list[str]:
    if report is None or ready is not None:
        return []
    return [_("There is a draft of this report that nobody has reviewed. Have it reviewed first if"
              " that is what you handed in: then exactly that text is kept.")]  # fmt: skip


def _asked(form: Form) -> list[str]:
    return [in_language(dict(one.label)) for one in form.fields if one.needed == "yes"]


def _handed_in(request: Any, found: Incident, form: str, valid: ReportHandedInForm) -> str:
    services.hand_in(
        actor=request.actor,
        incident=found,
        form=form,
        wanted=valid.wanted(),
        document=valid.document(),
        as_written=valid.as_written,
    )
    messages.success(request, _("Recorded. What is counted from it has been reckoned anew."))
    return back_to(request, found, REPORTS)


@page(HANDLE, writes=True)
def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand a request for help over to a CSIRT that works with Dijkring."""
    found = _report(request, pk)
    receivers = help_requests.receivers(request.actor.organisation_id)
    if not found.form_copy["hand_over"] or found.exercise or not found.is_open:
        raise Http404
    nobody = _("You have no agreement with a CSIRT that works with Dijkring. Call your CSIRT, and"
               " record here that you asked.")  # fmt: skip
    return _form(
        request,
        found,
        ReceiverForm(request.POST or None, receivers=receivers),
        title=_("Hand over to the CSIRT"),
        purpose=_("The CSIRT gets the texts of this report, and nothing else. Call as well when it"
                  " cannot wait."),
        submit=_("Hand over"),
        extra={"before": [] if receivers else [nobody]},
        on_valid=lambda valid: _handed_over(request, found, valid.cleaned_data["receiver"]),
    )  # fmt: skip


def _handed_over(request: Any, found: Report, receiver_id: int) -> str:
    receiver = get_object_or_404(Organisation, pk=receiver_id)
    help_requests.hand_over(actor=request.actor, report=found, receiver=receiver)
    messages.success(request, _("Handed over. You hear when they answer."))
    return link(request, "incidents:written", found.pk)


@page(VIEW)
def report_file(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out a version of a report as a file."""
    found = _report(request, pk)
    return report_documents.hand_out(found, kind, request.organisation.name)


@page(HANDLE, writes=True)
def help_asked(request: Any, pk: int) -> HttpResponse:
    """Show what another organisation asks of us, and answer it."""
    rows = help_requests.asked(request.actor.organisation_id)
    found: Handover = get_object_or_404(rows, pk=pk)
    asked = Facts(_("What they ask"), help_requests.rows_of(found.payload)).render(request)
    return pages.form_page(
        request,
        AnswerForm(request.POST or None),
        title=_("%(who)s asks for help") % {"who": found.organisation.name},
        purpose=found.payload["title"],
        submit=_("Answer"),
        back=link(request, "sharing:handover", found.pk),
        extra={"template": "incidents/form.html", "panel": asked},
        on_valid=lambda valid: _answered(request, found, valid.cleaned_data),
    )


def _answered(request: Any, found: Handover, given: dict[str, str]) -> str:
    accepted = given["answer"] == ACCEPT
    handovers.answer(actor=request.actor, handover=found, accepted=accepted, reason=given["reason"])
    messages.success(request, _("Answered. They read it."))
    return link(request, "sharing:handover", found.pk)
