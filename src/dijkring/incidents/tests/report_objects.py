# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports, made by the real services, for the tests that visit every page."""

from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.incidents import help_requests
from dijkring.incidents.models import Incident, Report
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import reports
from dijkring.incidents.services.clocks import HandedIn
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import giver_of, in_force, secretary

Arguments = dict[str, dict[str, Any]]
NOT_KNOWN = "Dat is nog niet bekend."


def filled_in(actor: Actor, made: Incident, form: str) -> Report:
    """Begin a report and say of everything that is demanded that it is not known yet."""
    report = reports.start(actor=actor, incident=made, form=form)
    missing = selectors.empty(report, selectors.needed(report))
    texts = {one["id"]: NOT_KNOWN for one in missing}
    return reports.write(actor=actor, report=report, texts=texts, version=report.version)


def reviewed(actor: Actor, made: Incident, form: str) -> Report:
    """Make a report that its writer reviewed, alone."""
    report = filled_in(actor, made, form)
    why = "Het is drie uur in de nacht."
    return reports.review(
        actor=actor, report=report, version=report.version, remark=why, alone=True
    )


def asked_for_help(actor: Actor, n: int) -> Handover:
    """Let a partner ask us for help, and take it up."""
    partner, us = giver_of(actor, n), secretary(actor.organisation_id, actor.user_id)
    in_force(secretary(partner.pk, actor.user_id), us)
    them = person_actor(partner.pk, actor.user_id or 0, "P. Artner", Role.CISO)
    payload = {
        "title": f"2026-00{n} Bestanden onleesbaar",
        "by": them.name,
        "fields": [["Wat wij u vragen", "Denkt u mee over het herstel?"]],
    }
    with acting_for([partner.pk], them):
        sent = handovers.send(
            actor=them,
            receiver_id=actor.organisation_id,
            kind=help_requests.KIND,
            payload=payload,
        )
    assert handovers.take(receiver_id=actor.organisation_id, handover_id=sent.pk)
    return sent


def written_reports(actor: Actor, made: Incident, n: int) -> Arguments:
    """Make a draft, a reviewed and a frozen report, and a request of another for help."""
    draft = reports.start(actor=actor, incident=made, form="cbw.notification")
    help = reviewed(actor, made, "other.help")
    reviewed(actor, made, "other.council")
    given = HandedIn(clock.now(), actor.name, "De griffie", f"R-{n}")
    reports.hand_in(actor=actor, incident=made, form="other.council", wanted=given, as_written=True)
    of_draft = ("written", "write", "refresh", "review_report")
    return {
        **{f"incidents:{page}": {"pk": draft.pk} for page in of_draft},
        "incidents:report_file": {"pk": draft.pk, "kind": "json"},
        "incidents:begin": {"pk": made.pk, "form": "other.council"},
        "incidents:hand_over": {"pk": help.pk},
        "incidents:help_asked": {"pk": asked_for_help(actor, n).pk},
    }
