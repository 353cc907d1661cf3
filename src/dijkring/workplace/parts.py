# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workplace hangs in the frame of every page."""

from typing import Any
from urllib.parse import parse_qsl

from django.urls import reverse

from dijkring.ui.links import link
from dijkring.workplace import addresses, guides, selectors
from dijkring.workplace.models import SavedFilter, Theme
from dijkring.workplace.services import drafts


def search(request: Any) -> dict[str, Any]:
    """Return what stands in the search box: what was asked last, on the page with the answer."""
    here = getattr(request.resolver_match, "view_name", "") == "workplace:search"
    return {"words": request.GET.get("q", "")[:200] if here else ""}


def guide(request: Any) -> dict[str, Any]:
    """Return where the guide of one's role, or else another, tells about the page at hand."""
    here = request.resolver_match
    names = (here.view_name, here.namespace) if here else ()
    own = guides.OF_ROLE[request.actor.role]
    for name in (own, *guides.PLACES):
        if section := guides.guide(name).about(*names):
            return {"address": link(request, "workplace:guide", name) + f"#{section}"}
    return {"address": link(request, "workplace:guide", own)}


def _kept(request: Any) -> list[SavedFilter]:
    """Return the kept filters of the list at hand; asked once per request."""
    if not hasattr(request, "kept_filters"):
        path = addresses.below(request.organisation.slug, request.path)
        request.kept_filters = selectors.filters_of_list(request.actor, path)
    return request.kept_filters  # type: ignore[no-any-return]


def opens_with(request: Any) -> str:
    """Return the query with which a list opens for this person; empty for everything."""
    if not getattr(request, "inside", False):
        return ""
    first = (one.query for one in _kept(request) if one.first)  # type: ignore[attr-defined]
    return next(first, "")


def filters(request: Any) -> dict[str, Any]:
    """Return the kept filters of the list at hand, and what is needed to keep more."""
    kept, now = _kept(request), sorted(_pairs(request.GET.urlencode()))
    return {
        "kept": [
            {"name": one.name, "query": one.query, "current": sorted(_pairs(one.query)) == now}
            for one in kept
        ],
        "has_first": any(one.first for one in kept),  # type: ignore[attr-defined]
        "may_share": request.can("workplace.share"),
    }


def _pairs(query: str) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(query) if pair[0] not in addresses.PASSING]


def _look(request: Any) -> Theme | None:
    """Return the look of the organisation; asked once per request."""
    if not hasattr(request, "look"):
        request.look = selectors.theme(request.actor.organisation_id)
    return request.look  # type: ignore[no-any-return]


def look(request: Any) -> dict[str, Any] | None:
    """Return what the link to the style sheet needs; nothing where the look is neutral."""
    found = _look(request)
    changed = found and (found.light or found.dark or found.typeface)
    return {"stamp": found.stamp} if found and changed else None


def logo(request: Any) -> dict[str, Any] | None:
    """Return what the logo in the frame needs; nothing where there is none."""
    found = _look(request)
    return {"hash": found.logo_hash[:16]} if found and found.logo_hash else None


def accessibility(request: Any) -> dict[str, Any]:
    """Return where the accessibility statement stands: that of the organisation, else our own."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return {"address": reverse("accessibility")}
    return {"address": reverse("accessibility_of", args=[organisation.slug])}


def draft_of(request: Any) -> dict[str, Any] | None:
    """Return what this person typed before in the form at hand."""
    if not getattr(request, "inside", False):
        return None
    found = selectors.draft(request.actor, request.get_full_path()[:300])
    return {"fields": found.fields, "saved_at": found.saved_at} if found else None


def draft_done(request: Any) -> None:
    """Throw the draft of a form away, now that the form has arrived."""
    if getattr(request, "inside", False):
        drafts.forget(actor=request.actor, path=request.get_full_path())


def drafting(request: Any) -> dict[str, Any]:
    """Return the address of the form at hand."""
    return {"address": request.get_full_path()}
