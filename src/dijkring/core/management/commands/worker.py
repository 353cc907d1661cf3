# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carry out jobs until it is stopped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from dijkring.core import guard


class Command(BaseCommand):
    help = "Carry out jobs until it is stopped; more of them share one queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the queue to work on."""
        parser.add_argument("--queue", action="append", default=[], help="work on this queue only")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker."""
        guard.check()
        queues = [f"--queues={','.join(options['queue'])}"] if options["queue"] else []
        # What a person follows stands in our own table; done work would only fill the queue's.
        more = [f"--concurrency={options['concurrency']}", "--delete-jobs=successful", *queues]
        call_command("procrastinate", "worker", *more)
