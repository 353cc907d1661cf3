# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own side of a co-operation: what we record, and the documents that we keep with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.cooperation.forms import AttachForm, InvolvementForm
from dijkring.cooperation.models import Cooperation, InvolvementDocument
from dijkring.cooperation.selectors import register as select
from dijkring.cooperation.services import involvements as services
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link

RIGHT = services.RIGHT


def _back(request: Any, pk: int) -> str:
    return link(request, "cooperation:cooperation", pk)


@page(RIGHT, writes=True)
def record(request: Any, pk: int) -> HttpResponse:
    """Record our side of a co-operation."""
    found = get_object_or_404(Cooperation, pk=pk)
    mine = select.involvement(found, request.actor.organisation_id)
    form = InvolvementForm(
        request.POST or None,
        initial={name: getattr(mine, name) for name in services.FIELDS} if mine else {},
        organisation_id=request.actor.organisation_id,
    )
    return pages.form_page(
        request,
        form,
        title=_("Our side of: %(name)s") % {"name": found},
        purpose=_("Only your own organisation sees this."),
        submit=_("Save"),
        back=_back(request, pk),
        stored=True,
        on_valid=lambda valid: _record(request, found, valid.cleaned_data),
    )


def _record(request: Any, found: Cooperation, values: dict[str, Any]) -> str:
    services.record(actor=request.actor, cooperation=found, **values)
    messages.success(request, _("Our side has been recorded."))
    return _back(request, found.pk)


@page(RIGHT, writes=True)
def attach(request: Any, pk: int) -> HttpResponse:
    """Keep one of our documents with a co-operation."""
    found = get_object_or_404(Cooperation, pk=pk)
    form = AttachForm(request.POST or None, organisation_id=request.actor.organisation_id)
    return pages.form_page(
        request,
        form,
        title=_("Keep a document with: %(name)s") % {"name": found},
        purpose=_("Upload the document under Documents first; then choose it here."),
        submit=_("Keep it"),
        back=_back(request, pk),
        on_valid=lambda valid: _attach(request, found, valid.cleaned_data["upload"]),
    )


def _attach(request: Any, found: Cooperation, upload: Any) -> str:
    services.attach(actor=request.actor, cooperation=found, upload=upload)
    messages.success(request, _("The document is kept with it."))
    return _back(request, found.pk)


@page(RIGHT, writes=True)
def detach(request: Any, pk: int) -> HttpResponse:
    """Let go of a document."""
    rows = InvolvementDocument.objects.select_related("upload")
    row = get_object_or_404(rows, pk=pk, organisation_id=request.actor.organisation_id)
    return pages.confirm_page(
        request,
        title=_("Take out: %(what)s") % {"what": row},
        text=_("The document itself stays among your documents."),
        submit=_("Take out"),
        back=_back(request, row.cooperation_id),
        on_confirm=lambda _reason: _detach(request, row),
    )


def _detach(request: Any, row: InvolvementDocument) -> str:
    services.detach(actor=request.actor, document=row)
    messages.success(request, _("Taken out."))
    return _back(request, row.cooperation_id)
