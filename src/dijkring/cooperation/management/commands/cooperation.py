# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of co-operations as content; run as the owner of the tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction

from dijkring.cooperation.services import content
from dijkring.core.errors import Refused
from dijkring.organisations.models import Organisation


class Command(BaseCommand):
    help = "Load co-operations, list what organisations propose, or make a proposal content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and the values."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("regions", help="describe the safety regions as co-operations")
        load = verbs.add_parser("load", help="load co-operations from YAML files")
        load.add_argument("files", nargs="+", type=Path)
        verbs.add_parser("proposals", help="list what organisations propose")
        accept = verbs.add_parser("accept", help="make a proposal content for everybody")
        accept.add_argument("number", type=int, help="as `proposals` shows it")
        accept.add_argument("--slug", default="", help="short name of the new body")
        accept.add_argument("--body", default="", help="short name of a body that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all or nothing, and tell in one line per co-operation or file what was done."""
        try:
            with transaction.atomic():
                getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"This file cannot be read: {error}") from error
        except ProgrammingError as error:
            raise CommandError(
                "Only the owner of the tables may do this: set DATABASE_OWNER_URL "
                "and DIJKRING_AS_OWNER=1."
            ) from error

    def _regions(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{content.describe_regions()} new")

    def _load(self, options: dict[str, Any]) -> None:
        for path in options["files"]:
            found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            self.stdout.write(f"{path.name}: {content.load(found['cooperations'])}")

    def _proposals(self, _options: dict[str, Any]) -> None:
        for row in content.proposals():
            self.stdout.write(f"{row.pk}  {row.name}  ({row.organisation})")

    def _accept(self, options: dict[str, Any]) -> None:
        body = None
        if options["body"]:
            body = Organisation.objects.filter(slug=options["body"]).first()
            if body is None:
                raise Refused(f"There is no organisation with the short name {options['body']}.")
        made = content.accept(pk=options["number"], slug=options["slug"], body=body)
        self.stdout.write(f"{made.name}: {made.body.slug if made.body else ''}")
