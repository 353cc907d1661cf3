# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Situation reports: the list, drafting, approving, handing out, and to whom they were given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.crisis import look, sheets
from dijkring.crisis.forms.telling import LABELS, SentForm, SitrepForm
from dijkring.crisis.models import Crisis, Sitrep
from dijkring.crisis.rights import LEAD, VIEW, WRITE
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.selectors import sitreps as known
from dijkring.crisis.services import sitreps as services
from dijkring.crisis.views.crises import back_to, crisis_of, trail
from dijkring.crisis.views.people import may_write
from dijkring.organisations.models import Organisation
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page(VIEW)
def sitreps(request: Any, pk: int) -> HttpResponse:
    """Show the situation reports of a crisis."""
    found = crisis_of(request, pk)
    draft = Action(
        _("Draft the next report"), back_to(request, found, "draft"), "primary", "plus", post=True
    )
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("Situation reports")),
        purpose=_("Each has a number, an approval and a list of who received it."),
        actions=[draft] if may_write(request, found) else [],
        trail=trail(request, found),
        extra={
            "template": "crisis/sitreps.html",
            "rows": [(one, look.sitrep_look(one)) for one in selectors.sitreps(found)],
        },
    )


@page(WRITE, writes=True)
@require_POST
def draft(request: Any, pk: int) -> HttpResponse:
    """Begin the next report with what is known."""
    found = crisis_of(request, pk)
    made = services.draft(actor=request.actor, crisis=found, sections=known.start(found))
    return redirect(link(request, "crisis:edit_sitrep", made.pk))


def _sitrep(request: Any, pk: int) -> Sitrep:
    rows = Sitrep.objects.filter(organisation_id=request.actor.organisation_id)
    rows = rows.select_related("crisis__incident", "made_by", "approved_by")
    found = get_object_or_404(rows.prefetch_related("sent"), pk=pk)
    request.crisis = found.crisis
    return found


def _back(request: Any, found: Sitrep) -> str:
    return link(request, "crisis:sitrep", found.pk)


def _trail(request: Any, crisis: Crisis) -> list[tuple[str, str]]:
    overview = (_("Situation reports"), back_to(request, crisis, "sitreps"))
    return [*trail(request, crisis), overview]


def _title(found: Sitrep) -> str:
    said = _("Situation report %(number)s") % {"number": found.number}
    return look.titled(found.crisis, said)


@page(VIEW)
def sitrep(request: Any, pk: int) -> HttpResponse:
    """Show one report, and what changed since the one before."""
    found = _sitrep(request, pk)
    changed = known.differences(found)
    sections = [(LABELS[name], getattr(found, name), changed.get(name, []))
                for name in known.SECTIONS]  # fmt: skip
    return pages.detail_page(
        request,
        found,
        title=_title(found),
        state=look.sitrep_look(found),
        actions=[*_actions(request, found), *_sheets(request, found)],
        trail=_trail(request, found.crisis),
        extra={"template": "crisis/sitrep.html", "sitrep": found, "sections": sections},
    )


def _actions(request: Any, found: Sitrep) -> list[Action]:
    if not may_write(request, found.crisis):
        return []
    if found.approved:
        given = link(request, "crisis:send_sitrep", found.pk)
        return [Action(_("Record who received it"), given, "primary")]
    edit = Action(_("Write"), link(request, "crisis:edit_sitrep", found.pk), icon="edit")
    approve = link(request, "crisis:approve_sitrep", found.pk)
    may = [Action(_("Approve"), approve, "primary", post=True)] if request.can(LEAD) else []
    return [*may, edit]


def _sheets(request: Any, found: Sitrep) -> list[Action]:
    kinds = (("pdf", _("Print as PDF")), ("odt", _("As ODT")), ("txt", _("As text (for LCMS)")))
    return [
        Action(said, link(request, "crisis:sitrep_sheet", found.pk, kind), icon="document")
        for kind, said in kinds
    ]


@page(WRITE, writes=True)
def edit_sitrep(request: Any, pk: int) -> HttpResponse:
    """Write a draft."""
    found = _sitrep(request, pk)
    start = {name: getattr(found, name) for name in known.SECTIONS}
    return pages.form_page(
        request,
        SitrepForm(request.POST or None, initial={**start, "version": found.version}),
        title=_title(found),
        purpose=_("What is known already stands in it. Strike what the reader need not know."),
        submit=_("Save"),
        back=_back(request, found),
        trail=_trail(request, found.crisis),
        on_valid=lambda form: _edited(request, found, form),
    )


def _edited(request: Any, found: Sitrep, form: SitrepForm) -> str:
    values = dict(form.cleaned_data)
    version = values.pop("version")
    try:
        services.write(actor=request.actor, sitrep=found, sections=values, version=version)
    except services.Overtaken as overtaken:
        form.renew(overtaken.version)
        raise
    return _back(request, found)


@page(LEAD, writes=True)
@require_POST
def approve_sitrep(request: Any, pk: int) -> HttpResponse:
    """Approve a draft."""
    found = _sitrep(request, pk)
    services.approve(actor=request.actor, sitrep=found)
    messages.success(request, _("Approved. Hand it out, and record to whom."))
    return redirect(_back(request, found))


@page(WRITE, writes=True)
def send_sitrep(request: Any, pk: int) -> HttpResponse:
    """Record to whom a report was given."""
    found = _sitrep(request, pk)
    return pages.form_page(
        request,
        SentForm(request.POST or None, initial={"at": clock.now()}),
        title=_title(found),
        purpose=_("Nothing is sent from here. You hand it out; here you record that you did."),
        submit=_("Record"),
        back=_back(request, found),
        trail=_trail(request, found.crisis),
        on_valid=lambda form: _sent(request, found, form),
    )


def _sent(request: Any, found: Sitrep, form: SentForm) -> str:
    services.send(actor=request.actor, sitrep=found, **form.cleaned_data)
    return _back(request, found)


@page(VIEW)
def sitrep_sheet(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out a report on paper or as plain text."""
    found = _sitrep(request, pk)
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    document = sheets.of_sitrep(found, found.crisis, organisation.name)
    return sheets.hand_out(document, kind, found.organisation_id)
