# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who in the region lets whom see what, drafted, signed by both sides and looked at."""

from datetime import timedelta
from typing import Any

from dijkring.accountability import looking
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.organisations.models import Organisation
from dijkring.sharing.services import agreements


def agree(row: dict[str, Any], giver: str) -> None:
    """Let one organisation share with the receiver of a row, for two years."""
    drafter, signer = region.in_role(giver, "ciso"), _signer(giver)
    acceptor = region.in_role(row["receiver"], "board")
    now = clock.now()
    receiver = Organisation.objects.get(slug=row["receiver"])
    with transaction_for([drafter.organisation_id], drafter):
        made = agreements.draft(
            actor=drafter,
            receiver_id=receiver.pk,
            records=row["records"],
            detail=row["detail"],
            legal_basis=row["basis"],
            purpose=row["purpose"],
            starts_at=now,
            ends_at=now + timedelta(days=730),
        )
    for actor in (signer, acceptor):
        with transaction_for([actor.organisation_id], actor):
            agreements.sign(actor=actor, agreement=made)


def _signer(slug: str) -> Actor:
    """Return who signs for an organisation: its secretary, of a body without one its board."""
    try:
        return region.in_role(slug, "secretary")
    except LookupError:
        return region.in_role(slug, "board")


def look(slug: str) -> None:
    """Let a reader look at what the organisation is shown; the givers see that in their log."""
    reader = region.in_role(slug, "reader")
    with transaction_for([reader.organisation_id], reader):
        looking.overview(actor=reader, framework="bio2")
