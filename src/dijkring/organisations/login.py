# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How people log in: an account comes from an invitation, never from a sign-up form."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with the sign-up form closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody can sign up without an invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave out the username: the e-mail address is the name to log in with."""
