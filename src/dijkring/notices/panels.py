# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was asked by link, as a panel on the page that it is about."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.notices import by_link
from dijkring.notices.selectors import asks
from dijkring.notices.tables import look
from dijkring.ui.links import link
from dijkring.ui.panels import Markup, Panel


def of_page(request: Any, subject: str, subject_id: int) -> list[Panel]:
    """Return the panel with questions, answers and the way to ask; none when there is nothing."""
    found = asks.on_page(request.actor.organisation_id, subject, subject_id)
    page = None
    if request.can("notices.ask"):
        page = by_link.page_of(subject, request.actor, subject_id)
    if not found and page is None:
        return []
    context = {
        "asks": [(ask, look(ask)) for ask in found],
        "open": request.can("notices.asks"),
        "address": link(request, "notices:new_ask", subject, subject_id) if page else "",
    }
    return [Markup(_("Asked by link"), "notices/panel.html", context)]
