# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work with its progress, and who may do what."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.access import ROLE_LABELS, Right
from dijkring.core.models import Job
from dijkring.core.web import page
from dijkring.organisations.filters import JobFilter
from dijkring.organisations.selectors import work as select
from dijkring.organisations.tables import JobTable, RightTable, RoleColumn, ScheduleTable
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.ui.panels import Panel, RelatedTable


@page("core.jobs")
def jobs(request: Any) -> HttpResponse:
    """List the long work, and what returns by itself."""
    organisation_id = request.actor.organisation_id
    planned = ScheduleTable(select.schedules(organisation_id), request=request)
    below = RelatedTable(_("Returns by itself"), planned, _("Nothing is planned."))
    return pages.list_page(
        request,
        select.jobs(organisation_id),
        table=JobTable,
        filters=JobFilter,
        title=_("Running work"),
        purpose=_("Measurements, imports and reports: how far they are, and what came of them."),
        empty=pages.Empty(_("No long work has been started yet.")),
        extra={
            "template": "organisations/list_with_panels.html",
            "below": [below.render(request)],
        },
    )


@page("core.jobs")
def job(request: Any, pk: int) -> HttpResponse:
    """Show how far one piece of work is."""
    found = get_object_or_404(Job, pk=pk)
    address = link(request, "organisations:jobs")
    return pages.job_page(request, found, trail=[(_("Running work"), address)], back=address)


@page("core.matrix")
def matrix(request: Any) -> HttpResponse:
    """Show which role holds which right."""
    mine = dict(ROLE_LABELS).get(request.actor.role, "")
    return pages.detail_page(
        request,
        None,
        title=_("Rights"),
        purpose=_("What each role may do. Your role here: %(role)s.") % {"role": mine},
        panels=[_panel(request, one) for one in select.rights_by_room()],
        extra={"template": "organisations/matrix.html"},
    )


def _panel(request: Any, one: select.RoomRights) -> Panel:
    columns = [(role.value, RoleColumn(verbose_name=ROLE_LABELS[role])) for role in ROLE_LABELS]
    rows = [_row(right) for right in one.rights]
    return RelatedTable(one.label, RightTable(rows, request=request, extra_columns=columns))


def _row(right: Right) -> dict[str, Any]:
    return {"label": right.label, **{role.value: role in right.roles for role in ROLE_LABELS}}
