# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take a letter from a mail server: `dijkring manage incidents mail < letter.eml`."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from dijkring.core.errors import Refused
from dijkring.incidents.services import by_mail
from dijkring.incidents.services.by_mail import NobodyThere, Unreadable

# What a mail server makes of it (sysexits.h): bounce as wrong, bounce as unknown, try again later.
WRONG, UNKNOWN, LATER = 65, 67, 75


class Command(BaseCommand):
    help = "Put one letter, as it comes in on the standard input, in the register of incidents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the address of the envelope."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        mail = verbs.add_parser("mail", help="one message (RFC 5322) on the standard input")
        mail.add_argument("--to", default="", help="the address of the envelope, if known")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number of the incident; ends with a code that a mail server understands."""
        data = sys.stdin.buffer.read(by_mail.LARGEST + 1)
        try:
            taken = by_mail.take(data, to=options["to"])
        except NobodyThere as refused:
            self._stop(UNKNOWN, refused.message)
        except Unreadable as refused:
            self._stop(WRONG, refused.message)
        except (Refused, DatabaseError) as error:
            self._stop(LATER, str(error))
        else:
            self.stdout.write(taken.intake.incident.reference if taken.intake else "-")

    def _stop(self, code: int, message: str) -> None:
        self.stderr.write(message)
        sys.exit(code)
