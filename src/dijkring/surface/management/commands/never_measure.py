# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of names and networks that are never measured; run as the owner of the tables."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.surface.models import OptOut
from dijkring.surface.services import optouts


class Command(BaseCommand):
    help = "List, add or remove names and networks that are never measured."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, with what, and why."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="show the list")
        add = verbs.add_parser("add", help="never measure a name with all below it, or a network")
        add.add_argument("target", help="for example hoster.example or 198.51.100.0/24")
        add.add_argument("reason", help="who asked for it, and where that is kept")
        remove = verbs.add_parser("remove", help="let it be measured again")
        remove.add_argument("target")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and show the list as it is then."""
        try:
            with transaction.atomic():
                if options["verb"] == "add":
                    optouts.add(target=options["target"], reason=options["reason"])
                elif options["verb"] == "remove":
                    optouts.remove(target=options["target"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except ProgrammingError as error:
            raise CommandError(
                "Only the owner of the tables may do this: set DATABASE_OWNER_URL "
                "and DIJKRING_AS_OWNER=1."
            ) from error
        for one in OptOut.objects.all():
            self.stdout.write(f"{one.target}  {clock.day_of(one.since)}  {one.reason}")
