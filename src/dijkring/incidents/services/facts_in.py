# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident that begins with a fact: what was measured, and failed."""

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact
from dijkring.incidents.models import Incident, Intake
from dijkring.incidents.services import reporting
from dijkring.incidents.services.reporting import Reported


def report(*, actor: Actor, fact: Fact, wanted: Reported) -> Incident:
    """Put an incident in the register that names the fact it began with.

    Raises Refused for a fact that does not fail, and while an incident of it is open.
    """
    if fact.organisation_id != actor.organisation_id or fact.state != "fail":
        raise Refused(_("Only what failed can be made an incident."))
    rows = Intake.objects.filter(organisation_id=actor.organisation_id, fact=fact)
    rows = rows.exclude(incident__state=Incident.State.CLOSED).select_related("incident")
    if (known := rows.first()) is not None:
        raise Refused(
            _("This is an incident already: %(incident)s.") % {"incident": known.incident}
        )
    made = reporting.report(actor=actor, wanted=wanted)
    Intake.objects.create(
        organisation_id=actor.organisation_id,
        incident=made,
        way=Intake.Way.FACT,
        fact=fact,
        received_at=clock.now(),
    )
    return made
