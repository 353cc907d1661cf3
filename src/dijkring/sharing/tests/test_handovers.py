# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handover is sent by one, taken up once by the other, and closed to everybody else."""

import pytest
from django.db import DatabaseError, connection, transaction

from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import User
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.tests.harness.people import Acting, actor_of
from dijkring.tests.harness.work import DoJobs

KIND = "sharing.test"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, object]]:
    """Register a kind that remembers what was taken up, and refuses what is bad."""
    found: list[tuple[int, object]] = []

    def handle(*, actor: Actor, handover: Handover) -> None:
        if handover.payload.get("bad"):
            raise Refused("Dit past hier niet.")
        found.append((actor.organisation_id, handover.payload))

    monkeypatch.setattr(handovers, "_kinds", {})
    handovers.register(KIND, "Proef", "sharing.draft", handle)
    return found


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
    acting: Acting, alice: User, receiver_id: int, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id)

    def fail(**_what: object) -> None:
        raise RuntimeError("stroom weg")

    good = handovers._kinds[KIND]
    handovers.register(KIND, "Proef", "sharing.draft", fail)
    with pytest.raises(RuntimeError):
        handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    handovers.register(KIND, "Proef", "sharing.draft", good.handler)
    assert handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    assert len(taken) == 1


def test_stranger_neither_sees_nor_takes_nor_sends_it(
    acting: Acting, alice: User, dora: User, receiver_id: int, taken: list[object]
) -> None:
    made = send(acting, alice, receiver_id)
    stranger = actor_of(dora).organisation_id
    assert not handovers.take(receiver_id=stranger, handover_id=made.pk)
    with transaction.atomic(), acting_for([stranger]):
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
    with transaction.atomic(), acting_for([receiver_id]):
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.filter(pk=made.pk).update(payload={"n": 2})
    assert handovers.take(receiver_id=receiver_id, handover_id=made.pk)
    with transaction.atomic(), acting_for([receiver_id]), connection.cursor() as cursor:
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
