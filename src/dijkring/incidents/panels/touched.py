# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an incident touches on its page; incidents on the page of an asset and under 'what if'."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.incidents import words as said
from dijkring.incidents.hints import OUTAGE, named
from dijkring.incidents.models import Incident, TouchedAsset
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.obligations import AWARE, ours
from dijkring.incidents.selectors import touched as selectors
from dijkring.incidents.selectors.touched import SERVED, Coming, Consequences
from dijkring.landscape.models import Asset
from dijkring.landscape.moments import length_words, path_words
from dijkring.landscape.selectors.whatif import Answer
from dijkring.landscape.tables.whatif import LOOKS
from dijkring.ui.links import link
from dijkring.ui.panels import Markup, Panel
from dijkring.ui.states import State

MOST_SHOWN = 6
CERTAINTY = {
    "suspected": State(gettext_lazy("suspected"), "warning", "partly"),
    "confirmed": State(gettext_lazy("confirmed"), "not-met", "not-met"),
    "cleared": State(gettext_lazy("not touched after all"), "not-applicable", "not-applicable"),
}
WORKS = State(gettext_lazy("works again"), "met", "met")


def of_incident(request: Any, found: Incident) -> list[Panel]:
    """Return what an incident touches, and while it is open what comes next."""
    rows = list(selectors.of_incident(found))
    next_ = selectors.consequences(found.organisation_id, rows) if found.is_open else None
    context = {
        "incident": found,
        "rows": [{"row": one, "look": look(one)} for one in rows],
        "may": request.can(HANDLE) and found.is_open,
        "found": next_,
        "at_stake": _at_stake(next_) if next_ else "",
        "coming": [_drawn(next_, one) for one in _shown(next_)] if next_ else [],
        "all": _ask(request, next_) if next_ else "",
    }
    return [Markup(_("What it touches, and what comes next"), "incidents/touched.html", context)]


def look(row: TouchedAsset) -> State:
    """Return how sure it is that an asset is touched, or that it works again."""
    if row.until is not None and row.certainty != TouchedAsset.Certainty.CLEARED:
        return WORKS
    return CERTAINTY[row.certainty]


def _at_stake(found: Consequences) -> str:
    parts = []
    if tasks := found.tasks():
        parts.append(
            ngettext("%(n)d statutory task", "%(n)d statutory tasks", tasks) % {"n": tasks}
        )
    if residents := found.residents():
        count = number_format(residents, use_l10n=True, force_grouping=True)
        parts.append(ngettext("%(n)s resident", "%(n)s residents", residents) % {"n": count})
    if not parts:
        return ""
    return _("At stake if nothing is mended: %(what)s.") % {"what": ", ".join(parts)}


def _shown(found: Consequences) -> Sequence[Coming]:
    """Return what is to come, the soonest first; what was touched itself stands above it."""
    down = {one.asset_id for one in found.down}
    rows = [one for one in found.coming if one.node.pk not in down]
    return sorted(rows, key=lambda one: (not one.fails, one.at))[:MOST_SHOWN]


def _drawn(found: Consequences, one: Coming) -> dict[str, Any]:
    return {
        "one": one,
        "look": LOOKS[one.harm.state],
        "by": path_words(found.landscape, one.harm.path),
        "passed": one.at <= clock.now(),
    }


def _ask(request: Any, found: Consequences) -> str:
    query = "&".join(f"asset={one.asset_id}" for one in found.down)
    return f"{link(request, 'landscape:what_if')}?{query}"


def of_asset(request: Any, asset: Asset) -> list[Panel]:
    """Return the open incidents on an asset, for who may see incidents."""
    if not request.can("incidents.view"):
        return []
    rows = list(selectors.open_on(asset))
    if not rows:
        return []
    drawn = [{"row": one, "look": look(one), "state": said.look(one.incident)} for one in rows]
    return [Markup(_("Open incidents"), "incidents/on_asset.html", {"rows": drawn})]


def of_what_if(request: Any, answer: Answer) -> list[Panel]:
    """Return what would have to be reported if this happened."""
    served = [one.node.name for one in answer.failing() if one.node.kind in SERVED]
    ids = [one.pk for one in answer.failing()]
    holding = Asset.objects.filter(pk__in=ids).exclude(personal_data__in=["", Asset.Personal.NONE])
    context = {
        "served": named(served),
        "expected": _expected_words(answer),
        "reports": _reports("cbw") if served else [],
        "holding": named([one.name for one in holding.order_by("name")]),
        "privacy": _reports("avg"),
        "may": request.can("incidents.report"),
    }
    title = _("What would have to be reported")
    return [Markup(title, "incidents/what_if.html", context)]


def _expected_words(answer: Answer) -> str:
    nodes = answer.landscape.nodes
    promised = [nodes[pk].promised for start in answer.starts for pk in start.assets]
    if min(promised) < 0:
        return _("Not all that fails has promised to be back in time, so four hours can be.")
    said = {"time": length_words(max(promised))}
    if max(promised) >= OUTAGE.total_seconds():
        return _("What fails promises to be back within %(time)s, so four hours can be.") % said
    return _("What fails promises to be back within %(time)s; if it is, four hours are not"
             " reached.") % said  # fmt: skip


def _reports(regime: str) -> list[dict[str, str]]:
    today = clock.today()
    return [
        {"title": in_language(dict(one.title)), "hours": str(one.duration.number),
         "article": one.article}
        for one in ours()
        if one.regime == regime and one.anchor == AWARE and one.holds_on(today)
        and one.duration is not None and one.duration.unit == "hours"
    ]  # fmt: skip
