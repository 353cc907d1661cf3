# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of this room, made by the real services, for the tests that visit every page."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident, Significance
from dijkring.incidents.services import clocks, reporting, rules
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.tests import intake_objects, joint_objects, objects_dossier, privacy_objects
from dijkring.incidents.tests.report_objects import written_reports

Arguments = dict[str, dict[str, Any]]
RULE = """
obligations:
  - id: digid{n}.operator
    article: aansluitvoorwaarden
    title: {{nl: Melding aan de beheerder van DigiD, en: Report to the operator of DigiD}}
    anchor: aware
    hours: 24
    to: [Logius]
    valid_from: 2020-01-01
"""


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of this room; returns the arguments of each page."""
    made = reported(actor, f"Vreemde inlog op de mailserver {n}")
    reported(actor, f"Gijzelsoftware in de oefening {n}", exercise=True)
    reporting.enter(actor=actor, incident=made, at=clock.now(), text="Account geblokkeerd.")
    given = HandedIn(clock.now(), "F. Aydin", "Meldpunt NCSC", f"NCSC-{n}")
    handed_in = clocks.hand_in(
        actor=actor, incident=made, obligation="cbw.early_warning", wanted=given
    )
    weighing = weighed(actor, made)
    dossier = objects_dossier.make(actor, made, n)
    rule = rules.add(actor=actor, name=f"DigiD {n}", text=RULE.format(n=n))
    reports = written_reports(actor, made, n)
    of_incident = ("incident", "triage", "enter", "aware", "ask", "end", "take_up_again", "close")
    return {
        **privacy_objects.make(actor, made, n),
        **reports,
        **joint_objects.make(actor, n),
        **{f"incidents:{page}": {"pk": made.pk} for page in of_incident},
        **dossier,
        **intake_objects.make(actor, made, n),
        "incidents:sheet": {"pk": made.pk, "kind": "html"},
        "incidents:move": {"pk": made.pk, "to": "triage"},
        "incidents:weigh": {"pk": made.pk, "regime": "cbw"},
        "incidents:hand_in": {"pk": made.pk, "obligation": "cbw.notification"},
        "incidents:confirm": {"pk": weighing.pk},
        "incidents:call_back": {"pk": handed_in.pk},
        **{f"incidents:{page}": {"pk": rule.pk} for page in ("rule", "retire_rule")},
    }


def reported(
    actor: Actor,
    title: str,
    *,
    hours: float = 2,
    exercise: bool = False,
    personal_data: str = "yes",
) -> Incident:
    """Report an incident that was noticed some hours ago."""
    noticed = clock.now() - timedelta(hours=hours)
    wanted = Reported(title, noticed, "Er is iets aan de hand.", personal_data, exercise)
    return reporting.report(actor=actor, wanted=wanted)


def weighed(actor: Actor, made: Incident, regime: str = "cbw") -> Significance:
    """Decide that an incident need not be reported; nobody has confirmed it."""
    answers = {"outage": "no", "cost": "no", "harm": "no", "risk": "no", "high_risk": "no"}
    return clocks.weigh(
        actor=actor,
        incident=made,
        regime=regime,
        answers=answers,
        report=False,
        reason="De dienst bleef gewoon werken.",
    )
