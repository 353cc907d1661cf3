# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search: one box on every page, the answers by kind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import search as engine
from dijkring.core.web import page


@page("workplace.search")
def search(request: Any) -> HttpResponse:
    """Show what was found, by kind; with `kind` up to a hundred of one kind."""
    words = request.GET.get("q", "").replace("\0", "")[: engine.LONGEST].strip()
    kind = request.GET.get("kind", "")
    language = (get_language() or "nl")[:2]
    groups = engine.ask(words, actor=request.actor, language=language, kind=kind)
    context = {
        "words": words,
        "kind": kind,
        "groups": groups,
        "count": sum(group.found.count for group in groups),
        "sources": [one for one in engine.sources() if request.can(one.right)],
        "title": _("Search"),
    }
    return render(request, "workplace/search.html", context)
