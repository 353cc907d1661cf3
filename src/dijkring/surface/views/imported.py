# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others measured: give a file, see what would happen, agree, look back, undo."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dijkring.core.errors import Refused
from dijkring.core.web import page
from dijkring.documents.reading import letters
from dijkring.surface.forms.imported import KINDS, ColumnsForm, UploadForm
from dijkring.surface.models import Imported
from dijkring.surface.panels import imported as panels
from dijkring.surface.selectors import imported as selectors
from dijkring.surface.services import import_files, import_plan
from dijkring.surface.services import imported as services
from dijkring.surface.services.import_plan import Plan
from dijkring.surface.tables.imported import KINDS as LABELS
from dijkring.surface.tables.imported import ImportedTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

SHOWN = 500
PURPOSES = {
    "internetnl": gettext_lazy(
        "The results of the batch API of Internet.nl, in JSON. They stand beside our own "
        "measurement, as facts of Internet.nl."
    ),
    "easm": gettext_lazy(
        "Findings of a scan from outside, such as the IBD sends: a sheet with a name and a "
        "finding on each line. What we measure too stands as one finding with two sources."
    ),
    "certificates": gettext_lazy(
        "Names on certificates, from the public logs (crt.sh, JSON or CSV). You choose which names "
        "below your own proven names are registered."
    ),
    "rio": gettext_lazy(
        "The list of the Register Internetdomeinen Overheid. Of each website is recorded whether "
        "it stands in the list; that holds for six months."
    ),
}


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Internet measuring"), link(request, "surface:domains")),
        (_("Taken over from others"), link(request, "surface:imports")),
    ]


@page("surface.view")
def imports(request: Any) -> HttpResponse:
    """List the files of others that were taken over."""
    may = request.can(import_files.RIGHT)
    rows = selectors.imports(request.actor.organisation_id)
    return pages.list_page(
        request,
        # What nobody has agreed to yet is the work of who brings it in.
        rows if may else rows.exclude(state=Imported.State.LOOKING),
        table=ImportedTable,
        title=_("Taken over from others"),
        purpose=_(
            "What others measured or found, as facts of their own source beside ours. You see what "
            "would happen before anything is recorded, and you can undo it."
        ),
        actions=[_new(request, kind) for kind in KINDS] if may else [],
        trail=_trail(request)[:1],
        empty=Empty(_("Nothing has been taken over yet.")),
    )


def _new(request: Any, kind: str) -> Action:
    return Action(LABELS[kind], link(request, "surface:import_file", kind), icon="plus")


@page(import_files.RIGHT, writes=True)
def import_file(request: Any, kind: str) -> HttpResponse:
    """Give a file to look at."""
    if kind not in KINDS:
        raise Http404
    return pages.form_page(
        request,
        UploadForm(request.POST or None, request.FILES or None, kind=kind),
        title=LABELS[kind],
        purpose=PURPOSES[kind],
        submit=_("Look at the file"),
        back=link(request, "surface:imports"),
        trail=_trail(request),
        on_valid=lambda valid: _keep(request, kind, valid.asked()),
    )


def _keep(request: Any, kind: str, asked: dict[str, Any]) -> str:
    kept = import_files.keep(actor=request.actor, kind=kind, **asked)
    return link(request, "surface:import", kept.pk)


def _imported(pk: int) -> Imported:
    return get_object_or_404(Imported.objects.select_related("uploaded_by", "undone_by"), pk=pk)


@page("surface.view", writes=True)
def import_page(request: Any, pk: int) -> HttpResponse:
    """Show what a file would do, or what it did; a post agrees."""
    found = _imported(pk)
    if found.state != Imported.State.LOOKING:
        return _result(request, found)
    request.actor.require(import_files.RIGHT)
    form = ColumnsForm(request.GET or None, columns=_columns(found)) if _picks(found) else None
    chosen = form.chosen() if form else None
    plan = import_plan.plan(actor=request.actor, imported=found, chosen=chosen)
    if request.method == "POST":
        try:
            return _agree(request, found, chosen)
        except Refused as refused:
            messages.error(request, refused.message)
            return HttpResponseRedirect(request.get_full_path())
    return render(request, "surface/import_preview.html", _shown(request, found, plan, form))


