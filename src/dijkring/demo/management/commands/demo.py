# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fill the demo region; tells the logins and writes them beside the data."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dijkring.core import clock
from dijkring.core.access import ROLE_LABELS, Role
from dijkring.demo import history, region


class Command(BaseCommand):
    help = "Fill the demo region with about a year of history."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the people, live through the year, and write down the logins."""
        self.stdout.write("Personen")
        with clock.moved_to(clock.now() - timedelta(days=366)):
            logins = region.make_people()
        self.stdout.write("Een jaar geschiedenis: meten, oordelen, verbeteren")
        bookmark = settings.HOME / "demo-progress.json"
        history.make(lambda words: self.stdout.write(f"  {words}"), bookmark)
        bookmark.unlink(missing_ok=True)
        lines = [
            f"{one.email}  {one.password}  {one.name}, {ROLE_LABELS[Role(one.role)]}, "
            f"{one.organisation}"
            for one in logins
        ]
        path = settings.HOME / "demo-logins.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        path.chmod(0o600)
        self.stdout.write("Klaar")
