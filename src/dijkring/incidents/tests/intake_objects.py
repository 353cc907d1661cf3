# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways in, a notice, who is on call and a webhook, for the tests that visit every page."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor, system_actor
from dijkring.core.tenancy import acting_for
from dijkring.evidence.models import Fact
from dijkring.evidence.services import populations, rounds
from dijkring.incidents.models import Incident, IncidentNotice, Shift
from dijkring.incidents.services import intake, noticing, oncall, reporting, ways_in, webhooks
from dijkring.incidents.services.intake import Came
from dijkring.incidents.services.oncall import Wanted
from dijkring.incidents.services.reporting import Reported
from dijkring.organisations.models import Organisation
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import giver_of

Arguments = dict[str, dict[str, Any]]
HOUR = timedelta(hours=1)


def failing(actor: Actor, n: int) -> Fact:
    """Record a fact that fails."""
    member, system = f"schijf-{n}", system_actor(actor.organisation_id)
    populations.add(actor=system, population="organisation", member=member)
    seen = rounds.Observation("evidence.restore_test", member, "fail", {})
    rounds.record(
        actor=system, source="proef", member=member, observed_at=clock.now(), observations=[seen]
    )
    return Fact.objects.get(subject=member, until=None, organisation_id=actor.organisation_id)


def noticed(actor: Actor, n: int) -> IncidentNotice:
    """Let a partner tell us of an incident there, and take it up."""
    partner, us = giver_of(actor, n), Organisation.objects.get(pk=actor.organisation_id)
    them = person_actor(partner.pk, actor.user_id or 0, "P. Artner", Role.CISO)
    with acting_for([partner.pk], them):
        wanted = Reported(f"Storing bij de hoster {n}", clock.now() - HOUR)
        made = reporting.report(actor=them, wanted=wanted)
        sent = noticing.send(
            actor=them, incident=made, receiver=us, title=made.title, description="Alles is traag."
        )
    assert handovers.take(receiver_id=us.pk, handover_id=sent.pk)
    return IncidentNotice.objects.get(handover=sent)


def came_in(actor: Actor, n: int) -> None:
    """Let somebody without an account report by the page, with a file."""
    way, _token = ways_in.make(actor=actor, kind="page", phone="0123 456789")
    file = ("scherm.png", BytesIO(b"\x89PNG").read())
    what = Reported(f"Vreemd scherm {n}", clock.now() - HOUR)
    intake.by_way(way=way, came=Came(what, "K. de Vries", files=[file], key=f"k{n}"), at="page")


def on_call(actor: Actor, n: int) -> Shift:
    """Put the actor on call, each time after the time before."""
    since = clock.now() - HOUR + 9 * n * HOUR
    wanted = Wanted(actor.user_id or 0, since, since + 9 * HOUR)
    return oncall.add(actor=actor, wanted=wanted)


def make(actor: Actor, incident: Incident, n: int) -> Arguments:
    """Make one of each; returns the arguments of each page."""
    came_in(actor, n)
    shift, fact = on_call(actor, n), failing(actor, n)
    url = f"https://wacht-{n}.dijkring.example/"
    hook, _secret = webhooks.add(actor=actor, name=f"Wacht {n}", url=url)
    webhooks.test(actor=actor, webhook=hook)
    kind = {name: {"kind": "page"} for name in ("incidents:make_way", "incidents:end_way")}
    mine = {name: {"pk": incident.pk} for name in ("incidents:tell", "incidents:acknowledge")}
    shifts = {
        name: {"pk": shift.pk} for name in ("incidents:hand_over_shift", "incidents:end_shift")
    }
    hooks = {name: {"pk": hook.pk} for name in ("incidents:test_webhook", "incidents:end_webhook")}
    return {
        **kind,
        **mine,
        **shifts,
        **hooks,
        "incidents:from_fact": {"pk": fact.pk},
        "incidents:notice": {"pk": noticed(actor, n).pk},
    }
