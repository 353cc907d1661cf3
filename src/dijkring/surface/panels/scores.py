# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score over time as charts, and what costs the most points."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.surface.selectors import scores as selectors
from dijkring.surface.selectors.scores import Course
from dijkring.ui import charts, words
from dijkring.ui.panels import ChartPanel, Markup, Panel, for_slot

SLOT = "surface.score"
# Short enough to stand before a row.
SHORT = {
    "web-ipv6": gettext_lazy("Website: IPv6"),
    "web-dnssec": gettext_lazy("Website: DNSSEC"),
    "web-tls": gettext_lazy("Website: TLS"),
    "web-rpki": gettext_lazy("Website: RPKI"),
    "mail-ipv6": gettext_lazy("Mail: IPv6"),
    "mail-dnssec": gettext_lazy("Mail: DNSSEC"),
    "mail-auth": gettext_lazy("Mail: false mail"),
    "mail-tls": gettext_lazy("Mail: TLS"),
    "mail-rpki": gettext_lazy("Mail: RPKI"),
}
MOST_COLUMNS = 8


def of_score(request: Any, organisation_id: int) -> list[Panel]:
    """Return the panels of the page: course, categories, what costs points, and other rooms'."""
    course = selectors.course(organisation_id)
    line, map_ = course_chart(course), category_map(course)
    later = Markup(_("Over time"), "surface/score_later.html")
    gaps = _("A gap means that nothing was measured then.")
    costs = {"costs": selectors.costs(organisation_id)}
    return [
        ChartPanel(_("Over time"), line, gaps) if line else later,
        *([ChartPanel(_("Per category"), map_)] if map_ else []),
        Markup(_("What costs the most points"), "surface/score_costs.html", costs),
        *for_slot(SLOT, request, organisation_id),
    ]


def course_chart(course: Course) -> charts.Lines | None:
    """Draw the scores of websites and mail as lines; nothing for one single moment."""
    if len(course.days) < 2:
        return None
    names = {"web": _("Websites"), "mail": _("Mail")}
    return charts.Lines(
        title=_("Score over time"),
        description=_("The score of websites and mail, in percents; a gap was not measured."),
        language=words.language(),
        labels=tuple(_day(day) for day in course.days),
        series=tuple(
            charts.Series(names[part], tuple(values)) for part, values in course.percents.items()
        ),
        unit="%",
    )


def category_map(course: Course) -> charts.HeatMap | None:
    """Draw the score per category at up to eight moments that were measured, the last always."""
    if len(course.days) < 2:
        return None
    known = [at for at in range(len(course.days)) if _any(course, at)]
    step = -(-len(known) // MOST_COLUMNS)
    places = known[::-1][:: max(1, step)][::-1]
    if not places:
        return None
    rows = [(key, course.categories[key]) for key in SHORT if key in course.categories]
    return charts.HeatMap(
        title=_("Score per category"),
        description=_(
            "The score of each category in percents, when it was measured; darker is higher."
        ),
        language=words.language(),
        rows=tuple(str(SHORT[key]) for key, _values in rows),
        columns=tuple(_day(course.days[at]) for at in places),
        values=tuple(tuple(values[at] for at in places) for _key, values in rows),
        row_title=_("Category"),
        column_title=_("Day"),
    )


def _any(course: Course, at: int) -> bool:
    return any(values[at] is not None for values in course.categories.values())


def _day(day: date) -> str:
    number, month, _year = words.date_words(day).split(" ")
    return f"{number} {month[:3]}"
