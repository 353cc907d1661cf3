# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Migrate, then put every table under its declaration."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from dijkring.core import tenancy


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's own migrate and enforce the tenancy after it."""
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            tenancy.enforce()
