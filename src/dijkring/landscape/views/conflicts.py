# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of recovery that cannot be kept, and the least that would mend them."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.landscape.cascade import Change
from dijkring.landscape.moments import length_words
from dijkring.landscape.selectors import weighing as selectors
from dijkring.landscape.selectors.graph import Landscape, landscape
from dijkring.landscape.selectors.weighing import Broken
from dijkring.landscape.tables.weighing import ConflictTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts, Markup


def _trail(request: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Landscape"), link(request, "landscape:assets")), *more]


@page("landscape.view")
def conflicts(request: Any) -> HttpResponse:
    """List what promises to be back sooner than what it rests on."""
    return pages.list_page(
        request,
        selectors.conflicts(landscape(request.actor.organisation_id)),
        table=ConflictTable,
        title=_("Recovery times that clash"),
        purpose=_("What promises to be back sooner than the things it needs, also far down the"
                  " chain. The time it can do without has been taken off."),
        trail=_trail(request),
        extra={"template": "landscape/conflicts.html"},
        empty=Empty(_("No promise breaks on another. Only what has a recovery time can clash.")),
    )  # fmt: skip


@page("landscape.view")
def conflict(request: Any, pk: int) -> HttpResponse:
    """Show why one asset cannot keep its promise, and what would mend it."""
    known = landscape(request.actor.organisation_id)
    node = known.nodes.get(pk)
    if node is None:
        raise Http404
    found = selectors.conflict_of(known, pk)
    return pages.detail_page(
        request,
        node,
        title=_("Recovery time of %(name)s") % {"name": node.name},
        purpose=_purpose(found),
        panels=_panels(known, found) if found else [],
        actions=[Action(_("To the asset"), link(request, "landscape:asset", pk))],
        trail=_trail(
            request, (_("Recovery times that clash"), link(request, "landscape:conflicts"))
        ),
    )


def _purpose(found: Broken | None) -> str:
    if found is None:
        return _("What it promises fits what it rests on.")
    words = _("It promises to be back in %(promised)s, and can be back in %(possible)s.")
    return words % {
        "promised": length_words(found.conflict.promised),
        "possible": length_words(found.conflict.possible),
    }


def _panels(known: Landscape, found: Broken) -> list[Any]:
    when = _("only if several fail together") if found.conflict.together else _("one is enough")
    rows = [
        (_("Because of"), found.cause.name),
        (_("Is back within"), length_words(found.cause.promised)),
        (_("When"), when),
    ]
    ways = selectors.ways_out(known, found.pk)
    titles = {
        "any": _("The least that mends it"),
        "promises": _("By quicker promises alone"),
        "buffers": _("By doing without for longer alone"),
    }
    told = [(titles[name], _changes(known, changes)) for name, changes in ways.items()]
    return [
        Facts(_("What it breaks on"), rows),
        Markup(_("The chain"), "landscape/parts/chain.html", {"steps": _steps(known, found)}),
        Markup(_("What would mend it"), "landscape/parts/ways_out.html", {"ways": told}),
    ]


def _steps(known: Landscape, found: Broken) -> list[tuple[str, str, str]]:
    """Return each asset of the chain with its promise and how long the next can do without it."""
    delays = [*(known.dependencies.seconds[line] for line in found.conflict.lines), None]
    return [
        (
            node.name,
            length_words(node.promised) if node.promised >= 0 else _("promises nothing"),
            "" if delay is None else length_words(int(delay)),
        )
        for node, delay in zip(found.path, delays, strict=True)
    ]


def _changes(known: Landscape, changes: Sequence[Change]) -> list[str]:
    return [_change_words(known, one) for one in changes]


def _change_words(known: Landscape, change: Change) -> str:
    name, time = known.nodes[change.asset].name, length_words(change.seconds)
    if change.kind == "promise":
        words = _("%(name)s is back within %(time)s; now it promises %(now)s.")
        now = length_words(known.nodes[change.asset].promised)
        return words % {"name": name, "time": time, "now": now}
    other = known.nodes[int(known.dependencies.provider[change.line])].name
    words = _("%(name)s can do without %(other)s for %(time)s; now for %(now)s.")
    now = length_words(int(known.dependencies.seconds[change.line]))
    return words % {"name": name, "other": other, "time": time, "now": now}
