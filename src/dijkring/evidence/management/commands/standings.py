# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compute all standings anew from facts and judgements, to look or to put right.

`dijkring manage standings check`, `dijkring manage standings recompute`.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.services import standings
from dijkring.organisations.models import Organisation

DIFFERENT = 1
TELL_EVERY = 100


class Command(BaseCommand):
    help = "Compute all standings anew from facts and judgements, to look or to put right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and for whom."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, told in (
            ("check", "only tell what would change; ends with 1 when something would"),
            ("recompute", "keep what changed, dated now"),
        ):
            one = verbs.add_parser(verb, help=told)
            one.add_argument("slugs", nargs="*", metavar="organisation", help="none: all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every organisation with differences and how many, and the sum at the end."""
        keep = options["verb"] == "recompute"
        wanted = _organisations(options["slugs"])
        different = 0
        for number, organisation in enumerate(wanted, 1):
            if changed := recomputed(organisation.pk, keep=keep):
                self.stdout.write(f"{organisation.slug}: {changed}")
                different += changed
            if number % TELL_EVERY == 0:
                self.stderr.write(f"{number} of {len(wanted)} organisations")
        self.stdout.write(f"{different} standings {'changed' if keep else 'would change'}")
        if different and not keep:
            sys.exit(DIFFERENT)


def recomputed(organisation_id: int, *, keep: bool) -> int:
    """Return how many standings differ from what is kept, when time is carried out until now."""
    with transaction_for([organisation_id], system_actor(organisation_id)):
        before = transaction.savepoint()
        standings.begin_change(organisation_id)
        changed = standings.recompute_all(organisation_id)
        if not keep:
            transaction.savepoint_rollback(before)
    return changed


def _organisations(slugs: list[str]) -> list[Organisation]:
    rows = Organisation.objects.order_by("slug")
    if not slugs:
        return list(rows)
    found = list(rows.filter(slug__in=slugs))
    if missing := sorted(set(slugs) - {one.slug for one in found}):
        raise CommandError(f"There is no organisation with the short name {', '.join(missing)}.")
    return found
