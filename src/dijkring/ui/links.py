# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of pages inside the organisation that the reader stands in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def link(request: HttpRequest, name: str, *args: Any) -> str:
    """Return the address of a page of this organisation, or of a page outside any.

    Raises NoReverseMatch for an unknown name or wrong arguments.
    """
    organisation = getattr(request, "organisation", None)
    return reverse(name, args=[organisation.slug, *args] if organisation else args)
