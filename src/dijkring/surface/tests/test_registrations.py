# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registration under the Cbw: its legal terms, what differs, and what is due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.organisations.models import User
from dijkring.surface import names
from dijkring.surface.models import Part
from dijkring.surface.registered import (
    Current,
    Difference,
    Spell,
    Submitted,
    compare,
    compare_all,
)
from dijkring.surface.selectors import registrations as selectors
from dijkring.surface.services import domains, registrations, systems
from dijkring.surface.services.systems import Wanted
from dijkring.surface.terms import change_due
from dijkring.tests.harness.people import Acting, ClientOf

# Two weeks after the change, on to the next working day (Algemene termijnenwet art. 1 and 3).
TERMS = [
    ("2026-11-04", "2026-11-18", "a Wednesday"),
    ("2026-11-06", "2026-11-20", "a Friday"),
    ("2026-11-07", "2026-11-23", "Saturday, on to Monday"),
    ("2026-11-08", "2026-11-23", "Sunday, on to Monday"),
    ("2026-12-11", "2026-12-28", "Christmas on a Friday, on over the weekend"),
    ("2026-12-18", "2027-01-04", "New Year's Day on a Friday, on over the weekend"),
    ("2027-03-12", "2027-03-30", "Good Friday, on over Easter Monday"),
    ("2027-04-13", "2027-04-28", "King's Day"),
    ("2025-04-12", "2025-04-28", "King's Day on a Sunday is kept on Saturday the 26th"),
    ("2027-04-21", "2027-05-07", "5 May, then Ascension Day"),
    ("2027-05-03", "2027-05-18", "Whit Monday"),
    ("2028-02-15", "2028-02-29", "a leap day"),
]


def test_the_term_of_two_weeks_ends_on_a_working_day() -> None:
    for changed_on, last, why in TERMS:
        assert change_due(date.fromisoformat(changed_on)).isoformat() == last, why


def day(number: int) -> date:
    return date(2026, 11, number)


SUBMITTED = Submitted(
    on=day(2),
    domains=["dijkerveen.nl", "oud.nl", "nooit.nl"],
    ranges=[ip_network("203.0.113.0/24"), ip_network("2001:db8::/48"), ip_network("192.0.2.0/30")],
    details={"email": "info@dijkerveen.nl", "phone": "0111-1", "entity": "Gemeente  dijkerveen"},
)
NOW = Current(
    domains={
        "www.dijkerveen.nl": Spell(day(9)),  # below a listed name
        "nieuw.nl": Spell(day(5)),
        "www.nieuw.nl": Spell(day(6)),  # goes along with the name above it
        "vergeten.nl": Spell(date(2020, 1, 1)),  # left out at the submission
        "www.oud.nl": Spell(date(2020, 1, 1), day(6)),
    },
    ranges={
        ip_network("203.0.113.64/26"): Spell(day(8)),  # inside a listed one
        ip_network("198.51.100.7/32"): Spell(day(10)),
        ip_network("192.0.2.1/32"): Spell(date(2020, 1, 1), date(2026, 10, 1)),  # before it
    },
    details={
        "email": ("ciso@dijkerveen.nl", day(4)),
        "phone": ("0111-1", day(4)),
        "entity": ("Gemeente Dijkerveen", day(4)),  # written in another way
    },
)
EXPECTED = [
    Difference("domain", "add", "", "vergeten.nl", day(2)),
    Difference("range", "remove", "192.0.2.0/30", "", day(2)),
    Difference("email", "change", "info@dijkerveen.nl", "ciso@dijkerveen.nl", day(4)),
    Difference("domain", "add", "", "nieuw.nl", day(5)),
    Difference("domain", "remove", "oud.nl", "", day(6)),
    Difference("range", "add", "", "198.51.100.7/32", day(10)),
    Difference("domain", "look", "nooit.nl", "", None),
    Difference("range", "look", "2001:db8::/48", "", None),
]


def test_what_differs_and_since_when() -> None:
    found = compare(SUBMITTED, NOW, names.above)
    assert found == EXPECTED
    assert [one.due for one in found[:1]] == [day(16)]
    assert found[-1].due is None


