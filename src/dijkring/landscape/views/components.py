# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the software that systems are made of."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.landscape.filters.components import ComponentFilter
from dijkring.landscape.selectors import assets
from dijkring.landscape.selectors import components as selectors
from dijkring.landscape.services.import_files import RIGHT
from dijkring.landscape.tables.imports import PartsTable, SystemPartsTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


@page("landscape.view")
def components(request: Any) -> HttpResponse:
    """List the software of all systems: who has log4j."""
    return pages.list_page(
        request,
        selectors.components(request.actor.organisation_id),
        table=PartsTable,
        filters=ComponentFilter,
        title=_("Software in systems"),
        purpose=_(
            "What our systems are made of, as their lists of software (SBOM) tell. Search for a "
            "name to see at once which systems hold it."
        ),
        actions=_read_in(request),
        trail=[(_("Landscape"), link(request, "landscape:assets"))],
        empty=Empty(
            _("No list of software has been read in yet. Ask your supplier for one in CycloneDX.")
        ),
    )


@page("landscape.view")
def of_system(request: Any, pk: int) -> HttpResponse:
    """List the software of one system."""
    system = get_object_or_404(assets.assets(request.actor.organisation_id), pk=pk)
    return pages.list_page(
        request,
        selectors.of_system(system),
        table=SystemPartsTable,
        filters=ComponentFilter,
        title=_("Software in %(system)s") % {"system": system.name},
        purpose=_("What the latest list of software (SBOM) of this system tells."),
        actions=_read_in(request),
        trail=[
            (_("Landscape"), link(request, "landscape:assets")),
            (system.name, link(request, "landscape:asset", system.pk)),
        ],
        empty=Empty(_("No list of software has been read in for this system.")),
    )


def _read_in(request: Any) -> list[Action]:
    if not request.can(RIGHT):
        return []
    return [Action(_("Read a file in"), link(request, "landscape:import_file"), icon="plus")]
