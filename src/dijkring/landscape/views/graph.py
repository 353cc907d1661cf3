# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as a drawing in layers, always with the list that says the same."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import assets, clusters
from dijkring.landscape.selectors import drawing as selectors
from dijkring.landscape.selectors.clusters import By
from dijkring.landscape.selectors.drawing import Drawing
from dijkring.landscape.services.looking import seen
from dijkring.landscape.tables.graph import GraphTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

FURTHEST = 3


@page("landscape.view")
def graph(request: Any) -> HttpResponse:
    """Draw the landscape, or what lies around one asset."""
    known = seen(request.actor, _("Drawing"))
    around, steps = _number(request, "asset"), _number(request, "steps") or 1
    around = around if around in known.nodes else None
    steps = min(steps, FURTHEST)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Asset.Kind.values]
    parties = dict(assets.parties(request.actor.organisation_id).values_list("pk", "name"))
    supplier = request.GET.get("supplier", "")
    of = [n.pk for n in known.nodes.values() if clusters.supplier_of(n, parties) == supplier]
    shown = selectors.drawing(
        known, kinds=kinds, around=around, steps=steps, of=of if supplier else None
    )
    by = _by(request, shown, bool(kinds))
    here = known.nodes[around] if around is not None else None
    return pages.list_page(
        request,
        shown.rows,
        table=GraphTable,
        title=_("Around %(name)s") % {"name": here.name} if here else _("Drawing"),
        purpose=_("What needs what, in layers: tasks on top, and below what they rest on."),
        actions=[Action(_("The whole landscape"), link(request, "landscape:graph"))]
        if here
        else [],
        trail=[(_("Landscape"), link(request, "landscape:assets"))],
        extra={
            "template": "landscape/graph.html",
            "drawn": _together(request, shown, by, parties)
            if by
            else selectors.to_draw(shown, around),
            "by": by,
            "ways": _ways(request, shown, by),
            "supplier": supplier,
            "around": around,
            "steps": steps,
            "furthest": range(1, FURTHEST + 1),
            "kinds": [(value, label, value in kinds) for value, label in Asset.Kind.choices],
            "most": selectors.MOST_DRAWN,
            "address": link(request, "landscape:assets"),
        },
        empty=Empty(_("There is nothing to draw yet.")),
    )


def _by(request: Any, shown: Drawing, of_kinds: bool) -> By | None:
    """Return by what it is drawn together, which what is too large to read always is."""
    asked = request.GET.get("by", "")
    if asked in ("kind", "supplier"):
        return asked  # type: ignore[no-any-return]
    return ("supplier" if of_kinds else "kind") if shown.too_many else None


def _together(request: Any, shown: Drawing, by: By, parties: Mapping[int, str]) -> dict[str, Any]:
    words = {key: str(capfirst(label)) for key, label in Asset.Kind.choices}
    names: dict[str, str] = words if by == "kind" else {"": _("without a supplier")}
    found = clusters.together(shown, by, {**names, clusters.REST: _("all others")}, parties)
    kept = [(key, one) for key in ("kind", "supplier") if key != by
            for one in request.GET.getlist(key)]  # fmt: skip
    return clusters.to_draw(found, by, link(request, "landscape:graph"), kept)


def _ways(request: Any, shown: Drawing, by: By | None) -> list[tuple[str, str, bool]]:
    """Return the ways to draw this: each apart where that can be read, or together."""
    ways = [("kind", _("Together by kind")), ("supplier", _("Together by supplier"))]
    if not shown.too_many:
        ways.insert(0, ("", _("Each apart")))
    found = []
    for value, label in ways:
        given = request.GET.copy()
        given.pop("by", None)
        given.pop("page", None)
        if value:
            given["by"] = value
        found.append((f"?{given.urlencode()}", label, value == (by or "")))
    return found


def _number(request: Any, name: str) -> int | None:
    return id_of(request.GET.get(name, ""))
