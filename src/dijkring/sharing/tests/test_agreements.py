# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement opens, tried in the database itself; who may sign; what stays as it was."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor, system_actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.evidence.services import populations, rounds
from dijkring.organisations.models import User
from dijkring.sharing import selectors
from dijkring.sharing.models import Agreement, Look, Record
from dijkring.sharing.services import agreements, endings, looks, mandates
from dijkring.sharing.tasks import sweep
from dijkring.sharing.tests.objects import drafted, in_force
from dijkring.tests.harness.people import Acting, actor_of
from dijkring.tests.harness.work import DoJobs
from dijkring.tests.objects import make_actions, make_facts, make_judgements

DETAILS = ("aggregate", "standing", "fact")
STATES = ("none", "draft", "offered", "coming", "in_force", "expired", "withdrawn", "ended")
TABLES = {
    "summary": "evidence_summary",
    "standing": "evidence_standing",
    "fact": "evidence_fact",
    "judgement": "evidence_judgement",
    "action": "actions_action",
    "document": "evidence_upload",
    "organisation": "organisations_membership",
}
# What each combination opens; everything that is not named stays closed.
OPENED = {
    ("norms", "aggregate"): {"summary"},
    ("norms", "standing"): {"summary", "standing"},
    ("norms", "fact"): {"summary", "standing", "fact"},
    ("exposure", "aggregate"): {"counts of exposure"},
    ("exposure", "standing"): {"counts of exposure"},
    ("exposure", "fact"): {"counts of exposure", "exposure"},
    ("judgements", "fact"): {"judgement"},
    ("actions", "fact"): {"action"},
    # Read through doors of rooms above, which test them; no table opens.
    ("landscape", "fact"): set(),
    ("incidents", "aggregate"): set(),
    ("incidents", "standing"): set(),
    ("incidents", "fact"): set(),
    ("figures", "aggregate"): set(),
    ("figures", "standing"): set(),
    ("figures", "fact"): set(),
}


@pytest.fixture
def giver(fatima: User) -> Actor:
    """Secretary of Dijkerveen, who may sign."""
    return actor_of(fatima)


@pytest.fixture
def receiver(dora: User) -> Actor:
    """Somebody of the safety region who may sign."""
    found = actor_of(dora)
    return person_actor(found.organisation_id, dora.pk, str(dora), Role.BOARD)


@pytest.fixture
def filled(acting: Acting, alice: User, charlie: User) -> None:
    """Put a row of every kind in the tables of two organisations."""
    for user in (alice, charlie):
        with acting(user) as actor:
            for make in (make_facts, make_judgements, make_actions):
                make(actor, 1)
            _measured(actor)


def _measured(actor: Actor) -> None:
    system, kind = system_actor(actor.organisation_id), "surface.web-tls.tls_version"
    populations.add(actor=system, population="domain", member="www.proef.example")
    seen = rounds.Observation(kind=kind, subject="www.proef.example", state="fail", detail={})
    rounds.record(
        actor=system,
        source="dijkring",
        member="www.proef.example",
        observed_at=clock.now(),
        observations=[seen],
    )


def opened(receiver: Actor, giver_id: int) -> set[str]:
    """Return which rows of the giver the database shows under what is in force now."""
    with transaction_for([receiver.organisation_id], receiver):
        given = [one for one in selectors.received(receiver.organisation_id)]
        assert {one.giver.pk for one in given} <= {giver_id}
        kinds = given[0].kinds if given else frozenset()
        reading = {kind: [giver_id] for kind in kinds}
        with acting_for([receiver.organisation_id], reading=reading):
            return {kind for kind, table in TABLES.items() if _count(table, giver_id)} | _exposed(
                giver_id
            )


def _count(table: str, organisation_id: int) -> int:
    query = f"SELECT count(*) FROM {table} WHERE organisation_id = %s"  # noqa: S608
    return int(_one(query, [organisation_id]))


