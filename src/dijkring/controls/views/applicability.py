# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability: the list, deciding, approving, and the document."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.controls import statement as document
from dijkring.controls.filters import LineFilter
from dijkring.controls.forms import ApplicabilityForm, ApprovalForm, initial_decision
from dijkring.controls.models import Requirement
from dijkring.controls.selectors import applicability as select
from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.controls.tables import ApplicabilityTable, ReadOnlyApplicabilityTable
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.workplace.selectors import house


@page("controls.view")
def statement(request: Any) -> HttpResponse:
    """List every judged requirement of a norm with what was decided about it."""
    framework = select.norm(request.GET.get("framework", ""))
    rows = select.lines(request.actor.organisation_id, framework) if framework else []
    chooses = request.can("controls.applicability") or request.can("controls.approve")
    pdf = f"{link(request, 'controls:download_applicability')}?{request.GET.urlencode()}"
    return pages.list_page(
        request,
        rows,
        table=ApplicabilityTable if chooses else ReadOnlyApplicabilityTable,
        filters=LineFilter,  # type: ignore[arg-type]  # filters a list, not a queryset
        title=_title(request),
        purpose=_(
            "Every requirement applies until you decide otherwise. Who decides, does not approve."
        ),
        actions=[Action(_("As PDF"), pdf, icon="document")] if framework else [],
        empty=pages.Empty(_("No framework has been loaded yet.")),
        extra={
            "template": "controls/applicability.html",
            "framework": framework,
            "norms": select.norms(),
        },
    )


def _title(request: Any) -> str:
    """A file stands alone: its title names the organisation and the day."""
    if "export" in request.GET:
        return document.title(request.organisation.name)
    return _("Statement of applicability")


def _chosen(request: Any) -> list[Requirement]:
    return select.chosen(request.GET.getlist("leaf"))


def _none_chosen(request: Any) -> HttpResponse:
    messages.warning(request, _("Choose at least one requirement in the list."))
    return redirect(link(request, "controls:applicability"))


def _numbers(chosen: list[Requirement]) -> str:
    shown = ", ".join(one.ref for one in chosen[:12])
    return f"{shown}…" if len(chosen) > 12 else shown


@page("controls.applicability", writes=True)
def decide(request: Any) -> HttpResponse:
    """Decide whether the chosen requirements apply."""
    chosen = _chosen(request)
    if not chosen:
        return _none_chosen(request)
    organisation_id = request.actor.organisation_id
    decided = select.current(organisation_id, [one.pk for one in chosen])
    form = ApplicabilityForm(
        request.POST or None,
        initial=initial_decision(decided, len(chosen)),
        members=select.members(organisation_id),
    )
    return pages.form_page(
        request,
        form,
        title=_("Decide: %(numbers)s") % {"numbers": _numbers(chosen)},
        purpose=chosen[0].label if len(chosen) == 1 else "",
        submit=_("Decide"),
        back=link(request, "controls:applicability"),
        on_valid=lambda valid: _decide(request, chosen, valid.cleaned_data),
    )


def _decide(request: Any, chosen: list[Requirement], values: dict[str, Any]) -> str:
    made = decide_applicability(actor=request.actor, requirements=chosen, **values)
    words = ngettext("%(count)d line has changed.", "%(count)d lines have changed.", len(made))
    messages.success(request, words % {"count": len(made)})
    return _back(request, chosen)


def _back(request: Any, chosen: list[Requirement]) -> str:
    return f"{link(request, 'controls:applicability')}?framework={chosen[0].framework_id}"


@page("controls.approve", writes=True)
def approve(request: Any) -> HttpResponse:
    """Approve, as a second person, what was decided about the chosen requirements."""
    chosen = _chosen(request)
    if not chosen:
        return _none_chosen(request)
    rows = select.current(request.actor.organisation_id, [one.pk for one in chosen])
    waiting = [row for row in rows if row.approved_at is None]
    return pages.form_page(
        request,
        ApprovalForm(request.POST if request.method == "POST" else None),
        title=_("Approve: %(numbers)s") % {"numbers": _numbers(chosen)},
        purpose=_("Who decided may not approve as well."),
        submit=_("Approve"),
        back=link(request, "controls:applicability"),
        extra={"template": "controls/approve.html", "waiting": waiting},
        on_valid=lambda valid: _approve(request, chosen),
    )


def _approve(request: Any, chosen: list[Requirement]) -> str:
    made = approve_applicability(actor=request.actor, requirements=chosen)
    words = ngettext(
        "%(count)d line has been approved.", "%(count)d lines have been approved.", len(made)
    )
    messages.success(request, words % {"count": len(made)})
    return _back(request, chosen)


@page("controls.view")
def pdf(request: Any) -> HttpResponse:
    """Hand out the statement as an accessible PDF."""
    framework = select.norm(request.GET.get("framework", ""))
    if framework is None:
        raise Http404
    lines = select.lines(request.actor.organisation_id, framework)
    look = house(request.actor.organisation_id)
    body = document.pdf(request.organisation.name, framework, lines, look)
    response = HttpResponse(body, content_type="application/pdf")
    name = f"{document.file_name(request.organisation.slug)}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
