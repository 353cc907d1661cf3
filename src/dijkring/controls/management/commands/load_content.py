# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load the content that comes with Dijkring; run as the owner, again and again without harm."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dijkring.controls.importers import read
from dijkring.controls.services import import_pack
from dijkring.organisations.loading import load_areas

FOLDER = Path(__file__).resolve().parents[2] / "content"
# Frameworks first, then what speaks about them.
ORDER = (
    "bio2-1.3.yaml",
    "bio2-isms-1.3.yaml",
    "cbw-2026.yaml",
    "bio2-cbw-mappings.yaml",
    "bio2-rules.yaml",
    "was-becomes-bio2.yaml",
)


class Command(BaseCommand):
    help = "Load municipalities, regions, frameworks, mappings and rules."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything, one line per part."""
        self.stdout.write(f"areas: {load_areas()}")
        for name in ORDER:
            report = read(FOLDER / name, name)
            if report.pack is None:
                raise CommandError(f"{name}: {report.refused[0].reason['en']}")
            result = import_pack(pack=report.pack)
            self.stdout.write(f"{name}: {result.new} new, {result.changed} changed, {result.unchanged} unchanged")
