# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a landscape or the software of a system in: look, choose, agree, look back, undo."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core.errors import Refused
from dijkring.core.web import page
from dijkring.documents.reading import letters
from dijkring.landscape.forms.imports import COLUMN, ChoiceForm, UploadForm
from dijkring.landscape.importers import Report
from dijkring.landscape.models import Imported
from dijkring.landscape.panels import imports as panels
from dijkring.landscape.selectors import components
from dijkring.landscape.selectors import imports as selectors
from dijkring.landscape.services import import_files, import_plan
from dijkring.landscape.services import imports as services
from dijkring.landscape.services.import_files import RIGHT, Choice, choice_of
from dijkring.landscape.services.import_plan import Plan
from dijkring.landscape.tables.imports import FORMATS, ImportedTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

SHOWN = 100


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Landscape"), link(request, "landscape:assets")),
        (_("Read in"), link(request, "landscape:imports")),
    ]


@page("landscape.view")
def imports(request: Any) -> HttpResponse:
    """List the files that were read in."""
    may = request.can(RIGHT)
    rows = selectors.imports(request.actor.organisation_id)
    new = Action(_("Read a file in"), link(request, "landscape:import_file"), "primary", "plus")
    return pages.list_page(
        request,
        # What nobody has agreed to yet is the work of who brings it in.
        rows if may else rows.exclude(state=Imported.State.LOOKING),
        table=ImportedTable,
        title=_("Read in"),
        purpose=_(
            "A model from Archi or another tool, the reference components of GEMMA, a sheet, or "
            "the list of software of a system. You see what would happen before anything is "
            "written, and you can undo it."
        ),
        actions=[
            *([new] if may else []),
            Action(_("Take the landscape along"), link(request, "landscape:exports")),
        ],
        trail=_trail(request)[:1],
        empty=Empty(_("Nothing has been read in yet."), new if may else None),
    )


@page(RIGHT, writes=True)
def import_file(request: Any) -> HttpResponse:
    """Give a file to look at."""
    return pages.form_page(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        title=_("Read a file in"),
        purpose=_(
            "ArchiMate (exchange format or Archi), GEMMA, CycloneDX, or a sheet. What it is shows "
            "from what is in it. You look first; nothing is written yet."
        ),
        submit=_("Look at the file"),
        back=link(request, "landscape:imports"),
        trail=_trail(request),
        on_valid=lambda valid: _keep(request, valid.asked()),
    )


def _keep(request: Any, asked: dict[str, Any]) -> str:
    kept = import_files.keep(actor=request.actor, **asked)
    return link(request, "landscape:import", kept.pk)


def _imported(pk: int) -> Imported:
    rows = Imported.objects.select_related("uploaded_by", "undone_by", "system")
    return get_object_or_404(rows, pk=pk)


@page("landscape.view", writes=True)
def import_page(request: Any, pk: int) -> HttpResponse:
    """Show what a file would do, or what it did; a post agrees."""
    found = _imported(pk)
    if found.state != Imported.State.LOOKING:
        return _result(request, found)
    request.actor.require(RIGHT)
    before = choice_of(found.choice)
    report = import_files.read(found, before)
    form = _form(request, found, report)
    choice = form.choice(before)
    if (choice.columns, choice.kind) != (before.columns, before.kind):
        report = import_files.read(found, choice)
    plan = import_plan.of_report(actor=request.actor, imported=found, report=report, choice=choice)
    if request.method == "POST":
        try:
            return _agree(request, found, choice, plan)
        except Refused as refused:
            messages.error(request, refused.message)
            return HttpResponseRedirect(request.get_full_path())
    return render(request, "landscape/import_preview.html", _shown(request, found, plan, form))


def _form(request: Any, found: Imported, report: Report) -> ChoiceForm:
    """Return the choices of a file, filled in as they were made or guessed."""
    guessed = report.choice.columns.items() if report.choice else ()
    initial: dict[str, Any] = {COLUMN + name: letters(column) for name, column in guessed}
    initial |= {"kind": Choice().kind, "system": choice_of(found.choice).system}
    systems = list(components.systems(found.organisation_id)) if report.components else []
    return ChoiceForm(request.GET or None, report=report, systems=systems, initial=initial)


