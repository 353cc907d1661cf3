# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording what the register of suppliers says, as facts (BIO2 5.20-5.23).

The register itself is looked at in the transaction of a change; levels and concentration follow
from the whole landscape, so a job reckons them right after, and each day.
"""

from collections.abc import Sequence

from dijkring.core import clock, events
from dijkring.core.access import system_actor
from dijkring.evidence.services import populations, rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.suppliers import facts, judging
from dijkring.suppliers.models import ConcentrationLimit, Supplier
from dijkring.suppliers.selectors import concentration, register
from dijkring.suppliers.services import levels

CHANGED = "suppliers.changed"


def observe(organisation_id: int) -> None:
    """Record what there is to say of the register now, and let the rest be reckoned soon."""
    look(organisation_id)
    events.publish(CHANGED, organisation_id=organisation_id)


def look(organisation_id: int) -> None:
    """Record what there is to say of suppliers and contracts; nothing before the first one."""
    if begun(organisation_id):
        seen = judging.observations(register.whole(organisation_id), register.today())
        _record(organisation_id, facts.MEMBER, seen)


def reckon(*, organisation_id: int) -> None:
    """Compute the levels and how much hangs on one, and record what follows from them."""
    if begun(organisation_id):
        if levels.find(organisation_id):
            look(organisation_id)
        _record(organisation_id, facts.TOGETHER, _concentrated(organisation_id))


def begun(organisation_id: int) -> bool:
    """Tell whether there is a register at all."""
    return Supplier.objects.filter(organisation_id=organisation_id).exists()


def _record(organisation_id: int, member: str, seen: Sequence[Observation]) -> None:
    actor = system_actor(organisation_id)
    populations.add(actor=actor, population=facts.populations()[member], member=member)
    rounds.record(
        actor=actor,
        source=facts.SOURCE,
        member=member,
        observed_at=clock.now(),
        observations=seen,
        complete=True,
    )


def _concentrated(organisation_id: int) -> list[Observation]:
    rows = ConcentrationLimit.objects.filter(organisation_id=organisation_id)
    limits = {one.on: one.percent for one in rows}
    found = concentration.heaviest(organisation_id)
    return [
        judging.concentrated(on, label, found[on].percent, limits.get(on), found[on].who)
        for on, label in concentration.LABELS.items()
    ]