def test_to_submit_something_else_does_not_put_a_change_off() -> None:
    given = [
        replace(SUBMITTED, on=day(20)),
        replace(SUBMITTED, on=day(12)),
        replace(SUBMITTED, on=day(7), domains=[*SUBMITTED.domains, "vergeten.nl"]),
        SUBMITTED,
    ]
    found = {one.key: one.since for one in compare_all(given, NOW, names.above)}
    assert found["domain", "add", "nieuw.nl"] == day(5)
    assert found["email", "change", "ciso@dijkerveen.nl"] == day(4)
    # It stood in the registration of the 7th; that of the 12th left it out.
    assert found["domain", "add", "vergeten.nl"] == day(12)
    assert compare_all([], NOW, names.above) == []


def test_a_municipality_without_a_registration_must_record_one(
    ciso: Actor, acting: Acting, dora: User
) -> None:
    def days(actor: Actor) -> list[date]:
        items = due.items(actor.organisation_id, clock.now(), actor.can)
        return [one.day for one in items if one.kind == "surface.registration"]

    assert days(ciso) == [date(2026, 9, 15)]
    record(ciso)
    assert days(ciso) == []
    with acting(dora) as region:
        assert days(region) == []


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def record(actor: Actor, **values: object) -> None:
    asked = {
        "details": {"entity": "Gemeente Dijkerveen", "email": "info@dijkerveen.nl"},
        "domains": ["dijkerveen.nl"],
        "ranges": ["203.0.113.0/24"],
        "submitted_on": clock.today(),
    } | values
    registrations.record(actor=actor, **asked)  # type: ignore[arg-type]


def test_a_change_in_the_register_starts_the_term_and_a_submission_ends_it(
    ciso: Actor, time_machine: TimeMachineFixture
) -> None:
    now = clock.now()
    until = now + timedelta(days=60)
    time_machine.move_to(now - timedelta(days=3), tick=False)
    wanted = Wanted("Website", names=["www.dijkerveen.nl"], addresses=["203.0.113.5"])
    site = systems.add(actor=ciso, wanted=wanted)
    assert selectors.differences(ciso.organisation_id) == []  # nothing was submitted
    record(ciso)
    assert selectors.differences(ciso.organisation_id) == []

    time_machine.move_to(now)
    domains.register_domain(actor=ciso, name="zaken.sluisland.nl")
    rented = Wanted("Wolk", part=Part.CUSTOMER, names=["d.wolk.nl"], addresses=["192.0.2.9"])
    systems.add(actor=ciso, wanted=rented)  # the supplier's, so not ours to register
    systems.change(actor=ciso, system=site, wanted=Wanted("Website", names=["www.dijkerveen.nl"]))
    [add, remove] = selectors.differences(ciso.organisation_id)
    assert (add.act, add.after, add.since) == ("add", "zaken.sluisland.nl", clock.today())
    assert (remove.act, remove.before, remove.since) == ("remove", "203.0.113.0/24", add.since)
    items = due.items(ciso.organisation_id, until, ciso.can)
    assert [one.day for one in items if one.kind == "surface.registration"] == [add.due]

    assert selectors.proposed(ciso.organisation_id)[0] == ["www.dijkerveen.nl", add.after]
    record(ciso, domains=["dijkerveen.nl", "zaken.sluisland.nl"], ranges=[])
    assert selectors.differences(ciso.organisation_id) == []
    changed = {"entity": "Gemeente Dijkerveen", "email": "ciso@dijkerveen.nl"}
    registrations.keep_details(actor=ciso, details=changed, changed_on=clock.today())
    [mail] = selectors.differences(ciso.organisation_id)
    assert (mail.what, mail.before, mail.after) == ("email", "info@dijkerveen.nl", changed["email"])


def test_what_is_refused(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        for values, field in (
            ({"submitted_on": clock.today() + timedelta(days=1)}, "submitted_on"),
            ({"domains": ["dijkerveen.nl", "geen naam"]}, "domains"),
            ({"ranges": ["203.0.113.0/24", "10.0.0.0/8"]}, "ranges"),
        ):
            with pytest.raises(Refused) as refused:
                record(actor, **values)
            assert refused.value.field == field
        assert "2" in refused.value.message
        assert not selectors.registrations(actor.organisation_id).exists()
    with acting(bob) as reader, pytest.raises(Forbidden):
        record(reader)


def test_the_list_is_taken_along_as_a_sheet(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        domains.register_domain(actor=actor, name="sluisland.nl")
        record(actor)
    client: Client = client_of(alice)
    made = client.get("/o/dijkerveen/internetmeting/registratie/?export=csv")
    text = made.content.decode("utf-8-sig")
    assert "sluisland.nl" in text
    assert "toevoegen" in text
