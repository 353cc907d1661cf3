# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the council of a participant gets to see, as a page and as a document."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.cooperation import blocks
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.selectors import councils as select
from dijkring.core.web import page
from dijkring.documents import html
from dijkring.documents.blocks import Document
from dijkring.ui.pages import Action, link
from dijkring.workplace.files import hand_out


@page("cooperation.view")
def council(request: Any, pk: int) -> HttpResponse:
    """Show what the council of a participant sees; ours, or one that the body asks for."""
    found = get_object_or_404(Cooperation.objects.select_related("body", "host"), pk=pk)
    document = _document(request, found)
    asked = request.GET.urlencode()
    actions = [
        Action(label, f"{link(request, 'cooperation:council_document', pk, kind)}?{asked}",
               icon="document")
        for kind, label in (("pdf", _("As PDF")), ("odt", _("As ODT")))
    ]  # fmt: skip
    context = {
        "title": _("What the council sees"),
        "purpose": document.subtitle,
        "body": html.to_fragment(document, title_level=2),
        "actions": actions,
        "trail": [(found.name, link(request, "cooperation:cooperation", pk))],
    }
    return render(request, "cooperation/document.html", context)


@page("cooperation.view")
def document(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand it out as a document."""
    found = get_object_or_404(Cooperation.objects.select_related("body", "host"), pk=pk)
    return hand_out(_document(request, found), kind, request.organisation.organisation_id)


def _document(request: Any, found: Cooperation) -> Document:
    looking = request.actor.organisation_id
    participant = select.participant_of(found, request.GET.get("participant", ""), looking)
    if participant is None:
        raise Http404
    view = select.council_view(found, participant, looking)
    return blocks.council_document(view, participant.name)