def _exposed(giver_id: int) -> set[str]:
    doors = {"exposure": "door_exposure", "counts of exposure": "door_exposure_counts"}
    return {
        name
        for name, door in doors.items()
        if _one(f"SELECT count(*) FROM {door}(%s, %s)", [giver_id, clock.now()])  # noqa: S608
    }


def _one(query: str, parameters: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]


def _brought_to(state: str, giver: Actor, receiver: Actor, **terms: Any) -> None:
    """Bring an agreement to a state by the real services."""
    if state == "none":
        return
    now = clock.now()
    if state == "coming":
        terms["starts_at"] = now + timedelta(days=2)
    if state == "expired":
        terms |= {"starts_at": now - timedelta(days=9), "ends_at": now - timedelta(days=1)}
        with clock.moved_to(now - timedelta(days=8)):
            in_force(giver, receiver, **terms)
        return
    if state in {"draft", "offered"}:
        with acting_for([giver.organisation_id], giver):
            made = drafted(giver, receiver.organisation_id, **terms)
            if state == "offered":
                agreements.sign(actor=giver, agreement=made)
        return
    made = in_force(giver, receiver, **terms)
    enders = {"ended": giver, "withdrawn": receiver}
    if state in enders:
        ender = enders[state]
        with acting_for([ender.organisation_id], ender):
            agreements.end(actor=ender, agreement=made, reason="Niet meer nodig.")


@pytest.mark.parametrize(("record", "detail"), list(OPENED), ids="-".join)
def test_database_shows_what_the_agreement_names_and_nothing_more(
    filled: None, giver: Actor, receiver: Actor, record: str, detail: str
) -> None:
    found = {}
    for state in STATES:
        with transaction.atomic():
            _brought_to(state, giver, receiver, records=[record], detail=detail)
            found[state] = opened(receiver, giver.organisation_id)
            transaction.set_rollback(True)
    nothing: dict[str, set[str]] = {state: set() for state in STATES}
    assert found == nothing | {"in_force": OPENED[record, detail]}


def test_every_combination_is_tried_or_refused(giver: Actor, receiver: Actor) -> None:
    refused = set()
    for record in Record.values:
        for detail in DETAILS:
            try:
                with transaction_for([giver.organisation_id], giver):
                    drafted(giver, receiver.organisation_id, records=[record], detail=detail)
            except Refused:
                refused.add((record, detail))
    assert refused == {(r, d) for r in Record.values for d in DETAILS} - set(OPENED)


def test_what_is_shared_never_stands_between_our_own_rows(
    filled: None, giver: Actor, charlie: User
) -> None:
    """While somebody looks, the shared kinds show the giver only; on other pages only our own."""
    us = actor_of(charlie)
    board = person_actor(us.organisation_id, charlie.pk, "Bestuurder", Role.BOARD)
    with transaction.atomic():
        in_force(giver, board, detail="fact")
    tables = ("evidence_summary", "evidence_standing", "evidence_fact")
    with transaction_for([us.organisation_id], us):
        assert {_owners(table) for table in tables} == {(us.organisation_id,)}
        shared = selectors.received(us.organisation_id)[0]
        with looks.looking(actor=us, shared=shared, what="facts"):
            assert {_owners(table) for table in tables} == {(giver.organisation_id,)}
            assert _owners("evidence_judgement") == (us.organisation_id,)
        assert {_owners(table) for table in tables} == {(us.organisation_id,)}


def _owners(table: str) -> tuple[int, ...]:
    query = f"SELECT DISTINCT organisation_id FROM {table} ORDER BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(row[0] for row in cursor.fetchall())


def test_receiver_cannot_write_what_it_may_read(
    filled: None, giver: Actor, receiver: Actor
) -> None:
    with transaction.atomic():
        in_force(giver, receiver, detail="fact")
    with transaction_for([receiver.organisation_id], receiver):
        shared = selectors.received(receiver.organisation_id)[0]
        with looks.looking(actor=receiver, shared=shared, what="facts"), connection.cursor() as c:
            c.execute("UPDATE evidence_fact SET state = 'pass'")
            assert c.rowcount == 0
            c.execute("DELETE FROM evidence_standing")
            assert c.rowcount == 0


