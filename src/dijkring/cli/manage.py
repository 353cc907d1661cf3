# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring manage …`: the management commands of Django and of the rooms."""

import argparse

from dijkring.cli.environment import installed

HELP = "the commands of Django and of the rooms"
PASS_THROUGH = True

NO_DATABASE = {"help", "version", "collectstatic", "makemessages", "compilemessages", "check"}
AS_OWNER = {
    "cooperation",
    "demo_organisations",
    "load_content",
    "makemigrations",
    "migrate",
    "never_measure",
    "organisation",
    "showmigrations",
    "sqlmigrate",
}


def run(args: argparse.Namespace) -> int:
    """Run one command; migrations and content are work of the owner of the tables."""
    name = args.rest[0] if args.rest else "help"
    needs_database = name not in NO_DATABASE and not name.startswith("-")
    with installed(needs_database=needs_database, as_owner=name in AS_OWNER):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dijkring manage", *args.rest])
    return 0
