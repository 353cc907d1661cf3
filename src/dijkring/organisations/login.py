# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How people log in: an account comes from an invitation, never from a sign-up form."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

AddressOf = Callable[[Any], str | None]
_after_logout: list[AddressOf] = []


def after_logout(address_of: AddressOf) -> None:
    """Let a room say where somebody goes after logging out; asked while still logged in."""
    if address_of not in _after_logout:
        _after_logout.append(address_of)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with the sign-up form closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody can sign up without an invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave out the username: the e-mail address is the name to log in with."""

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go after logging out: where a room says, or else the login."""
        found = (address_of(request) for address_of in _after_logout)
        return next(filter(None, found), None) or super().get_logout_redirect_url(request)
