# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page knows: its organisation and the navigation."""

from typing import Any

from django.http import HttpRequest

from dijkring.core import header, navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Return organisation, memberships and navigation; empty outside an organisation."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return {"organisation": None, "navigation": [], "header": header.parts(request)}
    can = request.can  # type: ignore[attr-defined]
    return {
        "organisation": organisation,
        "memberships": request.memberships,  # type: ignore[attr-defined]
        "navigation": navigation.sections(can, organisation.slug, request.path),
        "header": header.parts(request),
    }
