# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Importing a framework: upload, see what it will do, confirm."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from dijkring.controls.forms import ColumnForm, UploadForm
from dijkring.controls.importers.picker import picker
from dijkring.controls.services import imports as services
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link

SHEETS = frozenset({"xlsx", "csv", "unknown"})


@page("controls.import", writes=True)
def upload(request: Any) -> HttpResponse:
    """Upload the file of a framework."""
    return pages.form_page(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        title=_("Import a framework"),
        purpose=_(
            "BIO2 as Markdown, an OSCAL catalog, a CISO Assistant library, a sheet, or our own "
            "YAML. You first see what will happen; nothing is written before you agree."
        ),
        submit=_("Look at the file"),
        back=link(request, "controls:frameworks"),
        trail=_trail(request),
        on_valid=lambda valid: _keep(request, valid.cleaned_data["file"]),
    )


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Norms and laws"), link(request, "controls:frameworks"))]


def _keep(request: Any, file: Any) -> str:
    kept = services.keep(actor=request.actor, name=file.name, content=file)
    return link(request, "controls:import_preview", kept.reference)


def _kept(request: Any, reference: str) -> services.Kept:
    found = services.kept(actor=request.actor, reference=reference)
    if found is None:
        raise Http404
    return found


@page("controls.import", writes=True)
def preview(request: Any, reference: str) -> HttpResponse:
    """Show what an import will do, and start it when somebody agrees."""
    file = _kept(request, reference)
    found = picker(file.content.read_bytes())
    form = ColumnForm(request.GET or None, columns=found.columns if found else [])
    columns = form.choice() if form.is_bound and form.is_valid() else None
    shown = services.preview(actor=request.actor, file=file, columns=columns)
    if request.method == "POST" and shown.result is not None:
        job = services.start_import(actor=request.actor, file=file, columns=columns)
        return HttpResponseRedirect(link(request, "organisations:job", job.pk))
    if found and not form.is_bound:
        form = ColumnForm(initial=vars_of(found.choice), columns=found.columns)
    context = {
        "title": _("What this import will do"),
        "name": file.name,
        "preview": shown,
        "form": form if found and shown.report.format in SHEETS else None,
        "cancel": link(request, "controls:import_cancel", reference),
        "trail": [*_trail(request), (_("Import a framework"), link(request, "controls:import"))],
    }
    return render(request, "controls/preview.html", context)


def vars_of(choice: Any) -> dict[str, Any]:
    """Return a column choice as the first values of its form."""
    return {**choice.chosen(), "sheet": choice.sheet, "header_row": choice.header_row}


@page("controls.import", writes=True)
def cancel(request: Any, reference: str) -> HttpResponse:
    """Take an uploaded file away without importing it."""
    file = _kept(request, reference)
    if request.method == "POST":
        file.remove()
    return HttpResponseRedirect(link(request, "controls:import"))
