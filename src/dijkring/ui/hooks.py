# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What higher rooms do with lists and forms: the kit calls them and knows none of them.

`list_opens_with` gives the query with which a list opens when the address has none; empty for
everything. `draft_of` gives what somebody typed before in the form at an address, per field, and
`draft_done` hears that the form has arrived.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

list_opens_with: list[Callable[[HttpRequest], str]] = []
draft_of: list[Callable[[HttpRequest], dict[str, Any] | None]] = []
draft_done: list[Callable[[HttpRequest], None]] = []


def first_query(request: HttpRequest) -> str:
    """Return the query of the first hook that has one."""
    return next((found for hook in list_opens_with if (found := hook(request))), "")


def draft(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed before; empty when there is nothing."""
    return next((found for hook in draft_of if (found := hook(request))), {})


def done(request: HttpRequest) -> None:
    """Tell that the form at this address has arrived."""
    for hook in draft_done:
        hook(request)
