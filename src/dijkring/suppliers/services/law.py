# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose law reaches a supplier in the end is recorded once: the landscape hears of it."""

from dijkring.core.access import system_actor
from dijkring.landscape.services import parties
from dijkring.suppliers.models import Supplier
from dijkring.suppliers.selectors import dossier
from dijkring.suppliers.selectors.register import jurisdiction


def tell(supplier: Supplier) -> None:
    """Give the party in the landscape the country that follows from the chain of owners.

    What the landscape knows stays when nothing is known here.
    """
    found = jurisdiction(supplier, dossier.owners(supplier))
    party = supplier.party
    if party is not None and found and found != party.jurisdiction:
        parties.keep(
            actor=system_actor(supplier.organisation_id),
            name=party.name,
            jurisdiction=found,
            party=party,
            body=party.body,
        )
