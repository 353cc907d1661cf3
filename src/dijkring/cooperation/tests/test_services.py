# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposing, our own side, and doing the Cbw test: what is kept, refused and told to whom."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from dijkring.cooperation.models import CbwTest, Cooperation, Involvement
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.selectors import cbw_tests as select
from dijkring.cooperation.selectors import register
from dijkring.cooperation.services import cbw_tests, involvements, proposals
from dijkring.cooperation.tests.objects import NO_DECISIONS, do_test, propose
from dijkring.core import clock, due
from dijkring.core.access import Role, person_actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for
from dijkring.evidence.services import uploads
from dijkring.organisations.models import Organisation, User
from dijkring.tests.harness.people import Acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


# --- proposals ------------------------------------------------------------------------------------


def test_proposal_grows_and_shrinks(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen")
        own = organisation("dijkerveen")
        member = proposals.add_participant(actor=actor, cooperation=found, participant=own)
        proposals.add_task(actor=actor, cooperation=found, name="Aanslagen", takers=[own])
        assert [one.participant for one in register.members(found)] == [own]
        assert register.takes_part(found, own.pk)
        proposals.remove_participant(actor=actor, row=member)
        assert register.members(found) == []
        assert register.tasks(found)[0].takers.count() == 0
        proposals.withdraw(actor=actor, cooperation=found)
        assert not Cooperation.objects.filter(pk=found.pk).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "BELASTINGEN"}, "name"),
        ({"legal_form": "club"}, "legal_form"),
        ({"since": date(2026, 1, 2), "until": date(2026, 1, 1)}, "until"),
        ({"legal_form": "centre"}, "host"),
    ],
)
def test_proposal_that_cannot_be(
    acting: Acting, alice: User, values: dict[str, Any], field: str
) -> None:
    with acting(alice) as actor:
        propose(actor, "Belastingen")
        with pytest.raises(Refused) as refused:
            proposals.propose(
                actor=actor, **{"name": "Nieuw", "legal_form": "plain", "host": None, **values}
            )
        assert refused.value.field == field


def test_participant_that_cannot_be(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen")
        own = organisation("dijkerveen")
        proposals.add_participant(actor=actor, cooperation=found, participant=own)
        with pytest.raises(Refused, match="takes part already"):
            proposals.add_participant(actor=actor, cooperation=found, participant=own)
        with pytest.raises(Refused, match="cannot take part"):
            proposals.add_participant(
                actor=actor, cooperation=found, participant=organisation("meldpunt")
            )
        with pytest.raises(Refused, match="before the beginning"):
            proposals.add_participant(
                actor=actor,
                cooperation=found,
                participant=organisation("waterhoek"),
                since=date(2026, 2, 1),
                until=date(2026, 1, 1),
            )
        with pytest.raises(Refused, match="at least one participant"):
            proposals.add_task(
                actor=actor, cooperation=found, name="Iets", takers=[organisation("waterhoek")]
            )


def test_withdrawing_waits_for_what_rests_on_it(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen")
        involvements.record(actor=actor, cooperation=found, contact="loket")
        with pytest.raises(Refused, match="end date"):
            proposals.withdraw(actor=actor, cooperation=found)


# --- our own side ---------------------------------------------------------------------------------


def test_our_side_is_ours(it: Cooperation, acting: Acting, alice: User, charlie: User) -> None:
    with acting(alice) as actor:
        involvements.record(actor=actor, cooperation=it, share=Decimal("62.50"), owner_id=alice.pk)
        involvements.record(actor=actor, cooperation=it, contact="servicedesk")
        mine = register.involvement(it, actor.organisation_id)
        assert mine is not None
        assert (mine.share, mine.contact, mine.owner) == (Decimal("62.50"), "servicedesk", alice)
    with acting(charlie):
        assert not Involvement.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"share": Decimal("100.01")}, "share"),
        ({"share": Decimal(-1)}, "share"),
        ({"contribution": Decimal(-1)}, "contribution"),
        ({"owner_id": 987_654}, "owner_id"),
    ],
)
def test_our_side_that_cannot_be(
    it: Cooperation, acting: Acting, alice: User, values: dict[str, Any], field: str
) -> None:
    with acting(alice) as actor:
        with pytest.raises(Refused) as refused:
            involvements.record(actor=actor, cooperation=it, **values)
        assert refused.value.field == field
        assert not Involvement.objects.exists()


def test_who_does_not_take_part_records_nothing(
    it: Cooperation, acting: Acting, dora: User
) -> None:
    with acting(dora) as reader:
        ciso = person_actor(reader.organisation_id, dora.pk, "Dora", Role.CISO)
        for act in (involvements.record, cbw_tests.begin):
            with pytest.raises(Refused, match="does not take part"):
                act(actor=ciso, cooperation=it)


