# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from dijkring.actions import services
from dijkring.actions.models import Action
from dijkring.core.errors import Forbidden, Refused
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting


def test_a_line_per_subject_and_none_twice(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS", subjects=["a", "b", "a"])
        assert services.add_lines(actor=actor, action=action, subjects={"b": "", "c": "oud"}) == 1
        assert sorted(action.lines.values_list("subject", flat=True)) == ["a", "b", "c"]


def test_the_last_proof_finishes_the_action(acting: Acting, alice: User) -> None:
    proof: dict[str, Any] = {"fact": 1, "source": "proef"}
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS", subjects=["a", "b"])
        first, last = action.lines.order_by("subject")
        services.close_line(actor=actor, line=first, proof=proof)
        assert Action.objects.get(pk=action.pk).state == Action.State.OPEN
        services.close_line(actor=actor, line=last, proof=proof)
        closed = Action.objects.get(pk=action.pk)
        assert closed.state == Action.State.DONE
        assert closed.closed_at is not None


def test_open_lines_keep_an_action_open(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS", subjects=["a"])
        with pytest.raises(Refused):
            services.move(actor=actor, action=action, to="done", reason="Klaar, denk ik.")


def test_calling_off_needs_a_reason_and_can_be_undone(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
        with pytest.raises(Refused):
            services.move(actor=actor, action=action, to="cancelled", reason=" ")
        services.move(actor=actor, action=action, to="cancelled", reason="Server is weg.")
        with pytest.raises(Refused):
            services.move(actor=actor, action=action, to="done")
        services.move(actor=actor, action=action, to="open")
        assert action.closed_at is None


def test_the_database_refuses_a_move_that_is_not_in_the_table(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
        services.move(actor=actor, action=action, to="cancelled", reason="Server is weg.")
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            Action.objects.filter(pk=action.pk).update(state="done")


def test_an_owner_is_a_colleague(acting: Acting, alice: User, charlie: User) -> None:
    with acting(alice) as actor:
        with pytest.raises(Refused) as refused:
            services.open_action(actor=actor, title="TLS", owner_id=charlie.pk)
        assert refused.value.field == "owner"
        action = services.open_action(actor=actor, title="TLS", owner_id=alice.pk)
        with pytest.raises(Refused):
            services.change(actor=actor, action=action, owner_id=charlie.pk)
        services.change(actor=actor, action=action, owner_id=None, title="TLS 1.3")
        assert Action.objects.get(pk=action.pk).owner is None


def test_what_a_service_does_not_know_is_not_changed(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
        with pytest.raises(Refused):
            services.change(actor=actor, action=action, state="done")


def test_a_reader_opens_changes_and_says_nothing(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
    with acting(bob) as actor:
        for act in (
            lambda: services.open_action(actor=actor, title="x"),
            lambda: services.change(actor=actor, action=action, title="x"),
            lambda: services.move(actor=actor, action=action, to="done"),
            lambda: services.comment(actor=actor, action=action, text="x"),
        ):
            with pytest.raises(Forbidden):
                act()