def test_third_sees_neither_agreement_nor_rows(
    filled: None, giver: Actor, receiver: Actor, charlie: User
) -> None:
    with transaction.atomic():
        in_force(giver, receiver, detail="fact")
    third = actor_of(charlie)
    with transaction_for([third.organisation_id], third):
        assert list(Agreement.objects.all()) == []
        assert selectors.received(third.organisation_id) == []
        assert _exposed(giver.organisation_id) == set()


# --- signing --------------------------------------------------------------------------------------


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def test_without_a_mandate_nobody_signs(ciso: Actor, receiver: Actor) -> None:
    made = drafted(ciso, receiver.organisation_id)
    with pytest.raises(Refused, match=r"mandaat|mandate"):
        agreements.sign(actor=ciso, agreement=made)
    assert Agreement.objects.get().state == "draft"


def test_registered_mandate_lets_a_colleague_sign_until_it_ends(
    ciso: Actor, receiver: Actor, giver: Actor
) -> None:
    until = clock.now() + timedelta(days=5)
    given = mandates.give(
        actor=giver, user_id=ciso.user_id or 0, decision="Mandaatbesluit 7", until=until
    )
    made = drafted(ciso, receiver.organisation_id)
    with clock.moved_to(until + timedelta(seconds=1)), pytest.raises(Refused):
        agreements.sign(actor=ciso, agreement=made)
    signature = agreements.sign(actor=ciso, agreement=made)
    assert (signature.name, signature.ground) == (ciso.name, "Mandaatbesluit 7")
    mandates.withdraw(actor=giver, mandate=given, reason="Andere functie.")
    with pytest.raises(Refused):
        agreements.sign(actor=ciso, agreement=drafted(ciso, receiver.organisation_id))


def test_mandate_is_given_by_the_top_to_a_colleague(
    ciso: Actor, giver: Actor, charlie: User
) -> None:
    until = clock.now() + timedelta(days=5)
    with pytest.raises(Forbidden):
        mandates.give(actor=ciso, user_id=ciso.user_id or 0, decision="Zelf", until=until)
    with pytest.raises(Refused):
        mandates.give(actor=giver, user_id=charlie.pk, decision="Besluit", until=until)


def test_receiver_cannot_sign_before_the_giver_nor_for_another(
    acting: Acting, giver: Actor, receiver: Actor, charlie: User
) -> None:
    with transaction_for([giver.organisation_id], giver):
        made = drafted(giver, receiver.organisation_id)
    with transaction_for([receiver.organisation_id], receiver):
        with pytest.raises(Refused):
            agreements.sign(actor=receiver, agreement=made)
    with acting(charlie) as third:
        stranger = person_actor(third.organisation_id, charlie.pk, "Vreemde", Role.BOARD)
        with pytest.raises(Refused):
            agreements.sign(actor=stranger, agreement=made)


