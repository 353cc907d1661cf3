# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the code by which the first visitor of an empty Dijkring makes the first account."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dijkring.onboarding.services import first


class Command(BaseCommand):
    """Print a new code; an earlier one stops working."""

    # The code is all that this prints.
    requires_system_checks = ()
    help = "print a code for the first account; only while nobody has one"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code, or say that there are accounts already."""
        if not first.is_empty():
            raise CommandError("Er zijn al accounts. | There are accounts already.")
        self.stdout.write(first.new_code())
