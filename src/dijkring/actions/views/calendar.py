# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The calendar of everything due."""

import re
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.actions.filters import CalendarFilter
from dijkring.actions.selectors import calendar as select
from dijkring.actions.tables import CalendarTable
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.ui import pages

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@page("actions.view")
def calendar(request: Any) -> HttpResponse:
    """Show what is due: one month as a sheet and a list, or everything that is coming."""
    organisation_id = request.actor.organisation_id
    everything = request.GET.get("month") == "all"
    month = _month(request.GET.get("month", ""))
    rows, late = (
        (select.coming(organisation_id, request.can), 0)
        if everything
        else select.of_month(organisation_id, month, request.can)
    )
    return pages.list_page(
        request,
        rows,
        table=CalendarTable,
        filters=CalendarFilter,  # type: ignore[arg-type]
        title=_("Calendar"),
        purpose=_("Everything with a date, of all parts of Dijkring."),
        empty=pages.Empty(_("Nothing is due.")),
        extra={
            "template": "actions/calendar.html",
            "weeks": [] if everything else select.weeks(month, rows),
            "everything": everything,
            "late": late,
            "month": month,
            "today": clock.today(),
            "before": select.preceding(month),
            "after": select.following(month),
        },
    )


def _month(text: str) -> date:
    """Return the first day of a month such as 2026-11; this month for anything else."""
    wanted = MONTH.fullmatch(text)
    return date(int(wanted[1]), int(wanted[2]), 1) if wanted else clock.today().replace(day=1)
