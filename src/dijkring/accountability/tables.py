# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of reports."""

from django.utils.translation import gettext_lazy as _

from dijkring.ui import tables


class ReportTable(tables.Table):
    """Reports to the council."""

    title = tables.LinkColumn("accountability:report", verbose_name=_("Report"))
    period_from = tables.DateColumn(verbose_name=_("From"))
    period_to = tables.DateColumn(verbose_name=_("Until"))
    status = tables.Column(accessor="get_status_display", verbose_name=_("Status"), orderable=False)
    made_at = tables.MomentColumn(verbose_name=_("Made on"))
    made_by = tables.PersonColumn(verbose_name=_("By"))
