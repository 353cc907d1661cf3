# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others share with us, and where we stand beside others who are not named."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dijkring.accountability import looking, tables
from dijkring.accountability.compared import score_panel
from dijkring.accountability.filters import RowFilter, SharedFilter
from dijkring.accountability.selectors import comparison as select_comparison
from dijkring.accountability.selectors import shared as select
from dijkring.controls.models import Framework
from dijkring.core.web import page
from dijkring.evidence.panels import profile_chart, profile_words
from dijkring.evidence.selectors.standings import Profile
from dijkring.sharing import selectors as sharing
from dijkring.sharing.models import Detail, Look, Tlp
from dijkring.sharing.selectors import Shared
from dijkring.sharing.services.looks import may
from dijkring.sharing.tables import records_words
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import ChartPanel, Facts, Panel
from dijkring.ui.words import date_words

What = Look.What


@page("sharing.look")
def shared_list(request: Any) -> HttpResponse:
    """List who shares with us, with their counts on one framework."""
    request.frameworks = select.frameworks()
    keys = [key for key, _name in request.frameworks]
    chosen = request.GET.get("framework", "")
    framework = chosen if chosen in keys else keys[0]
    found = looking.overview(actor=request.actor, framework=framework)
    profile = Profile(found.counts, sum(found.counts.values()), ())
    chart = profile_chart(profile, _("All who share, together")) if found.counted else None
    return pages.list_page(
        request,
        found.sharers,
        table=tables.SharedTable,
        filters=SharedFilter,  # type: ignore[arg-type]  # over rows, not a query
        title=_("Shared with us"),
        purpose=_("What other organisations let us see. They see in a list when we looked."),
        empty=pages.Empty(_("Nobody shares anything with you now.")),
        extra={"template": "accountability/shared_list.html", "found": found, "chart": chart},
    )


def _shared(request: Any, giver: str, what: str = "") -> Shared:
    """Return what one other shares with us, far enough for a look; otherwise there is no page."""
    found = sharing.shared_by(request.actor.organisation_id, giver)
    if found is None or (what and not may(found, what)):
        raise Http404
    return found


@page("sharing.look")
def shared(request: Any, giver: str) -> HttpResponse:
    """Show what one other shares with us: the agreements and the counts per framework."""
    found = _shared(request, giver)
    counted: list[select.Counted] = []
    if may(found, What.SUMMARY):
        counted = looking.look(
            actor=request.actor,
            shared=found,
            what=What.SUMMARY,
            read=lambda id: select.counted([id]).get(id, []),
        )
    return pages.detail_page(
        request,
        found,
        title=found.giver.name,
        purpose=_("What this organisation shares with us. It sees when we looked."),
        panels=[*_counts(counted), *_terms(found)],
        actions=_ways(request, found, counted),
        trail=[(_("Shared with us"), link(request, "accountability:shared_list"))],
    )


def _counts(counted: list[select.Counted]) -> list[Panel]:
    return [
        ChartPanel(
            str(one.framework),
            profile_chart(one.profile, str(one.framework)),
            profile_words(one.profile),
        )
        for one in counted
    ]


def _terms(found: Shared) -> list[Panel]:
    return [
        Facts(
            _("Agreement until %(day)s") % {"day": date_words(one.ends_at)},
            [
                (_("What"), records_words(one)),
                (_("Detail"), Detail(one.detail).label),
                (_("Purpose"), one.purpose),
                (_("Legal ground"), one.legal_basis),
                (_("May travel on"), Tlp(one.tlp).label),
                (_("Until"), one.ends_at),
            ],
        )
        for one in found.agreements
    ]


def _ways(request: Any, found: Shared, counted: list[select.Counted]) -> list[Action]:
    """Return the pages about this organisation that an agreement opens."""
    giver = found.giver.slug
    ways = [
        (What.FACTS, _("Facts"), "accountability:shared_facts"),
        (What.JUDGEMENTS, _("Judgements"), "accountability:shared_judgements"),
        (What.ACTIONS, _("Actions"), "accountability:shared_actions"),
        (What.EXPOSURE, _("Exposure on the internet"), "accountability:shared_exposure"),
    ]
    per_framework = [
        Action(str(one.framework), _standings_of(request, giver, one.framework))
        for one in (counted if may(found, What.STANDINGS) else [])
    ]
    return per_framework + [
        Action(label, link(request, name, giver)) for what, label, name in ways if may(found, what)
    ]


