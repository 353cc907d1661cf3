# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can leave and come back: lists as sheets, standings as OSCAL, everything as one file."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.portability import oscal as writing
from dijkring.portability.oscal.bundle import WRITERS, as_bytes
from dijkring.portability.selectors import transfers
from dijkring.portability.selectors.assessment import gather
from dijkring.portability.services import registers, whole
from dijkring.portability.tables import TransferTable


@page("portability.registers")
def overview(request: Any) -> HttpResponse:
    """Show everything that can leave and come back."""
    may_export = request.can("portability.export")
    organisation_id = request.actor.organisation_id
    rows = transfers.latest(organisation_id, whole=may_export)
    context = {
        "title": _("Exchange"),
        "purpose": _("Nothing is locked up in Dijkring: take it along, edit it, bring it back."),
        "registers": registers.available(request.actor),
        "kinds": ("xlsx", "ods", "csv"),
        "norms": transfers.measurable_norms() if may_export else [],
        "models": list(WRITERS),
        "may_export": may_export,
        "empty": whole.is_empty(organisation_id) if may_export else False,
        "newcomers": transfers.newcomers(organisation_id).count() if may_export else 0,
        "transfers": TransferTable(rows, request=request),
    }
    return render(request, "portability/overview.html", context)


@page("portability.export")
def oscal(request: Any, framework: int, name: str) -> HttpResponse:
    """Hand out the standings on one norm as OSCAL: one document, or all four as a ZIP."""
    norm = next((one for one in transfers.measurable_norms() if one.pk == framework), None)
    if norm is None or name not in {*WRITERS, "zip"}:
        raise Http404
    assessment = gather(request.actor.organisation_id, norm)
    if name == "zip":
        body = writing.packed(assessment)
        return _file(body, "application/zip", _name(assessment, "oscal", "zip"))
    body = as_bytes(WRITERS[name](assessment))
    return _file(body, "application/json", _name(assessment, name, "json"))


def _name(assessment: Any, kind: str, ending: str) -> str:
    return f"{assessment.slug}-{assessment.norm.key}-{kind}-{clock.day_of(assessment.at)}.{ending}"


def _file(body: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
