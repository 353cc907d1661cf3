# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The certificates per month as a chart, and the figures above the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.surface.selectors import certificates as selectors
from dijkring.surface.selectors.certificates import Certificate
from dijkring.ui import charts, words

MONTHS = 12


def overview(rows: Sequence[Certificate]) -> dict[str, Any]:
    """Return what stands above the list: how many end soon, and the chart of the year."""
    ended = [row for row in rows if row.days < 0]
    soon = [row for row in rows if 0 <= row.days <= 30]
    return {"ended": len(ended), "soon": len(soon), "chart": _chart(rows, len(ended))}


def _chart(rows: Sequence[Certificate], ended: int) -> charts.StackedColumns | None:
    if not rows:
        return None
    by_month = selectors.months(rows)
    first = clock.today().replace(day=1)
    columns = [_column(month, by_month.get(month, [])) for month in _following(first)]
    later = sum(len(found) for month, found in by_month.items() if month > _following(first)[-1])
    if later:
        parts = (charts.Part("series-1", later, _("ends")),)
        columns.append(charts.Column(_("later"), parts))
    if ended:
        parts = (charts.Part("not_met", ended, _("expired")),)
        columns.insert(0, charts.Column(_("expired"), parts))
    return charts.StackedColumns(
        title=_("Certificates that end, per month"),
        description=_("How many certificates have ended, and how many end in each month."),
        language=words.language(),
        columns=tuple(columns),
    )


def _following(first: date) -> list[date]:
    months = [first.year * 12 + first.month - 1 + place for place in range(MONTHS)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _column(month: date, rows: Sequence[Certificate]) -> charts.Column:
    _one, name, _year = words.date_words(month).split(" ")
    return charts.Column(name[:3], (charts.Part("series-1", len(rows), _("ends")),))
