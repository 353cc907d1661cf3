# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of pages inside the organisation that the reader stands in."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def link(request: HttpRequest, name: str, *args: Any) -> str:
    """Return the address of a page of this organisation, or of a page outside any.

    Raises NoReverseMatch for an unknown name or wrong arguments.
    """
    organisation = getattr(request, "organisation", None)
    return _address(name, (organisation.slug, *args) if organisation else args)


# A list asks the same addresses for every reader; to find the pattern takes a tenth of a page.
@lru_cache(maxsize=8192)
def _address(name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args)
