# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of figures: one's own per year, those of a group, and the own targets."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.incidents.forms.figures import AimForm
from dijkring.incidents.selectors import figures as selectors
from dijkring.incidents.selectors import together as group
from dijkring.incidents.selectors.figures import Year
from dijkring.incidents.selectors.incidents import category_words
from dijkring.incidents.selectors.together import Line
from dijkring.incidents.services import counting
from dijkring.incidents.tables.figures import YearTable
from dijkring.incidents.views.incidents import VIEW, trail
from dijkring.ui import charts, pages, words
from dijkring.ui.pages import Action, Empty, link

AIM = "incidents.aims"


@page(VIEW)
def figures(request: Any) -> HttpResponse:
    """Show the own figures per year, with a trend."""
    rows = selectors.years(request.actor.organisation_id)
    aims = Action(_("Own targets"), link(request, "incidents:aims"), icon="edit")
    return pages.list_page(
        request,
        rows,
        table=YearTable,
        title=_("Figures of incidents"),
        purpose=_("Per year, without exercises and without what was only a breach of personal data."
                  " Times are the middle of what was recorded; not recorded is a dash."),
        trail=trail(request),
        actions=[
            *([aims] if request.can(AIM) else []),
            Action(_("Of a group"), link(request, "incidents:together")),
        ],
        empty=Empty(_("No incident has been reported. That says nothing about whether there were"
                      " any.")),
        extra={"template": "incidents/figures.html", "charts": _charts(rows)},
    )  # fmt: skip


def _charts(rows: Sequence[Year]) -> list[Any]:
    if not rows:
        return []
    columns = tuple(charts.Column(str(one.year), _parts(one)) for one in reversed(rows))
    trend = charts.StackedColumns(
        title=_("Incidents per year"),
        description=_("How many incidents there were, and how many of them were avoidable."),
        language=words.language(),
        columns=columns,
    )
    kinds = tuple(
        charts.Bar(category_words(kind) or _("not known yet"), count)
        for kind, count in rows[0].kinds.items()
    )
    bars = charts.Bars(
        title=_("Kinds of incident in %(year)s") % {"year": rows[0].year},
        language=words.language(),
        bars=kinds,
    )
    return [trend, *([bars] if kinds else [])]


def _parts(one: Year) -> tuple[charts.Part, ...]:
    return (
        charts.Part("not_met", one.avoidable, _("avoidable")),
        charts.Part("met", one.unavoidable, _("not avoidable")),
        charts.Part("not_measured", one.undecided, _("not judged")),
    )


@page(VIEW)
def together(request: Any) -> HttpResponse:
    """Show the figures of who shares them with us, as a group of at least five."""
    found = group.together()
    named = [(one, category_words(one.name) or _("not known yet")) for one in found.kinds]
    context = {
        "title": _("Figures of incidents in a group"),
        "found": found,
        "trail": [*trail(request), (_("Figures of incidents"), link(request, "incidents:figures"))],
        "months": [(one, one.name) for one in found.months],
        "kinds": named,
        "chart": _lines(found.months),
    }
    return render(request, "incidents/together.html", context)


def _lines(months: Sequence[Line]) -> Any:
    if not months:
        return None
    return charts.Lines(
        title=_("Incidents per month"),
        description=_("Of all who share them, in steps of five."),
        language=words.language(),
        labels=tuple(one.name for one in months),
        series=(charts.Series(_("Incidents"), tuple(float(one.incidents) for one in months)),),
    )


@page(AIM, writes=True)
def aims(request: Any) -> HttpResponse:
    """Set the own targets."""
    found = selectors.target(request.actor.organisation_id)
    return pages.form_page(
        request,
        AimForm(request.POST or None, instance=found),
        title=_("Own targets for incidents"),
        purpose=_("Facts say whether you meet them. What you leave empty is not measured; for the"
                  " last two 14 and 3 days count then."),
        submit=_("Save"),
        back=link(request, "incidents:figures"),
        trail=[*trail(request), (_("Figures of incidents"), link(request, "incidents:figures"))],
        stored=found is not None,
        on_valid=lambda form: _aimed(request, form),
    )  # fmt: skip


def _aimed(request: Any, form: AimForm) -> str:
    counting.aim(actor=request.actor, wanted=form.cleaned_data)
    messages.success(request, _("Saved."))
    return link(request, "incidents:figures")
