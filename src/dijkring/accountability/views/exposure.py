# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is exposed to what: for bodies with which others share their exposure on the internet."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.accountability import exposing, tables
from dijkring.accountability.exposing import Picture
from dijkring.accountability.filters import ExposedFilter
from dijkring.accountability.selectors import exposure as select
from dijkring.core.web import page
from dijkring.ui import charts, pages, words
from dijkring.ui.pages import link

MOST_WORDS = 80


@page("sharing.look")
def exposed(request: Any) -> HttpResponse:
    """List who is exposed to a chosen kind of finding; without a choice nothing is looked at."""
    request.tests = select.tests()
    asked = request.GET.get("test", "")
    kind = asked if asked in dict(request.tests) else ""
    sought = request.GET.get("seen", "").strip()[:MOST_WORDS] if kind else ""
    found = exposing.picture(actor=request.actor, kind=kind, words=sought)
    return pages.list_page(
        request,
        found.rows,
        table=tables.ExposedTable,
        filters=ExposedFilter,  # type: ignore[arg-type]  # over rows, not a query
        title=_("Who is exposed"),
        purpose=_("Among those who share their exposure on the internet. They see that we looked."),
        trail=[(_("Shared with us"), link(request, "accountability:shared_list"))],
        empty=pages.Empty(_empty_words(kind)),
        extra={
            "template": "accountability/exposed.html",
            "found": found,
            "kind": kind,
            "chart": _chart(found) if found.rows else None,
        },
    )


def _empty_words(kind: str) -> str:
    if kind:
        return _("Nobody shares this with us.")
    return _("Choose a test. Only then do we look, and each organisation sees that we did.")


def _chart(found: Picture) -> charts.StackedBar:
    labels = (
        ("not_met", "fail", _("exposed")),
        ("not_measured", "not_measured", _("not measured")),
        ("met", "pass", _("not exposed")),
    )
    parts = tuple(
        charts.Part(tone, found.states[state], label)  # type: ignore[arg-type]
        for tone, state, label in labels
        if found.states[state]
    )
    return charts.StackedBar(
        title=_("Organisations"),
        description=_("How many organisations are exposed, are not, or were not measured."),
        language=words.language(),
        parts=parts,
    )
