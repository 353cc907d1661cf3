# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: everything that was changed, by whom, when and why."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.organisations.filters import TrailFilter
from dijkring.organisations.history import timeline
from dijkring.organisations.selectors import trail as select
from dijkring.organisations.tables import AuditTable
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("core.audit")
def audit(request: Any) -> HttpResponse:
    """List every change, the newest first."""
    return pages.list_page(
        request,
        partial(select.entries, request.actor.organisation_id),
        table=AuditTable,
        filters=TrailFilter,  # type: ignore[arg-type]
        title=_("Audit trail"),
        purpose=_("Who changed what, when and why. Nobody can change or remove a line."),
        empty=pages.Empty(_("Nothing has been changed yet.")),
    )


@page("core.audit")
def audit_object(request: Any, table: str, pk: int) -> HttpResponse:
    """Show every change of one object, with what each field was and became."""
    events = select.events(table, pk)
    if not events:
        raise Http404
    return pages.detail_page(
        request,
        None,
        title=select.name_of(table, pk),
        purpose=select.table_words(table),
        timeline=timeline(events),
        trail=[(_("Audit trail"), link(request, "organisations:audit"))],
    )
