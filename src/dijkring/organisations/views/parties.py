# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations and who takes part in what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.organisations.filters import OrganisationFilter
from dijkring.organisations.models import Organisation
from dijkring.organisations.selectors import parties as select
from dijkring.organisations.tables import OrganisationTable, ParticipantTable, ParticipationTable
from dijkring.ui import pages, words
from dijkring.ui.pages import link
from dijkring.ui.panels import Facts, Panel, RelatedTable


@page("organisations.view")
def organisations(request: Any) -> HttpResponse:
    """List all organisations."""
    return pages.list_page(
        request,
        select.organisations(),
        table=OrganisationTable,
        filters=OrganisationFilter,
        title=_("Organisations"),
        purpose=_("Municipalities, safety regions and the bodies they work with."),
    )


@page("organisations.view")
def organisation(request: Any, pk: int) -> HttpResponse:
    """Show one organisation: what it is, in what it takes part and who takes part in it."""
    found = get_object_or_404(Organisation, pk=pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        purpose=capfirst(found.get_kind_display()),
        panels=[_facts(found), *_relations(request, found)],
        trail=[(_("Organisations"), link(request, "organisations:organisations"))],
    )


def _facts(found: Organisation) -> Facts:
    region = dict(select.regions()).get(found.region_code, "")
    rows = [
        (_("Kind"), capfirst(found.get_kind_display())),
        (_("Code"), found.code),
        (_("Province"), found.province),
        (_("Safety region"), region if region != found.name else ""),
        (_("Residents"), words.quantity_words(found.population)),
        (_("Source"), found.source),
    ]
    return Facts(_("What it is"), [row for row in rows if row[1] not in ("", None)])


def _relations(request: Any, found: Organisation) -> list[Panel]:
    inside = ParticipationTable(select.participations(found.pk), request=request)
    below = ParticipantTable(select.participants(found.pk), request=request)
    titles = [(_("Takes part in"), inside), (_("Participants"), below)]
    return [RelatedTable(title, table) for title, table in titles if len(table.rows)]