def _shown(request: Any, found: Imported, plan: Plan, form: ChoiceForm) -> dict[str, Any]:
    order = {status: place for place, status in enumerate(import_plan.STATUSES)}
    rows = sorted(plan.rows, key=lambda row: (order[row.status], row.line or 0))
    report = plan.report
    return {
        "title": _("What this file would do"),
        "name": f"{found.name} · {FORMATS.get(found.format, found.format)}",
        "plan": plan,
        "about": found.about,
        "counts": [(panels.STATUSES[one], plan.counts[one]) for one in order if plan.counts[one]],
        "rows": [(row, panels.STATUSES[row.status]) for row in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "asks_system": bool(report.components) and plan.choice.system is None,
        "left_out": _counted(report.left_out),
        "through": _counted(report.through),
        "unread": _counted(report.unread),
        "warnings": [import_files.in_words(one) for one in report.warnings],
        "form": form if form.fields else None,
        "cancel": link(request, "landscape:cancel_import", found.pk),
        "trail": _trail(request),
    }


def _counted(counts: Any) -> str:
    return ", ".join(f"{name} ({count})" for name, count in counts.most_common(40))


def _agree(request: Any, found: Imported, choice: Choice, plan: Plan) -> HttpResponse:
    with transaction.atomic():
        job = services.take_over(
            actor=request.actor,
            imported=found,
            mark=request.POST.get("mark", ""),
            choice=choice,
            looked=plan,
        )
    if job is not None:
        return HttpResponseRedirect(link(request, "organisations:job", job.pk))
    written = sum(found.counts.get(one, 0) for one in ("new", "changed", "gone"))
    words = ngettext("%(n)d line taken over.", "%(n)d lines taken over.", written)
    messages.success(request, words % {"n": written})
    return HttpResponseRedirect(link(request, "landscape:import", found.pk))


def _result(request: Any, found: Imported) -> HttpResponse:
    return pages.detail_page(
        request,
        found,
        title=found.name,
        purpose=FORMATS.get(found.format, found.format),
        panels=panels.of_import(found),
        actions=_actions(request, found),
        trail=_trail(request),
    )


def _actions(request: Any, found: Imported) -> list[Action]:
    actions = []
    if found.system_id is not None:
        address = link(request, "landscape:components_of", found.system_id)
        actions.append(Action(_("Software of the system"), address))
    if found.state == Imported.State.DONE and request.can(RIGHT):
        address = link(request, "landscape:undo_import", found.pk)
        actions.append(Action(_("Undo…"), address, danger=True))
    return actions


@page(RIGHT, writes=True)
def undo_import(request: Any, pk: int) -> HttpResponse:
    """Put back what a file changed."""
    found = _imported(pk)
    if found.state != Imported.State.DONE:
        raise Http404
    return pages.confirm_page(
        request,
        title=_("Undo %(name)s") % {"name": found.name},
        text=_(
            "What this file brought is taken out again, and what it changed becomes as it was. "
            "What was changed again since, or came to be needed by something else, stays."
        ),
        submit=_("Undo"),
        back=link(request, "landscape:import", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _undo(request, found, reason),
    )


def _undo(request: Any, found: Imported, reason: str) -> str:
    told = services.undo(actor=request.actor, imported=found, reason=reason)
    words = ngettext("%(n)d line put back.", "%(n)d lines put back.", told["back"])
    messages.success(request, words % {"n": told["back"]})
    return link(request, "landscape:import", found.pk)


@page(RIGHT, writes=True)
@require_POST
def cancel_import(request: Any, pk: int) -> HttpResponse:
    """Take a file away that was not taken over."""
    services.cancel(actor=request.actor, imported=_imported(pk))
    messages.success(request, _("The file has been taken away. Nothing was taken over."))
    return HttpResponseRedirect(link(request, "landscape:imports"))
