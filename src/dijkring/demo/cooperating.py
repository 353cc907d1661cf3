# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the participants record about their co-operation, and the Cbw test that it does."""

from decimal import Decimal
from typing import Any

from dijkring.cooperation.cbw import next_question
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.services import cbw_tests, involvements
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region


def record(row: dict[str, Any]) -> None:
    """Let a participant record its own side."""
    actor = region.in_role(row["organisation"], "ciso")
    owner = region.in_role(row["organisation"], "secretary")
    with transaction_for([actor.organisation_id], actor):
        involvements.record(
            actor=actor,
            cooperation=_cooperation(row["body"]),
            our_task=row["our_task"],
            contact=row["contact"],
            owner_id=owner.user_id,
            representative=row["representative"],
            share=Decimal(row["share"]),
            contribution=Decimal(row["contribution"]),
            council=row["council"],
        )


def do_cbw_test(row: dict[str, Any]) -> None:
    """Let the body answer one question after another, finish, and tell its participants."""
    actor = region.in_role(row["body"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        test = cbw_tests.begin(actor=actor, cooperation=_cooperation(row["body"]))
        while question := next_question(questionnaire(), cbw_tests.answers_of(test)):
            given = row["answers"][question.id]
            cbw_tests.answer(actor=actor, test=test, question=question.id, **given)
        finished = cbw_tests.finish(actor=actor, test=test)
        if row["told"]:
            cbw_tests.publish(actor=actor, test=finished)


def _cooperation(slug: str) -> Cooperation:
    return Cooperation.objects.select_related("body").get(body__slug=slug)
