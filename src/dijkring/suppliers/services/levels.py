# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Computing the level of each supplier from what falls with it."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.landscape.selectors import assets
from dijkring.landscape.services import looking
from dijkring.suppliers import tiering
from dijkring.suppliers.selectors import falling, register

MOST_WHY = 20


def find(organisation_id: int) -> int:
    """Compute all levels again; returns how many changed. What was decided stands."""
    suppliers = list(register.in_use(organisation_id))
    if not suppliers:
        return 0
    # By an agreement the suppliers of who provides to us count too; they see that we looked.
    known = looking.seen(system_actor(organisation_id), _("Level of suppliers"))
    delivered = falling.delivered(suppliers, known)
    highest = falling.of_highest_level(organisation_id, len(assets.levels(organisation_id)))
    changed = 0
    for supplier in suppliers:
        ids = delivered.get(supplier.pk)
        fell = falling.fallen(known, ids, highest) if ids else None
        level, why = tiering.tier(fell)
        kept = [asdict(one) for one in why[:MOST_WHY]]
        if (supplier.tier_found, supplier.tier_why) != (level or "", kept):
            supplier.tier_found, supplier.tier_why = level or "", kept
            supplier.tier_found_at = clock.now()
            supplier.save(update_fields=["tier_found", "tier_why", "tier_found_at"])
            changed += 1
    return changed
