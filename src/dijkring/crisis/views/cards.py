# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cards of the first hour: on a page, on paper, and all together as a binder."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.crisis import cards_sheets
from dijkring.crisis import partners_words as words
from dijkring.crisis.cards import cards as every
from dijkring.crisis.cards import question
from dijkring.crisis.panels import cards as panels
from dijkring.crisis.rights import VIEW
from dijkring.crisis.selectors.cards import Filled, filled
from dijkring.crisis.views.partners import trail_to
from dijkring.ui.pages import Action, link
from dijkring.workplace.files import hand_out


@page(VIEW)
def cards(request: Any) -> HttpResponse:
    """List the cards, with whose they are."""
    found = filled(request.actor.organisation_id)
    binder = link(request, "crisis:cards_file", "pdf")
    return render(
        request,
        "crisis/cards.html",
        {
            "title": _("Role cards"),
            "purpose": _("One page per function for the first hour. Print them in quiet times."),
            "trail": trail_to(request),
            "actions": [Action(_("All cards as PDF"), binder, "primary", icon="download")],
            "cards": [(words.said(one.function.words), one) for one in found],
        },
    )


@page(VIEW)
def card(request: Any, function: str) -> HttpResponse:
    """Show one card."""
    found = _one(request, function)
    address = link(request, "crisis:card_file", function, "pdf")
    title = _("Card: %(function)s") % {"function": words.said(found.function.words)}
    asked, why = (words.said(one) for one in question())
    return render(
        request,
        "crisis/card.html",
        {
            "title": title,
            "purpose": _("Version %(version)s") % {"version": found.card.version},
            "trail": [*trail_to(request), (_("Role cards"), link(request, "crisis:cards"))],
            "actions": [Action(_("Print as PDF"), address, "primary", icon="download")],
            "question": asked,
            "why": why,
            "card": panels.drawn(found),
        },
    )


def _one(request: Any, function: str) -> Filled:
    if function not in every():
        raise Http404
    return filled(request.actor.organisation_id, function)[0]


@page(VIEW)
def card_file(request: Any, function: str, kind: str) -> HttpResponse:
    """Hand out one card as PDF, ODT or HTML."""
    document = cards_sheets.card_sheet(_one(request, function), str(request.organisation.name))
    return hand_out(document, kind, request.actor.organisation_id)


@page(VIEW)
def cards_file(request: Any, kind: str) -> HttpResponse:
    """Hand out all cards together."""
    found = filled(request.actor.organisation_id)
    document = cards_sheets.binder(found, str(request.organisation.name))
    return hand_out(document, kind, request.actor.organisation_id)
