# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Crises for tests, made by the real services."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.crisis.models import Crisis, Decision, Sitrep
from dijkring.crisis.prepared import Option
from dijkring.crisis.services import crises, decisions, log, people, sitreps, telling
from dijkring.crisis.services.crises import Opening
from dijkring.crisis.services.decisions import Question
from dijkring.crisis.services.people import Called
from dijkring.crisis.services.telling import Line
from dijkring.incidents.tests.objects import reported

Arguments = dict[str, dict[str, Any]]
SECTIONS = {"picture": "De mail ligt stil.", "stake": "Uitkeringen van vrijdag."}


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of crises; returns the arguments of each page."""
    made = opened(actor, f"Mail ligt stil {n}", incident=reported(actor, f"Mail {n}").pk)
    opened(actor, f"Oefening gijzelsoftware {n}", exercise=True)
    over = opened(actor, f"Stroom weg {n}")
    crises.end(actor=actor, crisis=over, reason="De stroom is terug.")
    log.write(actor=actor, crisis=made, text="Leverancier belt terug om tien uur.")
    person = people.add(actor=actor, crisis=made, function=f"Woordvoerder {n}", name="L. Prins")
    wanted = Called(False, clock.now(), "voicemail", clock.now() + timedelta(minutes=20))
    people.call(actor=actor, person=person, wanted=wanted)
    task = log.give_task(actor=actor, crisis=made, text="Bel de bank", given_to="H. Smit")
    line = Line("Inwoners", "De mail werkt niet.", "website", "L. Prins")
    message = telling.prepare(actor=actor, crisis=made, wanted=line)
    telling.tick(actor=actor, crisis=made, item="first.hack", answer="unknown")
    report = sitreps.draft(actor=actor, crisis=made, sections=SECTIONS)
    of_crisis = (
        "crisis", "log", "write", "end", "people", "add_person", "tasks", "give_task",
        "decisions", "put", "sitreps", "draft", "messages", "prepare", "checklists", "tick",
    )  # fmt: skip
    of_sitrep = ("sitrep", "edit_sitrep", "approve_sitrep", "send_sitrep")
    question = asked(actor, made)
    return {
        **{f"crisis:{page}": {"pk": made.pk} for page in of_crisis},
        **{f"crisis:{page}": {"pk": report.pk} for page in of_sitrep},
        **{f"crisis:{page}": {"pk": question.pk} for page in ("decision", "rule")},
        "crisis:sheet": {"pk": made.pk, "kind": "html"},
        "crisis:sitrep_sheet": {"pk": report.pk, "kind": "html"},
        "crisis:level": {"pk": made.pk, "ladder": "grip"},
        "crisis:own_level": {"ladder": "own", "key": "tactical"},
        "crisis:call": {"pk": person.pk},
        "crisis:mark": {"pk": person.pk, "to": "er"},
        "crisis:end_task": {"pk": task.pk, "state": "done"},
        "crisis:sent": {"pk": message.pk},
        "crisis:reopen": {"pk": over.pk},
    }


def opened(
    actor: Actor, title: str, *, incident: int | None = None, exercise: bool = False
) -> Crisis:
    """Open a crisis on the lowest level of our own."""
    wanted = Opening(title, "operational", "Niemand kan werken.", "", incident, exercise)
    return crises.open_crisis(actor=actor, wanted=wanted)


def asked(actor: Actor, crisis: Crisis) -> Decision:
    """Put a question with two options."""
    options = (Option("Wel", "snel", "duur"), Option("Niet", "goedkoop", "traag"))
    wanted = Question("Sluiten wij af?", "Gemeentesecretaris", "Alles of een deel?", options)
    return decisions.put(actor=actor, crisis=crisis, wanted=wanted)


def approved(actor: Actor, crisis: Crisis, picture: str) -> Sitrep:
    """Draft and approve a situation report."""
    made = sitreps.draft(actor=actor, crisis=crisis, sections={"picture": picture})
    return sitreps.approve(actor=actor, sitrep=made)
