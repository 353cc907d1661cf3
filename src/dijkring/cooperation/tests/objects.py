# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One co-operation with all its parts and a finished and an open Cbw test, by the real services."""

from io import BytesIO
from typing import Any

from dijkring.cooperation.cbw import next_question
from dijkring.cooperation.models import CbwTest, Cooperation
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.services import cbw_tests, involvements, proposals
from dijkring.core.access import Actor
from dijkring.evidence.services import uploads
from dijkring.organisations.models import Organisation

Arguments = dict[str, dict[str, Any]]
OF_THE_COOPERATION = (
    "cooperation change withdraw add_participant add_task add_seat record attach council begin_test"
)
# What an IT co-operation without decisions of its own answers.
NO_DECISIONS = {"excluded": "no", "critical": "no", "decides": "no"}


def propose(actor: Actor, name: str) -> Cooperation:
    """Propose an operational organisation."""
    return proposals.propose(
        actor=actor,
        name=name,
        legal_form=Cooperation.Form.OPERATIONAL,
        basis="Regeling van 2021",
        purpose="Samen werkplekken beheren.",
    )


def do_test(
    actor: Actor, cooperation: Cooperation, answers: dict[str, str], *, otherwise: str = "yes"
) -> CbwTest:
    """Do the whole test, as a person would: one question after another."""
    test = cbw_tests.begin(actor=actor, cooperation=cooperation)
    while question := next_question(questionnaire(), cbw_tests.answers_of(test)):
        given = answers.get(question.id, otherwise)
        cbw_tests.answer(
            actor=actor, test=test, question=question.id, answer=given, reason="Zie de regeling."
        )
    return cbw_tests.finish(actor=actor, test=test)


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th co-operation of an organisation; returns the arguments of each page."""
    found = propose(actor, f"Samenwerking {n} van {actor.organisation_id}")
    own = Organisation.objects.get(pk=actor.organisation_id)
    member = proposals.add_participant(actor=actor, cooperation=found, participant=own)
    task = proposals.add_task(actor=actor, cooperation=found, name="Werkplekken", takers=[own])
    seat = proposals.add_seat(
        actor=actor, cooperation=found, organ="chair", function="wethouder", filled_by=own
    )
    involvements.record(actor=actor, cooperation=found, representative="de wethouder")
    file = uploads.upload(actor=actor, name=f"regeling-{n}.txt", content=BytesIO(b"Regeling."))
    document = involvements.attach(actor=actor, cooperation=found, upload=file)
    finished = do_test(actor, found, NO_DECISIONS)
    in_hand = cbw_tests.begin(actor=actor, cooperation=found)
    of_found = {f"cooperation:{name}": {"pk": found.pk} for name in OF_THE_COOPERATION.split()}
    return {
        **of_found,
        "cooperation:council_document": {"pk": found.pk, "kind": "odt"},
        "cooperation:remove_participant": {"pk": member.pk},
        "cooperation:remove_task": {"pk": task.pk},
        "cooperation:remove_seat": {"pk": seat.pk},
        "cooperation:detach": {"pk": document.pk},
        "cooperation:test": {"pk": finished.pk},
        "cooperation:publish_test": {"pk": finished.pk},
        "cooperation:test_document": {"pk": finished.pk, "kind": "odt"},
        "cooperation:question": {"pk": in_hand.pk, "question": "excluded"},
        "cooperation:finish_test": {"pk": in_hand.pk},
        "cooperation:discard_test": {"pk": in_hand.pk},
    }
