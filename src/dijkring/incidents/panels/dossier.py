# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of an incident: how much it holds on the page of the incident, and all of it."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.incidents.indicators import defang
from dijkring.incidents.models import Cost, Exhibit, Incident, Indicator
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import costs
from dijkring.incidents.selectors import dossier as selectors
from dijkring.ui.panels import Markup, Panel

MOST_SHOWN = 20


def of_incident(request: Any, found: Incident) -> list[Panel]:
    """Return how much the file of an incident holds."""
    counts = selectors.counts(found)
    context = {
        "incident": found,
        "counts": counts,
        "total": costs.euros(counts.total.all) if counts.total.count else "",
    }
    return [Markup(_("The file"), "incidents/dossier_counts.html", context)]


def everything(request: Any, found: Incident) -> list[Panel]:
    """Return all that the file of an incident holds."""
    base = {"incident": found, "may": request.can(HANDLE), "open": found.is_open}
    traces = list(selectors.indicators(found))
    total = costs.total(found)
    panels: list[tuple[str, str, dict[str, Any]]] = [
        (_("Evidence"), "exhibits", {"rows": [_exhibit(one) for one in selectors.exhibits(found)]}),
        (_("Traces"), "indicators", {"rows": [_trace(one) for one in traces[:MOST_SHOWN]],
                                     "count": len(traces)}),
        (_("Costs"), "costs", {"rows": [_cost(one) for one in costs.of_incident(found)],
                               "total": costs.euros(total.all),
                               "certain": costs.euros(total.certain),
                               "estimated": costs.euros(total.estimated)}),
        (_("Police"), "police", {"found": selectors.police(found)}),
        (_("Who was told what"), "contacts", {"rows": list(selectors.contacts(found))}),
    ]  # fmt: skip
    return [Markup(title, f"incidents/{name}.html", {**base, **own}) for title, name, own in panels]


def _exhibit(one: Exhibit) -> dict[str, Any]:
    chain = list(one.custody.all())
    checks = [link for link in chain if link.equal is not None]
    return {"exhibit": one, "chain": chain, "last": checks[-1] if checks else None}


def _trace(one: Indicator) -> dict[str, Any]:
    return {"row": one, "text": defang(one.kind, one.value)}


def _cost(one: Cost) -> dict[str, Any]:
    return {"row": one, "euros": costs.euros(one.cents)}
