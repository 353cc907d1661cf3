# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workplace hangs in the frame of every page."""

from typing import Any


def search(request: Any) -> dict[str, Any]:
    """Return what stands in the search box: what was asked last, on the page with the answer."""
    here = getattr(request.resolver_match, "view_name", "") == "workplace:search"
    return {"words": request.GET.get("q", "")[:200] if here else ""}
