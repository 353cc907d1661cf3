# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take a letter from a mail server, or look from outside whether anybody watches the deadlines.

`dijkring manage incidents mail < letter.eml`, `dijkring manage incidents watched` from cron.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from dijkring.core.errors import Refused
from dijkring.incidents.selectors import watch
from dijkring.incidents.services import by_mail, shouting
from dijkring.incidents.services.by_mail import NobodyThere, Unreadable

# What a mail server makes of it (sysexits.h): bounce as wrong, bounce as unknown, try again later.
WRONG, UNKNOWN, LATER = 65, 67, 75
ASLEEP = 1


class Command(BaseCommand):
    help = "Put a letter in the register of incidents, or look whether deadlines are watched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the address of the envelope."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        mail = verbs.add_parser("mail", help="one message (RFC 5322) on the standard input")
        mail.add_argument("--to", default="", help="the address of the envelope, if known")
        verbs.add_parser("watched", help="shout when no worker looks at the deadlines; for cron")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, and end with a code that says what came of it."""
        if options["verb"] == "watched":
            self._watched()
        else:
            self._mail(options)

    def _watched(self) -> None:
        """Say nothing when all is well; else mail who is on call, and end with 1."""
        last, late = watch.last_look()
        if late:
            mailed = shouting.shout(last) if last else 0
            when = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "and nobody ever did"
            self._stop(ASLEEP, f"nobody watches the deadlines {when}; {mailed} mails went out")

    def _mail(self, options: dict[str, Any]) -> None:
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
