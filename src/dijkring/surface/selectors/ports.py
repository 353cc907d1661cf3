# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the engine may try ports for an organisation, from its register as it is now."""

from dijkring.surface.addresses import as_network
from dijkring.surface.engine.portscope import PortScope
from dijkring.surface.models import Belonging, Domain, Part
from dijkring.surface.selectors.systems import ports_may_be_tested


def scope(organisation_id: int) -> PortScope:
    """Return the hosts whose ports may be tried: those below a name that is ours by proof.

    A name in the register that is not ours closes what lies below it, as does an address or
    network under a system of which we are not the owner.
    """
    rows = Domain.objects.filter(organisation_id=organisation_id)
    named = list(rows.exclude(state=Domain.State.REMOVED))
    ours = ports_may_be_tested(named)
    addresses = Belonging.objects.filter(
        organisation_id=organisation_id, domain=None, system__retired_at=None
    ).exclude(system__part=Part.OWNER)
    networks = map(as_network, addresses.values_list("address", flat=True).distinct())
    return PortScope(
        frozenset(one.name for one in named if one.pk in ours),
        frozenset(one.name for one in named if one.pk not in ours),
        tuple(one for one in networks if one is not None),
    )
