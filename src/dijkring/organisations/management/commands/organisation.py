# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Register an organisation and invite its first person; run as the owner of the tables."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction
from django.db.models import Q
from django.urls import reverse

from dijkring.core.access import Role, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations import services
from dijkring.organisations.models import Organisation


class Command(BaseCommand):
    help = "Add an organisation, or invite the first CISO of one that is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and the values."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add an organisation that is not in the content")
        add.add_argument("--kind", required=True, choices=Organisation.Kind.values)
        add.add_argument("--name", required=True)
        add.add_argument("--slug", default="", help="short name in addresses; made from the name")
        add.add_argument("--ciso-email", default="", help="who gets the first invitation")
        invite = verbs.add_parser("invite", help="invite a CISO for an organisation")
        invite.add_argument("slug", help="short name, or code such as GM1680")
        invite.add_argument("--ciso-email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all or nothing; prints the short name and the path of the invitation."""
        try:
            with transaction.atomic():
                self._carry_out(options)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except ProgrammingError as error:
            raise CommandError(
                "Only the owner of the tables may do this: set DATABASE_OWNER_URL "
                "and DIJKRING_AS_OWNER=1."
            ) from error

    def _carry_out(self, options: dict[str, Any]) -> None:
        found = self._add(options) if options["verb"] == "add" else self._find(options["slug"])
        self.stdout.write(found.slug)
        if options["ciso_email"]:
            self.stdout.write(self._invite(found, options["ciso_email"]))

    def _add(self, options: dict[str, Any]) -> Organisation:
        return services.register_organisation(
            kind=options["kind"], name=options["name"], slug=options["slug"]
        )

    def _find(self, slug: str) -> Organisation:
        named = Q(slug=slug) | Q(code=slug.upper())
        found = Organisation.objects.filter(named).first()
        if found is None:
            raise CommandError(f"There is no organisation with the short name or code {slug}.")
        return found

    def _invite(self, organisation: Organisation, email: str) -> str:
        actor = system_actor(organisation.pk)
        with acting_for([organisation.pk], actor):
            _made, token = services.invite(actor=actor, email=email, role=Role.CISO)
        return reverse("accept_invitation", args=[token])
