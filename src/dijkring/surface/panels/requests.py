# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a request shows."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.notices.panels import of_page
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.services.requests import SUBJECT
from dijkring.surface.tables.requests import LOOKS, LineTable, RequestTable, SharedTable
from dijkring.ui import words
from dijkring.ui.panels import Facts, Panel, RelatedTable


def of_request(request: Any, found: Any) -> list[Panel]:
    """Return the panels of a request: the answer, what it is about, the links, others' answers."""
    table = LineTable(selectors.lines(found), request=request)
    return [
        *(_answer(one) for one in selectors.answers(found)[:1]),
        RelatedTable(_("What is to be mended"), table),
        Facts(_("The request"), _about(found)),
        *of_page(request, SUBJECT, found.pk),
        *_shared(request, found),
    ]


def of_supplier(request: Any, supplier: Any) -> list[Panel]:
    """Return what a supplier was asked to mend, by its name, for the dossier of that supplier."""
    if not request.can("surface.view"):
        return []
    rows = selectors.requests(request.actor.organisation_id)
    mine = rows.filter(supplier__iexact=supplier.name)
    table = RequestTable(mine, request=request, orderable=False)
    empty = _("This supplier has not been asked to mend anything.")
    return [RelatedTable(_("Requests to mend"), table, empty=empty)]


def _answer(ask: Any) -> Facts:
    rows = [
        (_("Answer"), LOOKS[ask.choice].word if ask.choice in LOOKS else ask.choice),
        *([(_("Mended by"), ask.day)] if ask.day else []),
        *([(_("Explanation"), ask.answer)] if ask.answer else []),
        (_("Answered by"), ask.answered_by),
        (_("Answered"), ask.answered_at),
    ]
    return Facts(_("What the supplier says"), rows)


def _about(found: Any) -> list[tuple[Any, Any]]:
    return [
        (_("Supplier"), found.supplier),
        (_("Mended by"), words.time_tag(found.due_on)),
        (_("Answer to"), found.answer_to),
        *([(_("What you said"), found.message)] if found.message else []),
        (_("Asked"), found.made_at),
        (_("Asked by"), words.person_words(found.made_by)),
        *([(_("Withdrawn"), found.withdrawn_at)] if found.withdrawn_at else []),
        *([(_("Because"), found.withdrawal)] if found.withdrawal else []),
    ]


def _shared(request: Any, found: Any) -> list[Panel]:
    """Show what others heard about the same names, where both agreed to share."""
    ours = set(found.lines.values_list("member", flat=True))
    rows = [one for one in selectors.shared() if ours & set(one.names)]
    if not rows:
        return []
    table = SharedTable(rows, request=request, exclude=("supplier", "asked_at"))
    return [RelatedTable(_("What others heard"), table)]
