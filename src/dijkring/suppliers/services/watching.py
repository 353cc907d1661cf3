# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording what the register of suppliers says, as facts (BIO2 5.20-5.23).

The register itself is looked at in the transaction of a change; levels follow from the whole
landscape, so a job reckons them right after, and each day. How much hangs on one supplier or one
country is a fact of the landscape.
"""

from dijkring.core import clock, events
from dijkring.core.access import system_actor
from dijkring.evidence.services import populations, rounds
from dijkring.suppliers import facts, judging
from dijkring.suppliers.models import Supplier
from dijkring.suppliers.selectors import register
from dijkring.suppliers.services import levels

CHANGED = "suppliers.changed"


def observe(organisation_id: int) -> None:
    """Record what there is to say of the register now, and let the rest be reckoned soon."""
    look(organisation_id)
    events.publish(CHANGED, organisation_id=organisation_id)


def look(organisation_id: int) -> None:
    """Record what there is to say of suppliers and contracts; nothing before the first one."""
    if not begun(organisation_id):
        return
    actor = system_actor(organisation_id)
    populations.add(actor=actor, population=facts.POPULATION, member=facts.MEMBER)
    rounds.record(
        actor=actor,
        source=facts.SOURCE,
        member=facts.MEMBER,
        observed_at=clock.now(),
        observations=judging.observations(register.whole(organisation_id), clock.today()),
        complete=True,
        answers=True,
    )


def reckon(*, organisation_id: int) -> None:
    """Compute the levels, and look again at what follows from them."""
    if begun(organisation_id) and levels.find(organisation_id):
        look(organisation_id)


def on_agreement_end(*, agreement_id: int, giver_id: int, receiver_id: int) -> None:
    """Compute the levels anew without what an agreement that is over let us see."""
    reckon(organisation_id=receiver_id)


def begun(organisation_id: int) -> bool:
    """Tell whether there is a register at all."""
    return Supplier.objects.filter(organisation_id=organisation_id).exists()
