# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists as sheets: taking them along, and bringing them back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core import registers as known
from dijkring.core.errors import Refused
from dijkring.core.registers import Register
from dijkring.core.web import page
from dijkring.portability.forms import SheetForm
from dijkring.portability.models import Transfer
from dijkring.portability.services import keeping
from dijkring.portability.services import registers as services
from dijkring.portability.sheets.comparing import (
    CHANGED,
    CONFLICT,
    NEW,
    REFUSED,
    UNCHANGED,
    WRITERS,
)
from dijkring.ui import pages
from dijkring.ui.exports import CONTENT_TYPES
from dijkring.ui.pages import link

MOST_SHOWN = 500


def _register(request: Any, id: str) -> Register:
    found = known.get(id)
    if found is None:
        raise Http404
    request.actor.require(found.right)
    return found


def trail(request: Any) -> list[tuple[str, str]]:
    """Return the way back to the overview."""
    return [(_("Exchange"), link(request, "portability:overview"))]


@page("portability.registers")
def register_sheet(request: Any, register: str, kind: str) -> HttpResponse:
    """Hand out a list as a sheet with ids and versions."""
    found = _register(request, register)
    if kind not in WRITERS:
        raise Http404
    body = services.export(actor=request.actor, register=found, kind=kind)
    response = HttpResponse(body, content_type=CONTENT_TYPES[kind])
    day = clock.now().astimezone(clock.AMSTERDAM)
    name = f"{request.organisation.slug}-{slugify(str(found.label))}-{day:%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@page("portability.registers", writes=True)
def bring_back(request: Any, register: str) -> HttpResponse:
    """Upload an edited sheet; nothing is written yet."""
    found = _register(request, register)
    return pages.form_page(
        request,
        SheetForm(request.POST or None, request.FILES or None),
        title=_("Bring back: %(name)s") % {"name": found.label},
        purpose=_(
            "Upload the sheet that you took along and edited. You first see line by line what will"
            " change; nothing is written before you agree. Lines that are not in the sheet stay as"
            " they are."
        ),
        submit=_("Look at the sheet"),
        back=link(request, "portability:overview"),
        trail=trail(request),
        on_valid=lambda valid: _keep(request, found, valid.cleaned_data["file"]),
    )


def _keep(request: Any, register: Register, file: Any) -> str:
    made = services.keep(
        actor=request.actor, register=register, name=file.name, chunks=file.chunks()
    )
    services.check(actor=request.actor, transfer=made)
    return link(request, "portability:returned", made.pk)


def _transfer(request: Any, pk: int) -> Transfer:
    rows = Transfer.objects.filter(organisation_id=request.actor.organisation_id)
    found = get_object_or_404(rows, pk=pk, kind=Transfer.Kind.REGISTER)
    _register(request, found.register)
    return found


@page("portability.registers", writes=True)
def returned(request: Any, pk: int) -> HttpResponse:
    """Show what a sheet will do, line by line, and start it; afterwards what came of it."""
    transfer = _transfer(request, pk)
    if request.method == "POST":
        take = request.POST.getlist("take")
        job = services.start(actor=request.actor, transfer=transfer, take=take)
        return HttpResponseRedirect(link(request, "organisations:job", job.pk))
    context = {
        "title": _("Bring back: %(name)s") % {"name": services.of(transfer).label},
        "purpose": transfer.file_name,
        "transfer": transfer,
        "trail": trail(request),
    }
    if transfer.state == Transfer.State.LOOKED_AT:
        context |= _preview(request, transfer)
    return render(request, "portability/returned.html", context)


def _preview(request: Any, transfer: Transfer) -> dict[str, Any]:
    try:
        entries = services.preview(actor=request.actor, transfer=transfer)
    except Refused as refused:
        return {"wrong": refused.message}
    kinds = (NEW, CHANGED, CONFLICT, REFUSED)
    found = {kind: [one for one in entries if one.kind == kind] for kind in kinds}
    asking = sum(len(found[kind]) for kind in (NEW, CHANGED, CONFLICT))
    return {
        "counts": {kind: len(found[kind]) for kind in kinds}
        | {UNCHANGED: sum(one.kind == UNCHANGED for one in entries)},
        "new": found[NEW][:MOST_SHOWN],
        "changed": found[CHANGED][:MOST_SHOWN],
        "conflicts": found[CONFLICT],
        "refused": found[REFUSED][:MOST_SHOWN],
        "most": MOST_SHOWN,
        "possible": asking > 0,
        "untried": asking > services.MOST_TRIED,
    }


@page("portability.registers", writes=True)
def drop(request: Any, pk: int) -> HttpResponse:
    """Take a sheet away that was only looked at."""
    transfer = _transfer(request, pk)
    if request.method == "POST":
        keeping.drop(actor=request.actor, transfer=transfer)
        messages.success(request, _("Nothing has been written."))
    return HttpResponseRedirect(link(request, "portability:overview"))
