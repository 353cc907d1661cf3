# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load the content that comes with Dijkring; run as the owner, again and again without harm."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dijkring.controls.importers import read
from dijkring.controls.models import Framework
from dijkring.controls.services import import_pack
from dijkring.organisations.loading import load_areas

FOLDER = Path(__file__).resolve().parents[2] / "content"
# What comes with the first load holds from here, so that a history before today has its rules too.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
# Frameworks first, then what speaks about them.
ORDER = (
    "bio2-1.3.yaml",
    "bio2-isms-1.3.yaml",
    "cbw-2026.yaml",
    "bio2-cbw-mappings.yaml",
    "bio2-rules.yaml",
    "was-becomes-bio2.yaml",
    "was-becomes-bio-1.04.yaml",
)


class Command(BaseCommand):
    help = "Load municipalities, regions, frameworks, mappings and rules."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything or nothing; one line per part."""
        self.stdout.write(f"areas: {load_areas()}")
        since = None if Framework.objects.exists() else BEGINNING
        for name in ORDER:
            report = read(FOLDER / name, name)
            if report.pack is None:
                raise CommandError(f"{name}: {report.refused[0].reason['en']}")
            result = import_pack(pack=report.pack, since=since)
            counts = f"{result.new} new, {result.changed} changed, {result.unchanged} unchanged"
            self.stdout.write(f"{name}: {counts}")