def test_document_is_kept_once(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        file = uploads.upload(actor=actor, name="dvo.txt", content=BytesIO(b"Afspraken."))
        kept = involvements.attach(actor=actor, cooperation=it, upload=file)
        assert involvements.attach(actor=actor, cooperation=it, upload=file) == kept
        assert register.documents(it, actor.organisation_id) == [kept]
        involvements.detach(actor=actor, document=kept)
        assert register.documents(it, actor.organisation_id) == []


def test_reader_may_do_nothing(it: Cooperation, acting: Acting, bob: User) -> None:
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (proposals.propose, {"name": "Nieuw", "legal_form": "plain"}),
        (involvements.record, {"cooperation": it}),
        (cbw_tests.begin, {"cooperation": it}),
    ]
    with acting(bob) as actor:
        for act, values in acts:
            with pytest.raises(Forbidden):
                act(actor=actor, **values)


# --- the Cbw test ---------------------------------------------------------------------------------


def test_test_is_kept_with_reasons_and_articles(
    it: Cooperation, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        done = do_test(actor, it, NO_DECISIONS)
        assert (done.outcome, done.done_by_id) == ("not_government", alice.pk)
        assert done.version == questionnaire().version
        decisive = [row for row in done.result["findings"] if row["decisive"]]
        assert {row["id"] for row in decisive} == {"excluded", "critical", "wgr_body", "decides"}
        assert all(row["reason"] and row["article"] for row in decisive)
        assert [flag["open"] for flag in done.result["flags"]] == [False]


def test_unknown_is_said_and_asked_again_sooner(
    it: Cooperation, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        done = do_test(actor, it, {"excluded": "no", "critical": "no", "decides": "unknown"})
        assert done.outcome == "cannot_be_said"
        assert len(done.result["missing"]) == 1
        soon = clock.now() + timedelta(days=60)
        items = [
            one
            for one in due.items(actor.organisation_id, soon, actor.can)
            if one.kind == "cbw_test"
        ]
        assert [one.args for one in items] == [(it.pk,)]


def test_done_again_the_difference_shows(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        first = do_test(actor, it, NO_DECISIONS)
        second = do_test(actor, it, {"excluded": "no", "critical": "no"})
        assert second.outcome == "essential"
        assert list(select.done(it, actor.organisation_id)) == [second, first]
        assert select.before(second) == first
        assert select.before(first) is None
        changed = {one.question["en"]: (one.was, one.became) for one in
                   select.changes(first, second)}  # fmt: skip
        decides = questionnaire().question("decides").text["en"]
        assert changed[decides] == ("no", "yes")
        abroad = questionnaire().question("abroad").text["en"]
        assert changed[abroad] == ("", "yes")


def test_answers_that_cannot_be(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        test = cbw_tests.begin(actor=actor, cooperation=it)
        assert cbw_tests.begin(actor=actor, cooperation=it) == test
        with pytest.raises(Refused, match="Say why"):
            cbw_tests.answer(actor=actor, test=test, question="excluded", answer="no", reason=" ")
        with pytest.raises(Refused, match="Choose an answer"):
            cbw_tests.answer(actor=actor, test=test, question="excluded", answer="maybe")
        with pytest.raises(Refused, match="not in the test"):
            cbw_tests.answer(actor=actor, test=test, question="colour", answer="yes")
        with pytest.raises(Refused, match="still questions"):
            cbw_tests.finish(actor=actor, test=test)
        # As if it were about ourselves, in memory only.
        test.cooperation.body_id = actor.organisation_id
        with pytest.raises(Refused, match="Finish"):
            cbw_tests.publish(actor=actor, test=test)
        cbw_tests.discard(actor=actor, test=test)
        assert not CbwTest.objects.exists()


def test_finished_test_stays_as_it_is(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        done = do_test(actor, it, NO_DECISIONS)
        for act, values in (
            (cbw_tests.answer, {"question": "excluded", "answer": "yes", "reason": "toch wel"}),
            (cbw_tests.finish, {}),
            (cbw_tests.discard, {}),
        ):
            with pytest.raises(Refused, match="finished"):
                act(actor=actor, test=done, **values)


def test_test_of_older_questions_begins_anew(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        old = cbw_tests.begin(actor=actor, cooperation=it)
        CbwTest.objects.filter(pk=old.pk).update(version="2025.1")
        with pytest.raises(Refused, match="questions have changed"):
            cbw_tests.answer(actor=actor, test=old, question="excluded", answer="unknown")
        assert cbw_tests.begin(actor=actor, cooperation=it).pk != old.pk


def test_participants_see_only_the_outcome_that_the_body_tells(
    it: Cooperation, acting: Acting, alice: User, dora: User
) -> None:
    assert it.body_id is not None
    actor = person_actor(it.body_id, alice.pk, "Ingrid", Role.CISO)
    with acting(alice), acting_for([actor.organisation_id]):
        done = do_test(actor, it, NO_DECISIONS)
    with acting(alice):
        assert select.told() == {}
        assert not CbwTest.objects.exists()
    with acting(alice), acting_for([actor.organisation_id]):
        cbw_tests.publish(actor=actor, test=done)
    with acting(alice):
        told = select.told()[it.pk]
        assert (told.outcome, told.version) == ("not_government", questionnaire().version)
        assert not CbwTest.objects.exists()
    with acting(dora):
        assert select.told() == {}


def test_participant_cannot_tell_for_the_body(it: Cooperation, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        done = do_test(actor, it, NO_DECISIONS)
        with pytest.raises(Refused, match="co-operation itself"):
            cbw_tests.publish(actor=actor, test=done)
