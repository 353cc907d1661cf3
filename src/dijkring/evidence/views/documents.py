# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents: the list, uploading and downloading."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.evidence.forms import UploadForm
from dijkring.evidence.models import Upload
from dijkring.evidence.selectors import lists
from dijkring.evidence.services import uploads as services
from dijkring.evidence.tables import UploadTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("evidence.view")
def uploads(request: Any) -> HttpResponse:
    """List the documents."""
    can = request.can("evidence.upload")
    new = Action(_("Upload a document"), link(request, "evidence:upload"), "primary")
    return pages.list_page(
        request,
        lists.uploads(request.actor.organisation_id),
        table=UploadTable,
        title=_("Documents"),
        purpose=_("What judgements rest on. Each is kept unchanged, under its own hash."),
        actions=[new] if can else [],
        empty=pages.Empty(_("There are no documents yet."), new if can else None),
    )


@page("evidence.upload", writes=True)
def upload(request: Any) -> HttpResponse:
    """Upload one document."""
    return pages.form_page(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        title=_("Upload a document"),
        submit=_("Upload"),
        back=link(request, "evidence:uploads"),
        on_valid=lambda valid: _upload(request, valid.cleaned_data["file"]),
    )


def _upload(request: Any, file: Any) -> str:
    made = services.upload(actor=request.actor, name=file.name, content=file)
    messages.success(request, _("%(name)s has been kept.") % {"name": made.name})
    return link(request, "evidence:uploads")


@page("evidence.view")
def download(request: Any, pk: int) -> HttpResponse:
    """Hand out a document, always as a file and never shown in the page."""
    found = get_object_or_404(Upload, pk=pk)
    path = services.path_of(found.organisation_id, found.sha256)
    if not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
