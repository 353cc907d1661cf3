# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain: who carries what for whom, and what nobody carries."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tables2 import RequestConfig

from dijkring.cooperation import picture
from dijkring.cooperation.chain import Edge, bundles
from dijkring.cooperation.filters import ChainFilter
from dijkring.cooperation.selectors import carrying as select
from dijkring.cooperation.selectors.provided import party
from dijkring.cooperation.tables import EdgeTable, GapTable
from dijkring.cooperation.words import KIND_WORDS
from dijkring.core.web import page
from dijkring.organisations.models import Organisation
from dijkring.ui import pages


@page("cooperation.view")
def chain(request: Any) -> HttpResponse:
    """Show the chain around us as a picture and a table, and what nobody does."""
    own = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    gaps = select.gaps(own.pk)
    rows = [*select.edges(own), *select.nobody(own, gaps)]
    shown = ChainFilter(request.GET, queryset=rows, request=request).qs
    return pages.list_page(
        request,
        rows,
        table=EdgeTable,
        filters=ChainFilter,  # type: ignore[arg-type]  # filters a list, not a queryset
        title=_("Chain"),
        purpose=_("Who does what for whom, around your organisation."),
        empty=pages.Empty(_("Nothing is known of what others do for you, or you for others.")),
        extra={
            "template": "cooperation/chain.html",
            "svg": _drawn(own, shown),
            "chain_caption": _("The chain around %(organisation)s") % {"organisation": own},
            "gaps": gaps,
            "gap_words": _gap_words(len(gaps)),
            "gap_title": _("What nobody does"),
            "gap_table": _whole(request, GapTable(gaps, request=request)),
        },
    )


def _whole(request: Any, table: GapTable) -> GapTable:
    RequestConfig(request, paginate=False).configure(table)
    return table


def _drawn(own: Organisation, shown: list[Edge]) -> str:
    return picture.svg(
        bundles(shown),
        own=party(own).key,
        title=_("The chain around %(organisation)s") % {"organisation": own},
        heads=(_("For whom"), _("Who does it")),
        legend={kind: str(words) for kind, words in KIND_WORDS.items()},  # type: ignore[misc]
    )


def _gap_words(count: int) -> str:
    return ngettext(
        "On %(count)d requirement no rule and no person speaks, and nobody carries it out for you.",
        "On %(count)d requirements no rule and no person speaks, and nobody carries them out for "
        "you.",
        count,
    ) % {"count": count}
