# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as a file."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.landscape.exporters import archimate, graphml, sheets
from dijkring.landscape.importers import Asset, Dependency
from dijkring.landscape.selectors import exchange
from dijkring.ui.pages import link

Writer = Callable[[str, str, list[Asset], list[Dependency]], bytes]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The name in the address, with: ending, kind of content, writer, label, what it is for.
KINDS: dict[str, tuple[str, str, Writer, Any, Any]] = {
    "archimate": (
        "xml", archimate.CONTENT_TYPE,
        lambda name, key, assets, edges: archimate.write(name, key, assets, edges),
        gettext_lazy("ArchiMate model"),
        gettext_lazy(
            "The exchange format of The Open Group, for Archi and other tools of architects."
        ),
    ),
    "werkmap": (
        "xlsx", _XLSX, lambda name, key, assets, edges: sheets.workbook(assets, edges),
        gettext_lazy("Workbook"),
        gettext_lazy("Two sheets, to change in a spreadsheet and to read in again."),
    ),
    "onderdelen": (
        "csv", "text/csv; charset=utf-8",
        lambda name, key, assets, edges: sheets.assets_csv(assets),
        gettext_lazy("Parts as CSV"), gettext_lazy("One line per part of the landscape."),
    ),
    "afhankelijkheden": (
        "csv", "text/csv; charset=utf-8",
        lambda name, key, assets, edges: sheets.dependencies_csv(assets, edges),
        gettext_lazy("Dependencies as CSV"),
        gettext_lazy("One line per dependency, with the references of both ends."),
    ),
    "graphml": (
        "graphml", graphml.CONTENT_TYPE,
        lambda name, key, assets, edges: graphml.write(name, assets, edges),
        gettext_lazy("GraphML"), gettext_lazy("For programs that draw or compute graphs."),
    ),
}  # fmt: skip


@page("landscape.view")
def exports(request: Any) -> HttpResponse:
    """Show in which forms the landscape can be taken along."""
    rows = [
        (label, why, link(request, "landscape:export", kind))
        for kind, (_ending, _type, _writer, label, why) in KINDS.items()
    ]
    return render(
        request,
        "landscape/exports.html",
        {
            "title": _("Take the landscape along"),
            "purpose": _(
                "Everything that is in use, with its references, so that it is known again when "
                "you read it in."
            ),
            "rows": rows,
            "trail": [(_("Landscape"), link(request, "landscape:assets"))],
        },
    )


@page("landscape.view")
def export(request: Any, kind: str) -> HttpResponse:
    """Give the landscape as a file."""
    if kind not in KINDS:
        raise Http404
    ending, content_type, write, _label, _why = KINDS[kind]
    organisation = request.organisation
    plain = exchange.whole(request.actor.organisation_id, organisation.slug)
    body = write(organisation.name, f"dijkring-{organisation.slug}", *plain)
    response = HttpResponse(body, content_type=content_type)
    day = f"{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%d}"
    name = f"{slugify(f'landschap-{organisation.slug}-{kind}')}-{day}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
