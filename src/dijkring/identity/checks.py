# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operator should hear before the login is open to the world."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security)
def visitors_have_addresses(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """Warn when a proxy must stand in front (https comes from there) and none is believed."""
    if not settings.SESSION_COOKIE_SECURE or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    told = "HTTPS=1 without TRUSTED_PROXIES: all visitors share one limit on guessing passwords."
    hint = "Set TRUSTED_PROXIES to the number of your proxies; see docs/administration.md."
    return [Warning(told, hint=hint, id="dijkring.W001")]
