# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the organisations of the demo region; run as the owner of the tables."""

from typing import Any

from django.core.management.base import BaseCommand

from dijkring.demo import region


class Command(BaseCommand):
    help = "Make the organisations of the demo region."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them; doing it again changes nothing."""
        region.make_organisations()
