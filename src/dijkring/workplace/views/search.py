# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search: one box on every page, the answers by kind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import search as engine
from dijkring.core.access import Actor
from dijkring.core.web import page


@page("workplace.search")
def search(request: Any) -> HttpResponse:
    """Show what was found, by kind; with `kind` up to a hundred of one kind.

    With `shared` also in what others share with us, who see that we did.
    """
    words = request.GET.get("q", "").replace("\0", "")[: engine.LONGEST].strip()
    kind = request.GET.get("kind", "")
    may_look = any(request.can(one.right) for one in engine.sources(shared=True))
    shared = may_look and request.GET.get("shared") == "1"
    context = {
        "words": words,
        "kind": kind,
        "groups": _groups(request.actor, words, kind, shared),
        "shared": shared,
        "may_look": may_look,
        "sources": [one for one in engine.sources() if request.can(one.right)],
        "title": _("Search"),
    }
    context["count"] = sum(group.found.count for group in context["groups"])
    return render(request, "workplace/search.html", context)


def _groups(actor: Actor, words: str, kind: str, shared: bool) -> list[engine.Group]:
    language = (get_language() or "nl")[:2]
    found = engine.ask(words, actor=actor, language=language, kind=kind)
    if shared:
        found += engine.ask(words, actor=actor, language=language, kind=kind, shared=True)
    return found
