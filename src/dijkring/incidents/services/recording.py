# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording, once a day, whether the register is kept and what was reported in time."""

from collections.abc import Sequence
from datetime import timedelta

from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import populations
from dijkring.evidence.services.rounds import Observation, record
from dijkring.incidents import facts
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.selectors.clocks import Clock, Standing
from dijkring.incidents.services import counting, measuring

NOTHING_DUE = "not_applicable"
TAKEN_UP, WEIGHED = timedelta(days=1), timedelta(days=3)
# Incidents are looked at for the three years that they are kept (BIO2 5.28.01).
KEPT = timedelta(days=3 * 365 + 1)


def look(*, organisation_id: int) -> None:
    """Record the facts of one register; exercises and an empty register leave none."""
    actor = system_actor(organisation_id)
    since = clock.now() - KEPT
    rows = list(selectors.incidents(organisation_id).filter(reported_at__gte=since))
    if not rows:
        return
    of_register = [_kept(rows), *measuring.observations(organisation_id, rows)]
    _record(actor, facts.REGISTER, facts.MEMBER, of_register)
    counting.count(organisation_id=organisation_id)
    every = clocks.known(organisation_id)
    judged = _judged(organisation_id)
    for row in rows:
        observation = _in_time(row, clocks.of_incident(row, every))
        # What never had to be reported is no member of what is judged.
        if observation.state in ("pass", "fail") or row.reference in judged:
            _record(actor, facts.REPORTING, row.reference, [observation])


def _judged(organisation_id: int) -> set[str]:
    rows = Fact.objects.filter(organisation_id=organisation_id, kind=facts.IN_TIME, until=None)
    return set(rows.values_list("subject", flat=True))


def _record(
    actor: Actor, population: str, member: str, observations: Sequence[Observation]
) -> None:
    populations.add(actor=actor, population=population, member=member)
    record(
        actor=actor,
        source=facts.SOURCE,
        member=member,
        observed_at=clock.now(),
        observations=observations,
        complete=True,
        answers=True,
    )


def _kept(rows: list[Incident]) -> Observation:
    now = clock.now()
    lying = [
        row.reference
        for row in rows
        if row.state == Incident.State.REPORTED and now - row.reported_at > TAKEN_UP
    ]
    unweighed = [
        row.reference
        for row in rows
        if now - row.reported_at > WEIGHED and clocks.decision(row, _weighed_for(row)) is None
    ]
    detail = {"incidenten": len(rows), "niet opgepakt": lying, "niet gewogen": unweighed}
    state = "fail" if lying or unweighed else "pass"
    return Observation(facts.KEPT, facts.MEMBER, state, detail)


def _weighed_for(row: Incident) -> str:
    return clocks.PRIVACY if row.privacy_only else "cbw"


def _in_time(row: Incident, found: list[Clock]) -> Observation:
    """Judge what had to be reported; before it could be late or in time nothing is measured."""
    due = [one for one in found if one.due is not None]
    late = [one for one in due if one.standing in (Standing.LATE, Standing.OVERDUE)]
    met = [one for one in due if one.standing == Standing.MET]
    if not late and not met:
        return Observation(facts.IN_TIME, row.reference, "not_measured" if due else NOTHING_DUE)
    detail = {
        "te laat": [one.obligation.id for one in late],
        "op tijd": [one.obligation.id for one in met],
    }
    return Observation(facts.IN_TIME, row.reference, "fail" if late else "pass", detail)