def _picks(found: Imported) -> bool:
    return found.kind == "easm"


def _columns(found: Imported) -> list[tuple[str, str]]:
    header = import_files.read(found, None).header
    return header.options() if header else []


def _shown(request: Any, found: Imported, plan: Plan, form: ColumnsForm | None) -> dict[str, Any]:
    if form is not None and not form.is_bound and plan.report.choice:
        columns = plan.report.choice.columns.items()
        initial = {name: letters(column) for name, column in columns}
        form = ColumnsForm(initial=initial, columns=_columns(found))
    order = {status: place for place, status in enumerate(import_plan.STATUSES)}
    rows = sorted(plan.rows, key=lambda row: (order[row.status], row.line or 0))
    return {
        "title": _("What this file would do"),
        "name": found.name,
        "kind": found.kind,
        "plan": plan,
        "counts": [(status, plan.counts[status]) for status in order],
        "rows": rows if found.kind == "certificates" else rows[:SHOWN],
        "more": 0 if found.kind == "certificates" else max(0, len(rows) - SHOWN),
        "chooses": found.kind == "certificates",
        "warnings": [(one.where, import_files.in_words(one)) for one in plan.report.warnings],
        "form": form,
        "open_picker": bool(plan.report.wrong),
        "cancel": link(request, "surface:cancel_import", found.pk),
        "trail": _trail(request),
    }


def _agree(request: Any, found: Imported, chosen: dict[str, int | None] | None) -> HttpResponse:
    names = None if "all" in request.POST else request.POST.getlist("name")
    with transaction.atomic():
        job = services.take_over(
            actor=request.actor,
            imported=found,
            mark=request.POST.get("mark", ""),
            chosen=chosen,
            names=names if found.kind == "certificates" else None,
        )
    if job is not None:
        return HttpResponseRedirect(link(request, "organisations:job", job.pk))
    messages.success(request, _done_words(found))
    return HttpResponseRedirect(link(request, "surface:import", found.pk))


def _done_words(found: Imported) -> str:
    if found.kind == "certificates":
        n = len(found.domains)
        return ngettext("%(n)d domain registered.", "%(n)d domains registered.", n) % {"n": n}
    n = len(found.facts)
    return ngettext("%(n)d fact taken over.", "%(n)d facts taken over.", n) % {"n": n}


def _result(request: Any, found: Imported) -> HttpResponse:
    return pages.detail_page(
        request,
        found,
        title=found.name,
        purpose=LABELS[found.kind],
        panels=panels.of_import(found),
        actions=_actions(request, found),
        trail=_trail(request),
    )


def _actions(request: Any, found: Imported) -> list[Action]:
    if found.state != Imported.State.DONE or not request.can(import_files.RIGHT):
        return []
    address = link(request, "surface:undo_import", found.pk)
    return [Action(_("Undo…"), address, danger=True)]


@page(import_files.RIGHT, writes=True)
def undo_import(request: Any, pk: int) -> HttpResponse:
    """Withdraw the facts that stand on a file."""
    found = _imported(pk)
    if found.state != Imported.State.DONE:
        raise Http404
    return pages.confirm_page(
        request,
        title=_("Undo %(name)s") % {"name": found.name},
        text=_(
            "The facts that stand on this file do not count any more; they stay readable with your "
            "reason. What another file says as well stays. What stood here before does not return."
        ),
        submit=_("Undo"),
        back=link(request, "surface:import", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _undo(request, found, reason),
    )


def _undo(request: Any, found: Imported, reason: str) -> str:
    gone = services.undo(actor=request.actor, imported=found, reason=reason)
    words = ngettext("%(n)d record ended.", "%(n)d records ended.", gone)
    messages.success(request, words % {"n": gone})
    return link(request, "surface:import", found.pk)


@page(import_files.RIGHT, writes=True)
@require_POST
def cancel_import(request: Any, pk: int) -> HttpResponse:
    """Take a file away that was not taken over."""
    services.cancel(actor=request.actor, imported=_imported(pk))
    messages.success(request, _("The file has been taken away. Nothing was taken over."))
    return HttpResponseRedirect(link(request, "surface:imports"))