def _standings_of(request: Any, giver: str, framework: Framework) -> str:
    return link(request, "accountability:shared_standings", giver, framework.pk)


@page("sharing.look")
def shared_standings(request: Any, giver: str, framework: int) -> HttpResponse:
    """Show the standings of another on one framework."""
    found = _shared(request, giver, What.STANDINGS)
    norm = get_object_or_404(Framework, pk=framework, organisation=None)
    return _rows(
        request,
        found,
        What.STANDINGS,
        lambda id: select.standings(id, norm),
        table=tables.SharedStandingTable,
        title=str(norm),
    )


@page("sharing.look")
def shared_facts(request: Any, giver: str) -> HttpResponse:
    """Show the facts of another."""
    found = _shared(request, giver, What.FACTS)
    table, title = tables.SharedFactTable, _("Facts")
    return _rows(request, found, What.FACTS, select.facts, table=table, title=title)


@page("sharing.look")
def shared_judgements(request: Any, giver: str) -> HttpResponse:
    """Show the judgements of another."""
    found = _shared(request, giver, What.JUDGEMENTS)
    table, title = tables.SharedJudgementTable, _("Judgements")
    return _rows(request, found, What.JUDGEMENTS, select.judgements, table=table, title=title)


@page("sharing.look")
def shared_actions(request: Any, giver: str) -> HttpResponse:
    """Show the actions of another."""
    found = _shared(request, giver, What.ACTIONS)
    table, title = tables.SharedActionTable, _("Actions")
    return _rows(request, found, What.ACTIONS, select.actions, table=table, title=title)


@page("sharing.look")
def shared_exposure(request: Any, giver: str) -> HttpResponse:
    """Show what was measured of another on the internet, each or in counts."""
    found = _shared(request, giver, What.EXPOSURE)
    title = _("Exposure on the internet")
    if may(found, What.EXPOSED):
        table: Any = tables.ExposureTable
        return _rows(request, found, What.EXPOSED, select.exposure, table=table, title=title)
    table = tables.ExposureCountTable
    return _rows(request, found, What.EXPOSURE, select.exposure_counts, table=table, title=title)


def _rows(
    request: Any,
    found: Shared,
    what: str,
    read: Callable[[int], list[select.Row]],
    *,
    table: Any,
    title: str,
) -> HttpResponse:
    about = title if what == What.STANDINGS else ""
    rows = looking.look(actor=request.actor, shared=found, what=what, read=read, about=about)
    marks = " / ".join(dict.fromkeys(str(Tlp(one.tlp).label) for one in found.agreements))
    return pages.list_page(
        request,
        rows,
        table=table,
        filters=RowFilter,  # type: ignore[arg-type]  # over rows, not a query
        title=f"{title}: {found.giver}",
        purpose=_("Shared with us under %(marking)s. They see that we looked.")
        % {"marking": marks},
        empty=pages.Empty(_("There is nothing here yet.")),
        trail=[
            (_("Shared with us"), link(request, "accountability:shared_list")),
            (found.giver.name, link(request, "accountability:shared", found.giver.slug)),
        ],
    )


@page("accountability.comparison")
def comparison(request: Any) -> HttpResponse:
    """Show our share beside that of municipalities of the same size, who are never named."""
    organisation_id = request.actor.organisation_id
    return pages.list_page(
        request,
        select_comparison.comparison(organisation_id),
        table=tables.ComparisonTable,
        title=_("Comparison"),
        purpose=_class_words(select_comparison.bounds(organisation_id)),
        empty=pages.Empty(_("There is nothing to compare yet: make the first judgements.")),
        extra={
            "template": "accountability/comparison.html",
            "scores": score_panel(organisation_id).render(request),
        },
    )


def _class_words(bounds: tuple[int, int | None] | None) -> str:
    if bounds is None:
        return _("Only municipalities are compared, by their number of residents.")
    low, high = bounds
    words = {"low": _number(low), "high": _number(high or 0)}
    if high is None:
        return _("With municipalities of %(low)s residents and more.") % words
    return _("With municipalities of %(low)s to %(high)s residents.") % words


def _number(residents: int) -> str:
    return str(number_format(residents, force_grouping=True))
