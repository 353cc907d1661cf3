# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handover is sent by one, taken up once by the other, and closed to everybody else."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import User
from dijkring.sharing import kinds, tasks
from dijkring.sharing.models import Agreement, Handover
from dijkring.sharing.services import agreements, handovers
from dijkring.sharing.tests.objects import drafted, in_force, secretary
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

KIND = "sharing.test"


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever was spoken before."""
    with translation.override("nl"):
        yield


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, object]]:
    """Register a kind that remembers what was taken up, and refuses what is bad."""
    found: list[tuple[int, object]] = []

    def handle(*, actor: Actor, handover: Handover) -> None:
        if handover.payload.get("bad"):
            raise Refused("Dit past hier niet.")
        found.append((actor.organisation_id, handover.payload))

    monkeypatch.setattr(kinds, "_kinds", {})
    register(handle)
    return found


def register(handle: kinds.Handler) -> None:
    kinds.register(
        kinds.Kind(
            KIND,
            "Proef",
            right="sharing.draft",
            handler=handle,
            answering="sharing.end",
            title=lambda payload: str(payload.get("n", "")),
            rows=lambda payload: [("nummer", payload.get("n"))],
        )
    )


@pytest.fixture(autouse=True)
def partners(fatima: User, charlie: User) -> None:
    """Let the two co-operate: an agreement of the one with the other."""
    with transaction.atomic():
        in_force(secretary_of(fatima), secretary_of(charlie))


def secretary_of(user: User) -> Actor:
    return secretary(actor_of(user).organisation_id, user.pk)


@pytest.fixture
def receiver_id(charlie: User) -> int:
    return actor_of(charlie).organisation_id


def send(acting: Acting, user: User, receiver_id: int, **payload: object) -> Handover:
    with acting(user) as actor:
        return handovers.send(actor=actor, receiver_id=receiver_id, kind=KIND, payload=payload)


def test_receiver_takes_it_up_once(
    acting: Acting, alice: User, receiver_id: int, do_jobs: DoJobs, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id, n=1)
    do_jobs()
    assert taken == [(receiver_id, {"n": 1})]
    assert not handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    assert len(taken) == 1
    with acting(alice):
        assert Handover.objects.get().taken_at is not None


def test_refusal_is_seen_by_the_sender(
    acting: Acting, alice: User, receiver_id: int, do_jobs: DoJobs, taken: list[object]
) -> None:
    send(acting, alice, receiver_id, bad=True)
    do_jobs()
    with acting(alice):
        assert Handover.objects.get().refusal == "Dit past hier niet."
    assert taken == []


def test_failure_leaves_it_for_later(
    acting: Acting, alice: User, receiver_id: int, do_jobs: DoJobs, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id)

    def fail(**_what: object) -> None:
        raise RuntimeError("stroom weg")

    good = kinds.get(KIND)
    register(fail)
    with pytest.raises(RuntimeError):
        tasks.take(receiver_id=receiver_id, handover_id=made.pk)
    with acting(alice) as actor:
        failed = Handover.objects.get()
        assert failed.failed_at is not None
        assert handovers.may_retry(failed)
        assert handovers.retry(actor=actor, handover=failed) == made
    kinds.register(good)
    # The first job and the second try are both still waiting; only one of them takes it up.
    do_jobs()
    assert len(taken) == 1
    with acting(alice) as actor:
        done = Handover.objects.get()
        assert (done.failed_at, done.taken_at is not None) == (None, True)
        with pytest.raises(Refused):
            handovers.retry(actor=actor, handover=done)


def test_refused_is_sent_again_once(
    acting: Acting, alice: User, bob: User, receiver_id: int, do_jobs: DoJobs, taken: list[object]
) -> None:
    send(acting, alice, receiver_id, bad=True)
    do_jobs()
    with acting(bob) as reader, pytest.raises(Forbidden):
        handovers.retry(actor=reader, handover=Handover.objects.get())
    with acting(alice) as actor:
        refused = Handover.objects.get()
        again = handovers.retry(actor=actor, handover=refused)
        assert (again.repeats, again.payload) == (refused, refused.payload)
        with pytest.raises(Refused):
            handovers.retry(actor=actor, handover=refused)


def test_receiver_answers_once_and_with_a_reason(
    acting: Acting, alice: User, charlie: User, receiver_id: int, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id, n=1)
    with acting(charlie) as receiver, pytest.raises(Refused):
        handovers.answer(actor=receiver, handover=made, accepted=True)
    handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    with acting(alice) as sender, pytest.raises(Refused):
        handovers.answer(actor=sender, handover=made, accepted=True)
    with acting(charlie) as receiver:
        with pytest.raises(Refused):
            handovers.answer(actor=receiver, handover=made, accepted=False, reason=" ")
        handovers.answer(actor=receiver, handover=made, accepted=False, reason="Niet van ons.")
        with pytest.raises(Refused):
            handovers.answer(actor=receiver, handover=made, accepted=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).update(answer="accepted")
    with acting(alice):
        found = Handover.objects.get()
        assert (found.answer, found.answer_reason) == ("declined", "Niet van ons.")
        assert Handover.objects.filter(pk=made.pk).update(answer="accepted") == 0


def test_only_partners_can_be_handed_something(
    acting: Acting, alice: User, dora: User, taken: list[object]
) -> None:
    with pytest.raises(Refused, match="samenwerkt"):
        send(acting, alice, actor_of(dora).organisation_id, n=1)


def test_pages_of_both_sides_and_of_a_stranger(
    acting: Acting,
    alice: User,
    charlie: User,
    dora: User,
    bob: User,
    client_of: ClientOf,
    receiver_id: int,
    do_jobs: DoJobs,
    taken: list[object],
) -> None:
    made = send(acting, alice, receiver_id, bad=True, n=7)
    do_jobs()
    page, again = "delen/overdrachten/", f"delen/overdrachten/{made.pk}/opnieuw/"
    for user, slug in ((alice, "dijkerveen"), (charlie, "waterhoek")):
        body = client_of(user).get(f"/o/{slug}/{page}{made.pk}/").content.decode()
        assert "Dit past hier niet." in body
        assert ("/opnieuw/" in body) == (user == alice)
        assert "Proef: 7" in client_of(user).get(f"/o/{slug}/{page}").content.decode()
        assert "Proef: 7" in client_of(user).get(f"/o/{slug}/{page}?state=failed").content.decode()
        other = client_of(user).get(f"/o/{slug}/{page}?state=accepted").content.decode()
        assert "Proef: 7" not in other
    assert client_of(dora).get(f"/o/sluisland/{page}{made.pk}/").status_code == 404
    assert client_of(dora).post(f"/o/sluisland/{again}").status_code == 404
    assert client_of(bob).post(f"/o/dijkerveen/{again}").status_code == 403
    assert client_of(charlie).post(f"/o/waterhoek/{again}").status_code == 404
    assert client_of(alice).post(f"/o/dijkerveen/{again}").status_code == 302
    with acting(alice):
        assert Handover.objects.count() == 2


def test_database_keeps_draft_from_the_receiver_until_it_is_offered(
    acting: Acting, alice: User, fatima: User, charlie: User, receiver_id: int
) -> None:
    with acting(alice) as actor:
        made, thrown = drafted(actor, receiver_id), drafted(actor, receiver_id)
    with acting(fatima) as secretary:
        agreements.end(actor=secretary, agreement=thrown, reason="Toch niet.")

    def seen() -> set[int]:
        with acting(charlie), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, id FROM sharing_agreement")
            rows = cursor.fetchall()
        assert {row[0] for row in rows} == {"dijkring_app"}
        return {row[1] for row in rows}

    before = seen()
    assert not {made.pk, thrown.pk} & before
    with acting(fatima) as secretary:
        agreements.sign(actor=secretary, agreement=made)
    assert seen() == before | {made.pk}
    with acting(fatima) as secretary:
        agreements.end(actor=secretary, agreement=made, reason="Voorbij.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=made.pk).update(offered_at=None)
    assert seen() == before | {made.pk}


def test_nothing_is_signed_without_being_offered(
    acting: Acting, alice: User, receiver_id: int
) -> None:
    with acting(alice) as actor:
        made = drafted(actor, receiver_id)
        with pytest.raises(DatabaseError, match="signed_agreement_is_offered"):
            Agreement.objects.filter(pk=made.pk).update(state="signed")


def test_stranger_neither_sees_nor_takes_nor_sends_it(
    acting: Acting, alice: User, dora: User, receiver_id: int, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id)
    stranger = actor_of(dora).organisation_id
    assert not handovers.take(receiver_id=stranger, handover_id=made.pk)
    with transaction_for([stranger]):
        assert Handover.objects.count() == 0
        assert Handover.objects.filter(pk=made.pk).update(taken_at=made.made_at) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            # In the name of another: the database refuses it.
            Handover.objects.create(
                organisation_id=made.organisation_id,
                receiver_id=stranger,
                kind=KIND,
                payload={},
                made_at=made.made_at,
            )
    assert taken == []


def test_nobody_changes_what_was_sent(
    acting: Acting, alice: User, receiver_id: int, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id, n=1)
    with acting(alice):
        assert Handover.objects.filter(pk=made.pk).update(payload={}) == 0
        assert Handover.objects.filter(pk=made.pk).update(taken_at=made.made_at) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).delete()
    with transaction_for([receiver_id]):
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).update(payload={"n": 2})
    assert handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    with transaction_for([receiver_id]), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE sharing_handover SET taken_at = NULL")


def test_bad_handovers_are_refused(
    acting: Acting, alice: User, bob: User, receiver_id: int, taken: list[object]
) -> None:
    with acting(alice) as actor:
        bad = [
            {"receiver_id": actor.organisation_id, "kind": KIND, "payload": {}},
            {"receiver_id": 987_654_321, "kind": KIND, "payload": {}},
            {"receiver_id": receiver_id, "kind": "nergens", "payload": {}},
            {"receiver_id": receiver_id, "kind": KIND, "payload": {"x": "y" * 300_000}},
        ]
        for one in bad:
            with pytest.raises(Refused):
                handovers.send(actor=actor, **one)  # type: ignore[arg-type]
    with acting(bob) as reader, pytest.raises(Forbidden):
        handovers.send(actor=reader, receiver_id=receiver_id, kind=KIND, payload={})
