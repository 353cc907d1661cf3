# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports in a joint incident: drafts, mandates, worked cases with four members, counts."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.incidents.models import (
    Incident,
    JointEntry,
    JointMandate,
    JointPlace,
    Report,
    Submission,
)
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.services import (
    clocks,
    joint,
    joint_places,
    joint_reports,
    reports,
)
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.tests.joint_objects import (
    amended,
    answered,
    befriend,
    began,
    due,
    handler,
    incident_of,
    invited,
    key_of,
    mandated,
    members_of,
    own_of,
    together,
    told_to,
)
from dijkring.notices.models import Notice
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Handover, Record
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import in_force, secretary
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


# --- reports --------------------------------------------------------------------------------------


def test_the_draft_of_the_leader_fills_the_report_of_the_member(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    led = together(leader, member, do=do_jobs)
    with acting_for([leader.organisation_id], leader):
        report = reports.start(actor=leader, incident=led, form=WARNING)
        said = {"what": "Het platform is versleuteld.", "measures": "Alles afgesloten."}
        report = reports.write(actor=leader, report=report, texts=said, version=report.version)
        assert joint_reports.offer(actor=leader, report=report) == 1
    do_jobs()
    own = own_of(member)
    with acting_for([member.organisation_id], member):
        [theirs] = Report.objects.all()
        assert theirs.texts["what"] == {
            "text": "Het platform is versleuteld.",
            "source": reports.BY_HAND,
            "by": "Dijkerveen",
        }
        assert theirs.text("reference") == own.reference
        assert "Dijkerveen" not in theirs.text("contact")
        mine = reports.write(
            actor=member, report=theirs, texts={"what": "Ook bij ons."}, version=theirs.version
        )
        assert Notice.objects.filter(kind="joint.drafted").count() == 1
    with acting_for([leader.organisation_id], leader):
        joint_reports.offer(actor=leader, report=report)
    do_jobs()
    with acting_for([member.organisation_id], member):
        mine.refresh_from_db()
        assert (mine.text("what"), mine.text("measures")) == ("Ook bij ons.", "Alles afgesloten.")
        assert not Submission.objects.exists()


def test_a_report_under_a_mandate_stops_the_clock_and_can_be_called_back(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    led = together(leader, member, do=do_jobs)
    own = own_of(member)
    waterhoek = Organisation.objects.get(pk=member.organisation_id)

    def submit(obligation: str = WARNING) -> Handover:
        given = HandedIn(clock.now(), "A. Bakker", "Meldpunt NCSC", "NCSC-7")
        with acting_for([leader.organisation_id], leader):
            return joint_reports.submit_for(
                actor=leader, incident=led, member=waterhoek, obligation=obligation, given=given
            )

    with pytest.raises(Refused, match="mandaat"):
        submit()
    now = clock.now()
    wanted = joint_reports.Wanted([WARNING], "Besluit", now, now + timedelta(days=9))
    with pytest.raises(Refused), acting_for([member.organisation_id], member):
        joint_reports.give(actor=member, incident=own, wanted=wanted)
    mandate = mandated(member, WARNING)
    with pytest.raises(Refused):
        submit("cbw.notification")
    submit()
    do_jobs()
    with acting_for([member.organisation_id], member):
        made = Submission.objects.get()
        assert made.by == "Dijkerveen met mandaat"
        assert "Mandaatregister 2026, nr. 12" in made.receipt
        assert Notice.objects.filter(kind="joint.mandated").count() == 1
    assert due(member, own)[WARNING].standing == "met"
    assert [row.obligation for row in members_of(leader)[0].told] == [WARNING]
    with acting_for([member.organisation_id], member):
        clocks.call_back(actor=member, submission=made, reason="Verkeerde bijlage.")
    assert due(member, own)[WARNING].runs
    assert members_of(leader)[0].told == []
    signer = secretary(member.organisation_id, member.user_id)
    with acting_for([member.organisation_id], signer):
        found = JointMandate.objects.get(pk=mandate)
        joint_reports.withdraw(actor=signer, mandate=found, reason="Wij doen het zelf.")
    with pytest.raises(Refused):
        submit()


def test_the_member_looks_up_the_mandate_in_its_own_rows(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    """Whatever the leader sends: without a mandate nothing is recorded at the member."""
    led = together(leader, member, do=do_jobs)
    payload = {
        "key": str(key_of(leader, led)),
        "obligation": WARNING,
        "at": clock.now().isoformat(),
        "by": "X",
        "how": "post",
    }
    with acting_for([leader.organisation_id], leader):
        made = handovers.send(
            actor=leader,
            receiver_id=member.organisation_id,
            kind=joint_reports.SUBMISSION,
            payload=payload,
        )
    do_jobs()
    with acting_for([member.organisation_id], member):
        made.refresh_from_db()
        assert "mandaat" in made.refusal
        assert not Submission.objects.exists()


def test_a_member_shows_as_much_as_it_wants(leader: Actor, member: Actor, do_jobs: DoJobs) -> None:
    together(leader, member, do=do_jobs)
    own = own_of(member)
    given = HandedIn(clock.now(), "C. Mulder", "Meldpunt NCSC")
    with acting_for([member.organisation_id], member):
        for id in (WARNING, "avg.authority"):
            clocks.hand_in(actor=member, incident=own, obligation=id, wanted=given)
    shown = {}
    for shows in JointPlace.Shows.values:
        with acting_for([member.organisation_id], member):
            joint_places.show(actor=member, incident=own, shows=shows)
        shown[shows] = [(row.obligation, row.at) for row in members_of(leader)[0].told]
    assert shown == {
        "nothing": [],
        "reported": [(WARNING, None)],
        "moments": [(WARNING, given.at)],
    }


# --- the worked cases -----------------------------------------------------------------------------


def test_worked_cases_of_four_members(leader: Actor, member: Actor, do_jobs: DoJobs) -> None:
    """One joint body, four members: by default, with an own anchor, with a mandate, declined."""
    slugs = ("sluisland", "meldpunt")
    others = [handler(one) for one in Organisation.objects.filter(slug__in=slugs).order_by("pk")]
    town = Organisation.objects.filter(kind="municipality").exclude(
        pk__in=[leader.organisation_id, member.organisation_id]
    )
    people = [member, *others, handler(town.order_by("pk")[0])]
    roles = dict(zip(("default", "own_anchor", "mandate", "declined"), people, strict=True))
    with clock.moved_to(AT("2026-10-24T16:00+02:00")):
        with transaction.atomic():
            for one in people:
                befriend(one, leader)
        with acting_for([leader.organisation_id], leader):
            led = began(leader, at=AWARE)
        invited(leader, led, *people)
        for name, one in roles.items():
            answered(one, accepted=name != "declined")
        mandated(roles["mandate"], WARNING)
        do_jobs()
    with clock.moved_to(AT("2026-10-27T11:00+01:00")):
        _live_through(roles, leader, led)
        do_jobs()
        found = {name: due(one, own_of(one)) for name, one in roles.items()}
    with (HERE / "joint_cases.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    wrong = [
        row
        for row in rows
        if (found[row["member"]][row["obligation"]].due != AT(row["due"]))
        or found[row["member"]][row["obligation"]].was != (AT(row["was"]) if row["was"] else None)
    ]
    assert wrong == []
    assert len(rows) == 12
    assert {name: str(one[WARNING].standing) for name, one in found.items()} == {
        "default": "overdue",
        "own_anchor": "overdue",
        "mandate": "met",
        "declined": "overdue",
    }


def _live_through(roles: dict[str, Actor], leader: Actor, led: Incident) -> None:
    late, own = roles["own_anchor"], own_of(roles["default"])
    notified = HandedIn(AT("2026-10-27T10:00+01:00"), "C. Mulder", "Meldpunt NCSC")
    with acting_for([own.organisation_id], roles["default"]):
        clocks.hand_in(
            actor=roles["default"], incident=own, obligation="cbw.notification", wanted=notified
        )
    reason = "De leverancier belde ons pas om 18.00 uur, op een oud nummer."
    amended(late, own_of(late), AT("2026-10-24T18:00+02:00"), reason)
    warned = HandedIn(AT("2026-10-25T11:00+01:00"), "A. Bakker", "Meldpunt NCSC")
    whom = Organisation.objects.get(pk=roles["mandate"].organisation_id)
    with acting_for([leader.organisation_id], leader):
        joint_reports.submit_for(
            actor=leader, incident=led, member=whom, obligation=WARNING, given=warned
        )


def test_an_amendment_of_the_leader_moves_only_who_followed_it(
    leader: Actor, member: Actor, outsider: Actor, do_jobs: DoJobs
) -> None:
    third = handler(Organisation.objects.get(pk=outsider.organisation_id))
    with transaction.atomic():
        befriend(third, leader)
    led = together(leader, member, third, do=do_jobs)
    assert led.detected_at is not None
    earlier, later = (led.detected_at + timedelta(hours=by) for by in (-3, 1))
    amended(third, own_of(third), later, "Zie ons logboek.")
    with acting_for([leader.organisation_id], leader):
        with pytest.raises(Refused):
            joint.pass_on_awareness(actor=leader, incident=led)
        amended(leader, led, earlier, "De bewaking zag het eerder.")
        assert joint.pass_on_awareness(actor=leader, incident=led) == 2
    do_jobs()
    assert due(member, own_of(member))[WARNING].deadline.anchor_at == earlier
    assert due(third, own_of(third))[WARNING].deadline.anchor_at == later
    assert told_to(third, "joint.kept") == 1


# --- exercises, and counts for others -------------------------------------------------------------


def test_an_exercise_stays_an_exercise_with_every_member(
    leader: Actor, member: Actor, do_jobs: DoJobs
) -> None:
    led = incident_of(leader, exercise=True)
    invited(leader, led, member)
    answered(member)
    do_jobs()
    own = own_of(member)
    assert own.exercise
    assert own.reference.startswith("OEF-")
    with acting_for([leader.organisation_id], leader):
        kinds = set(Notice.objects.filter(kind__startswith="joint.").values_list("kind", flat=True))
        said = Notice.objects.get(kind="joint.accepted")
        assert kinds == {"joint.accepted"}
        assert "OEFENING" in said.values["incident"]
        assert said.digested_at is None


def test_counts_go_only_by_an_agreement_and_never_name(
    leader: Actor, member: Actor, outsider: Actor, ina: User, do_jobs: DoJobs
) -> None:
    csirt = actor_of(ina)
    others = [handler(one) for one in Organisation.objects.filter(slug="sluisland")]
    town = Organisation.objects.filter(kind="municipality").exclude(
        pk__in=[leader.organisation_id, member.organisation_id]
    )
    others.append(handler(town.order_by("pk")[0]))
    with transaction.atomic():
        for one in others:
            befriend(one, leader)

    def counts() -> list[tuple[object, ...]]:
        with acting_for([csirt.organisation_id], csirt):
            return [tuple(row[2:]) for row in selectors.counts()]

    sides = [secretary(one.organisation_id, one.user_id) for one in (leader, csirt)]
    with transaction.atomic():
        in_force(*sides)
    led = together(leader, member, others[0], do=do_jobs)
    assert counts() == []
    with transaction.atomic():
        in_force(*sides, records=[Record.INCIDENTS.value])
    assert counts() == [(True, 2, None, None, None)]
    invited(leader, led, others[1])
    given = HandedIn(clock.now(), "C. Mulder", "Meldpunt NCSC")
    with acting_for([member.organisation_id], member):
        clocks.hand_in(actor=member, incident=own_of(member), obligation=WARNING, wanted=given)
    assert counts() == [(True, 3, 3, 2, 1)]
    with acting_for([leader.organisation_id], leader):
        began(leader, exercise=True)
    assert len(counts()) == 1