def test_what_was_signed_stands(giver: Actor, receiver: Actor) -> None:
    with transaction.atomic():
        made = in_force(giver, receiver)
    with transaction_for([giver.organisation_id], giver):
        with pytest.raises(Refused):
            agreements.change(actor=giver, agreement=made, records=["norms"], detail="fact")
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=made.pk).update(detail="fact")
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=made.pk).update(state="draft")


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("records", {"records": []}),
        ("records", {"records": ["passwords"]}),
        ("legal_basis", {"purpose": "  "}),
        ("legal_basis", {"legal_basis": ""}),
        ("detail", {"records": ["judgements"], "detail": "standing"}),
        ("detail", {"detail": "everything"}),
        ("ends_at", {"ends_at": clock.now() - timedelta(days=3)}),
    ],
)
def test_bad_terms_are_refused(
    ciso: Actor, receiver: Actor, field: str, terms: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        drafted(ciso, receiver.organisation_id, **terms)
    assert refused.value.field == field
    with pytest.raises(Refused):
        drafted(ciso, ciso.organisation_id)


# --- the log --------------------------------------------------------------------------------------


def test_every_look_is_logged_for_the_giver(giver: Actor, receiver: Actor, charlie: User) -> None:
    with transaction.atomic():
        in_force(giver, receiver)
    for _time in range(2):
        with transaction_for([receiver.organisation_id], receiver):
            shared = selectors.received(receiver.organisation_id)[0]
            with looks.looking(actor=receiver, shared=shared, what="summary", about="bio2"):
                pass
    with transaction_for([giver.organisation_id], giver):
        found = list(selectors.looks(giver.organisation_id))
        assert [(one.name, one.what, one.about) for one in found] == [
            (receiver.name, "summary", "bio2")
        ] * 2
    third = actor_of(charlie).organisation_id
    with transaction_for([third]):
        assert Look.objects.count() == 0


@pytest.mark.parametrize("side", ["giver", "receiver"])
def test_log_cannot_be_changed(giver: Actor, receiver: Actor, side: str) -> None:
    with transaction.atomic():
        in_force(giver, receiver)
    with transaction_for([receiver.organisation_id], receiver):
        shared = selectors.received(receiver.organisation_id)[0]
        with looks.looking(actor=receiver, shared=shared, what="summary"):
            pass
    who = giver if side == "giver" else receiver
    for statement in ("UPDATE sharing_look SET name = ''", "DELETE FROM sharing_look"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            with acting_for([who.organisation_id], who), connection.cursor() as cursor:
                cursor.execute(statement)


def test_look_beyond_the_agreement_shows_and_logs_nothing(giver: Actor, receiver: Actor) -> None:
    with transaction.atomic():
        in_force(giver, receiver, detail="aggregate")
    with transaction_for([receiver.organisation_id], receiver):
        shared = selectors.received(receiver.organisation_id)[0]
        for what in ("standings", "facts", "judgements", "actions", "exposed"):
            with pytest.raises(looks.NotShared):
                with looks.looking(actor=receiver, shared=shared, what=what):
                    pytest.fail("it was shown")
        assert Look.objects.count() == 0


# --- the end --------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, int]]:
    """Hear what rooms are told at the end of an agreement."""
    heard: list[dict[str, int]] = []
    monkeypatch.setattr(endings, "_functions", [])
    endings.on_end(lambda **ids: heard.append(ids))
    return heard


@pytest.mark.parametrize("side", ["giver", "receiver"])
def test_ending_ends_what_was_taken_over_once(
    giver: Actor, receiver: Actor, do_jobs: DoJobs, told: list[dict[str, int]], side: str
) -> None:
    with transaction.atomic():
        made = in_force(giver, receiver)
    ender = giver if side == "giver" else receiver
    with transaction_for([ender.organisation_id], ender):
        agreements.end(actor=ender, agreement=made, reason="Klaar.")
    do_jobs()
    expected = {
        "agreement_id": made.pk,
        "giver_id": giver.organisation_id,
        "receiver_id": receiver.organisation_id,
    }
    assert told == [expected]
    assert not endings.carry_out(agreement_id=made.pk, receiver_id=receiver.organisation_id)
    assert told == [expected]


def test_passing_of_the_last_day_ends_it_as_well(
    giver: Actor, receiver: Actor, told: list[dict[str, int]]
) -> None:
    with transaction.atomic():
        made = in_force(giver, receiver)
        with acting_for([giver.organisation_id], giver):
            drafted(giver, receiver.organisation_id)
    sweep(0)
    assert told == []
    with clock.moved_to(made.ends_at):
        sweep(0)
        sweep(0)
    assert [one["agreement_id"] for one in told] == [made.pk]
