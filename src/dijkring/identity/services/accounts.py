# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts that were not invited by e-mail: of a provider's people and of break-glass."""

import secrets

from dijkring.organisations.models import User

# RFC 2606 keeps .invalid for names that never exist: no mail can go there and nobody can own it.
DOMAIN = "account.invalid"


def new_account(name: str) -> User:
    """Make an account without password and without a mail address that works."""
    return User.objects.create_user(f"{secrets.token_hex(16)}@{DOMAIN}", None, name=name)


def is_made_here(user: User) -> bool:
    """Tell whether an account was made for a provider's person or an envelope."""
    return user.email.endswith(f"@{DOMAIN}")
