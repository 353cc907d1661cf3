# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One statement of authority for all names that wait for proof."""

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.surface.models import Domain
from dijkring.surface.services import authority


def waiting(organisation_id: int) -> list[Domain]:
    """Return the names without proof, the shortest first: one proof counts for those below it."""
    rows = Domain.objects.filter(
        organisation_id=organisation_id, state=Domain.State.REGISTERED
    ).order_by("name")
    return sorted(rows, key=lambda row: (row.name.count("."), row.name))


def state(*, actor: Actor, name: str, function: str, text: str) -> int:
    """Record a statement for every name without proof; returns how many count from now on."""
    actor.require("surface.authorise")
    found = waiting(actor.organisation_id)
    if not found:
        raise Refused(_("No name waits for proof."))
    done: set[str] = set()
    for domain in found:
        if not any(domain.name.endswith(f".{above}") for above in done):
            authority.prove_by_statement(
                actor=actor, domain=domain, name=name, function=function, text=text
            )
            done.add(domain.name)
    return len(found)
