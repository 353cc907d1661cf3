# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doing the Cbw test: begin, answer one question after another, finish, and tell participants."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.cooperation.cbw import Article, Result, evaluate, next_question
from dijkring.cooperation.cbw.walk import ANSWERS
from dijkring.cooperation.models import CbwTest, Cooperation
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.selectors import cbw_tests as select
from dijkring.cooperation.services.involvements import require_involved
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused

RIGHT = "cooperation.test"
LONGEST_REASON = 2000


def begin(*, actor: Actor, cooperation: Cooperation) -> CbwTest:
    """Begin a test, or go on with the one in hand; one of an older version begins anew."""
    actor.require(RIGHT)
    require_involved(actor, cooperation)
    found = select.in_hand(cooperation, actor.organisation_id)
    if found is not None and found.version == questionnaire().version:
        return found
    if found is not None:
        found.delete()
    return CbwTest.objects.create(
        organisation_id=actor.organisation_id,
        cooperation=cooperation,
        version=questionnaire().version,
        started_at=clock.now(),
        done_by_id=actor.user_id,
    )


def answers_of(test: CbwTest) -> dict[str, str]:
    """Return the bare answers of a test."""
    return {id: row["answer"] for id, row in test.answers.items()}


def answer(*, actor: Actor, test: CbwTest, question: str, answer: str, reason: str = "") -> None:
    """Answer a question with yes, no or unknown; a yes or a no needs a reason."""
    actor.require(RIGHT)
    held = _held(test)
    if question not in {one.id for one in questionnaire().questions}:
        raise Refused(_("This question is not in the test."))
    if answer not in ANSWERS:
        raise Refused(_("Choose an answer."), "answer")
    if answer != "unknown" and len(reason.strip()) < 3:
        raise Refused(_("Say why, or name the document that shows it."), "reason")
    held.answers = {
        **held.answers,
        question: {"answer": answer, "reason": reason.strip()[:LONGEST_REASON]},
    }
    held.save(update_fields=["answers"])
    test.answers = held.answers


def _held(test: CbwTest) -> CbwTest:
    """Lock a test in hand, so that two people who answer at once lose nothing."""
    held = _open(test)
    if held.version != questionnaire().version:
        raise Refused(_("The questions have changed since. Begin a new test."))
    return held


def _open(test: CbwTest) -> CbwTest:
    held = CbwTest.objects.select_for_update().get(pk=test.pk)
    if held.finished_at is not None:
        raise Refused(_("This test is finished. Begin a new one."))
    return held


def finish(*, actor: Actor, test: CbwTest) -> CbwTest:
    """Finish a test when no question is left that matters; the texts of today are kept with it."""
    actor.require(RIGHT)
    held = _held(test)
    questions = questionnaire()
    answers = answers_of(held)
    if next_question(questions, answers) is not None:
        raise Refused(_("There are still questions to answer."))
    found = evaluate(questions, answers)
    held.outcome = found.outcome
    held.result = _kept(found, held.answers)
    held.finished_at = clock.now()
    held.done_by_id = actor.user_id
    held.save()
    return held


def discard(*, actor: Actor, test: CbwTest) -> None:
    """Throw away a test that was begun and not finished."""
    actor.require(RIGHT)
    _open(test).delete()


def publish(*, actor: Actor, test: CbwTest) -> None:
    """Tell the participants what came out; only the body itself can, about itself."""
    actor.require(RIGHT)
    if test.cooperation.body_id != actor.organisation_id:
        raise Refused(_("Only the co-operation itself tells its participants."))
    if test.finished_at is None:
        raise Refused(_("Finish the test first."))
    if test.published_at is None:
        test.published_at = clock.now()
        test.save(update_fields=["published_at"])


def _kept(found: Result, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what came out with its texts, in both languages, as they read today."""
    questions = questionnaire()
    outcome = questions.outcome(found.outcome)
    return {
        "label": outcome.label,
        "meaning": outcome.meaning,
        "next": list(outcome.next),
        **_article(outcome.article),
        "possible": [questions.outcome(id).label for id in found.possible],
        "missing": [questions.question(id).text for id in found.missing],
        "flags": [
            {"text": flag.text, "open": flag.id in found.open_flags, **_article(flag.article)}
            for flag in questions.flags
            if flag.id in found.flags
        ],
        "findings": [
            {
                "id": question.id,
                "question": question.text,
                "answer": answers[question.id]["answer"],
                "reason": answers[question.id]["reason"],
                "decisive": question.id in found.decisive,
                **_article(question.article),
            }
            for question in questions.questions
            if question.id in answers
        ],
        "caution": questions.caution,
        "source": questions.source,
        "dated": questions.dated.isoformat(),
    }


def _article(article: Article) -> dict[str, Any]:
    return {"article": article.name, "link": article.link, "official": article.official}
