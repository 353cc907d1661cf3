# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A joint incident: everybody its own clocks, one shared dossier, and nothing of another's own."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.incidents.models import (
    Awareness,
    Incident,
    Joint,
    JointEntry,
    JointInvite,
    JointMandate,
    JointPlace,
)
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Standing
from dijkring.incidents.services import (
    joint,
    joint_dossier,
    joint_places,
    reporting,
)
from dijkring.incidents.tests.joint_objects import (
    WANTED,
    amended,
    answered,
    befriend,
    due,
    handler,
    incident_of,
    invited,
    key_of,
    mandated,
    members_of,
    own_of,
    shared,
    together,
    told_to,
)
from dijkring.notices.models import Notice
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Handover
from dijkring.tests.harness.database import Clone, within
from dijkring.tests.harness.people import actor_of
from dijkring.tests.harness.work import DoJobs

HERE = Path(__file__).parent
WARNING = "cbw.early_warning"
AT = datetime.fromisoformat
AWARE = AT("2026-10-24T14:30+02:00")


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever was spoken before."""
    with translation.override("nl"):
        yield


@pytest.fixture
def leader(alice: User) -> Actor:
    return actor_of(alice)


@pytest.fixture
def member(charlie: User, leader: Actor) -> Actor:
    """The CISO of Waterhoek, with whom the leader co-operates."""
    found = actor_of(charlie)
    with transaction.atomic():
        befriend(found, leader)
    return found


@pytest.fixture
def outsider(dora: User) -> Actor:
    return actor_of(dora)


def texts(actor: Actor, incident: Incident) -> list[str]:
    """Return what somebody reads in the shared dossier, but for who takes part."""
    with acting_for([actor.organisation_id], actor):
        side = selectors.side_of(incident)
        assert side is not None
        rows = selectors.dossier(actor.organisation_id, side.key)
        return [one.text for one in rows if one.kind != JointEntry.Kind.MEMBER]


# --- arrival and answer ---------------------------------------------------------------------------


def test_on_arrival_the_member_has_its_own_incident_on_the_clocks_of_the_leader(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    led = incident_of(leader)
    invited(leader, led, member)
    do_jobs()
    own = own_of(member)
    with acting_for([member.organisation_id], member):
        said = Awareness.objects.get(incident=own)
        assert (said.at, said.who) == (led.detected_at, "Dijkerveen")
        assert "Overdracht" in said.evidence
        assert (own.title, own.description) == (WANTED.title, WANTED.text)
        # That the leader has no personal data says nothing about the member's.
        assert own.personal_data == Incident.Known.UNKNOWN
        told = Notice.objects.filter(url_name="incidents:incident", url_args=[own.pk])
        assert member.user_id in told.values_list("user_id", flat=True)
    ours, theirs = due(leader, led)[WARNING], due(member, own)[WARNING]
    assert ours.due == theirs.due
    assert members_of(leader)[0].standing == Standing.REACHED
    # Another anchor asks for a reason, and both stand side by side.
    with acting_for([member.organisation_id], member):
        assert led.detected_at is not None
        later = led.detected_at + timedelta(hours=1)
        with pytest.raises(Refused):
            amended(member, own, later, "")
        amended(member, own, later, "Ons eigen logboek toont een uur later.")
    after = due(member, own)[WARNING]
    assert (after.was, after.due) == (theirs.due, ours.due and ours.due + timedelta(hours=1))


def test_who_declines_gives_a_reason_and_keeps_its_clocks(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    led = incident_of(leader)
    invited(leader, led, member)
    shared(leader, led, "Alleen voor wie meedoet.")
    with pytest.raises(Refused):
        answered(member, accepted=False, reason=" ")
    answered(member, accepted=False)
    do_jobs()
    own = own_of(member)
    assert due(member, own)[WARNING].runs
    assert texts(member, own) == []
    one = members_of(leader)[0]
    assert (one.standing, one.invite.handover.answer_reason) == (
        Standing.DECLINED,
        "Niet ons platform.",
    )
    with acting_for([leader.organisation_id], leader):
        assert told_to(leader, "joint.declined") == 1
        with pytest.raises(Refused):
            joint.invite(actor=leader, incident=led, members=[], wanted=WANTED)
    # It may be asked again; the same incident is meant.
    invited(leader, led, member)
    answered(member)
    do_jobs()
    assert own_of(member).pk == own.pk
    assert texts(member, own) == ["Alleen voor wie meedoet."]


def test_only_partners_and_no_red_and_nobody_twice(
    leader: Actor, member: Actor, outsider: Actor
) -> None:
    led = incident_of(leader)
    with acting_for([leader.organisation_id], leader):
        stranger = Organisation.objects.get(pk=outsider.organisation_id)
        with pytest.raises(Refused):
            joint.invite(actor=leader, incident=led, members=[stranger], wanted=WANTED)
    invited(leader, led, member)
    with pytest.raises(Refused):
        invited(leader, led, member)
    with acting_for([leader.organisation_id], leader):
        Incident.objects.filter(pk=led.pk).update(tlp=Incident.Tlp.RED)
        with pytest.raises(Refused, match="TLP"):
            joint.invite(actor=leader, incident=led, members=[stranger], wanted=WANTED)
    # A member cannot invite on: one leads.
    own = own_of(member)
    with pytest.raises(Refused), acting_for([member.organisation_id], member):
        joint.invite(actor=member, incident=own, members=[stranger], wanted=WANTED)


def test_where_nobody_can_take_it_up_the_leader_is_told_to_call(
    leader: Actor, outsider: Actor, do_jobs: DoJobs
) -> None:
    with transaction.atomic():
        befriend(outsider, leader)
    led = incident_of(leader)
    invited(leader, led, outsider)
    do_jobs()
    assert members_of(leader)[0].standing == Standing.NOT_REACHED
    with acting_for([outsider.organisation_id], outsider):
        assert not Incident.objects.exists()
    with acting_for([leader.organisation_id], leader):
        assert Notice.objects.filter(kind="joint.failed").count() == 1


# --- the shared dossier ---------------------------------------------------------------------------


def test_only_what_somebody_shares_is_shared(
    leader: Actor, member: Actor, outsider: Actor, do_jobs: DoJobs
) -> None:
    third = handler(Organisation.objects.get(pk=outsider.organisation_id))
    with transaction.atomic():
        befriend(third, leader)
    led = together(leader, member, third, do=do_jobs)
    own, thirds = own_of(member), own_of(third)
    with acting_for([member.organisation_id], member):
        for text in ("Wij betalen niet.", "Onze back-up is heel."):
            reporting.enter(actor=member, incident=own, at=clock.now(), text=text)
        backup = own.entries.get(text="Onze back-up is heel.")
        joint_dossier.share_entries(actor=member, incident=own, entries=[backup])
        with pytest.raises(Refused):
            joint_dossier.share_entries(actor=member, incident=own, entries=[backup])
    shared(leader, led, "Herstel begint om zes uur.")
    do_jobs()
    said = ["Onze back-up is heel.", "Herstel begint om zes uur."]
    assert texts(leader, led) == texts(member, own) == texts(third, thirds) == said
    with acting_for([third.organisation_id], third):
        row = JointEntry.objects.get(text=said[0])
        assert (row.author.name, row.organisation_id) == ("Waterhoek", leader.organisation_id)
        assert row.entry_id is None
        assert not Incident.objects.exclude(pk=thirds.pk).exists()
        assert not JointPlace.objects.exclude(organisation_id=third.organisation_id).exists()
        assert not JointInvite.objects.exclude(member_id=third.organisation_id).exists()
    with acting_for([member.organisation_id], member):
        for act in (JointEntry.objects.all().delete, lambda: JointEntry.objects.update(text="x")):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_outsider_finds_nothing_in_any_table(
    leader: Actor, member: Actor, outsider: Actor, do_jobs: DoJobs
) -> None:
    led = together(leader, member, do=do_jobs)
    shared(leader, led, "Niet voor anderen.")
    mandated(member, WARNING)
    do_jobs()
    tables = (Joint, JointInvite, JointPlace, JointEntry, JointMandate, Handover, Incident)
    with acting_for([outsider.organisation_id], outsider):
        assert [one.__name__ for one in tables if one.objects.exists()] == []
        assert selectors.counts() == []
        joint_of = Joint(key=key_of(leader, led), organisation_id=leader.organisation_id)
        assert selectors.told_of(joint_of) == []


@pytest.mark.parametrize("out", ["removed", "left"])
def test_who_is_out_keeps_what_it_saw_and_gets_nothing_new(
    leader: Actor, member: Actor, do_jobs: DoJobs, out: str
) -> None:
    led = together(leader, member, do=do_jobs)
    own = own_of(member)
    shared(leader, led, "Eerst.")
    if out == "removed":
        with acting_for([leader.organisation_id], leader):
            invite = JointInvite.objects.get()
            with pytest.raises(Refused):
                joint.remove(actor=leader, invite=invite, reason=" ")
            joint.remove(actor=leader, invite=invite, reason="Niet geraakt.")
    else:
        with acting_for([member.organisation_id], member):
            joint_places.leave(actor=member, incident=own, reason="Wij zijn niet geraakt.")
    shared(leader, led, "Daarna.")
    do_jobs()
    assert texts(member, own) == ["Eerst."]
    assert texts(leader, led) == ["Eerst.", "Daarna."]
    assert members_of(leader)[0].standing == out
    with pytest.raises(Refused):
        shared(member, own, "Te laat.")
    assert due(member, own)[WARNING].runs
    told, who = ("joint.removed", member) if out == "removed" else ("joint.left", leader)
    assert told_to(who, told) == 1


def test_what_a_member_that_is_out_sends_after_all_goes_no_further(
    leader: Actor, member: Actor, outsider: Actor, do_jobs: DoJobs
) -> None:
    """Whatever a program writes in its own name: the leader puts it before nobody."""
    third = handler(Organisation.objects.get(pk=outsider.organisation_id))
    with transaction.atomic():
        befriend(third, leader)
    led = together(leader, member, third, do=do_jobs)
    own = own_of(member)
    with acting_for([leader.organisation_id], leader):
        invite = JointInvite.objects.get(member_id=member.organisation_id)
        joint.remove(actor=leader, invite=invite, reason="Niet geraakt.")
    with acting_for([member.organisation_id], member):
        side = selectors.side_of(own)
        assert side is not None
        joint_dossier.write(side, joint_dossier.Said("event", clock.now(), "Toch."), "M")
    do_jobs()
    assert "Toch." not in texts(third, own_of(third))
    assert led.pk


def test_the_policy_of_the_database_holds_it(clone: Clone, django_db_setup: None) -> None:
    """A row between two is not there for a third; without the policy this test sees it."""
    insert = (
        "INSERT INTO incidents_jointentry (organisation_id, reader_id, author_id, key, origin,"
        " kind, at, subject, state, text, source, recorded_at, recorded_by) VALUES (1, 2, 1,"
        " gen_random_uuid(), gen_random_uuid(), 'event', now(), '', '', 'x', '', now(), 'x')"
    )
    url = within(clone.server.superuser_url, clone.name)
    with psycopg.connect(url) as superuser:
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute(insert)
        assert [_seen(superuser, id) for id in (1, 2, 3)] == [1, 1, 0]
        superuser.execute("DROP POLICY tenant_read ON incidents_jointentry")
        superuser.execute("CREATE POLICY tenant_read ON incidents_jointentry USING (true)")
        assert _seen(superuser, 3) == 1
        superuser.rollback()


def _seen(superuser: psycopg.Connection, organisation_id: int) -> int:
    superuser.execute("SET LOCAL ROLE dijkring_app")
    superuser.execute("SELECT set_config('app.own', %s, true)", [f"{{{organisation_id}}}"])
    row = superuser.execute("SELECT count(*) FROM incidents_jointentry").fetchone()
    superuser.execute("RESET ROLE")
    assert row is not None
    return int(row[0])
