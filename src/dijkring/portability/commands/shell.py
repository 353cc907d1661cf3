# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the commands share: Django, and acting for one organisation by its short name."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dijkring.core.access import Actor

FAILED, USAGE_ERROR = 1, 2


def add_organisation(parser: argparse.ArgumentParser) -> None:
    """Declare which organisation a command is about."""
    parser.add_argument("--organisation", metavar="SLUG", required=True, help="its short name")


def run(slug: str, work: "Callable[[Actor], int]") -> int:
    """Do work as Dijkring itself for one organisation; 1 and a line when it is refused."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.utils.translation import override

    from dijkring.core.access import system_actor
    from dijkring.core.errors import Refused
    from dijkring.organisations.models import Organisation

    with override("nl"):
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            return complain(
                f"Er is geen organisatie {slug} | there is no organisation", USAGE_ERROR
            )
        try:
            return work(system_actor(found.pk))
        except Refused as refused:
            return complain(refused.message)


def complain(line: str, code: int = FAILED) -> int:
    """Say on one line what went wrong."""
    print(f"dijkring: {line}", file=sys.stderr)
    return code


def acting(actor: "Actor") -> Any:
    """Open a transaction that acts for the organisation."""
    from dijkring.core.tenancy import transaction_for

    return transaction_for([actor.organisation_id], actor)
