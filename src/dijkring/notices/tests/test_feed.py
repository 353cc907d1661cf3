# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The calendar of a person: read back by a parser, with what they may see and nothing after."""

from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from icalendar.cal import Component

from dijkring.actions import services as actions
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.notices.models import Feed
from dijkring.notices.services import feeds
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting, ClientOf

TITLE = "Noodstroom; testen, met \\ en\nregel " + "lang " * 30


def planned(actor: Actor, title: str = TITLE, days: int = 9) -> date:
    day = clock.today() + timedelta(days=days)
    actions.open_action(actor=actor, title=title[:200], owner_id=actor.user_id, due_on=day)
    return day


def address_of(acting: Acting, user: User) -> str:
    with acting(user) as actor:
        return reverse("calendar_feed", args=[feeds.renew(actor=actor)])


def events(client: Client, address: str) -> list[Component]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def mine(found: list[Component]) -> list[Component]:
    return [one for one in found if str(one["SUMMARY"]).startswith(TITLE[:20])]


def test_a_parser_reads_what_was_planned(client: Client, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        day = planned(actor)
    [event] = mine(events(client, address_of(acting, alice)))
    assert event.decoded("DTSTART") == day
    assert event.decoded("DTEND") == day + timedelta(days=1)
    assert TITLE[:200] in str(event["SUMMARY"])
    assert str(event["URL"]).startswith("http")
    assert "Alice Bakker" in str(event["DESCRIPTION"])
    assert event["UID"]


def test_lines_are_short_and_end_as_the_standard_says(
    client: Client, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        planned(actor)
    body = client.get(address_of(acting, alice)).content
    lines = body.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_uids_are_unique_and_stay_while_titles_and_dates_change(
    client: Client, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        planned(actor)
        planned(actor)
    address = address_of(acting, alice)
    before = [str(event["UID"]) for event in events(client, address)]
    assert len(set(before)) == len(before)
    with acting(alice) as actor:
        from dijkring.actions.models import Action

        for action in Action.objects.filter(title=TITLE[:200]):
            actions.change(actor=actor, action=action, title="Anders", due_on=date(2027, 1, 4))
    assert {str(event["UID"]) for event in events(client, address)} == set(before)


def test_what_has_not_changed_is_not_sent_again(
    client: Client, acting: Acting, alice: User
) -> None:
    address = address_of(acting, alice)
    first = client.get(address)
    etag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    with acting(alice) as actor:
        planned(actor)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_new_address_ends_the_old_and_withdrawing_ends_all(
    client: Client, client_of: ClientOf, acting: Acting, alice: User
) -> None:
    old, new = address_of(acting, alice), address_of(acting, alice)
    assert [client.get(old).status_code, client.get(new).status_code] == [404, 200]
    assert client.get(reverse("calendar_feed", args=["geraden"])).status_code == 404
    assert client.post(new).status_code == 405
    kept = Feed.objects.get(user=alice)
    assert kept.token_hash not in new
    client_of(alice).post(reverse("notices:withdraw_feed", args=["dijkerveen"]))
    assert client.get(new).status_code == 404


def test_the_page_shows_the_address_once(client_of: ClientOf, alice: User) -> None:
    address = reverse("notices:feed", args=["dijkerveen"])
    client = client_of(alice)
    assert ".ics" in client.post(address).content.decode()
    assert ".ics" not in client.get(address).content.decode()


def test_only_the_organisations_of_the_person_and_only_while_they_work_there(
    client: Client, acting: Acting, alice: User, charlie: User
) -> None:
    for user in (alice, charlie):
        with acting(user) as actor:
            planned(actor, f"{TITLE[:20]} van {user.name}")
            other = actor.organisation_id
    address = address_of(acting, alice)
    assert len(mine(events(client, address))) == 1
    with acting(charlie):
        add_member(organisation_id=other, user=alice, role="reader")
    assert len(mine(events(client, address))) == 2
    with acting(charlie):
        Membership.objects.filter(user=alice, organisation_id=other).update(until=clock.now())
    assert len(mine(events(client, address))) == 1
    with acting(alice, "dijkerveen"):
        Membership.objects.filter(user=alice).update(until=clock.now())
    assert client.get(address).status_code == 404


def test_an_account_that_is_closed_has_no_calendar(
    client: Client, acting: Acting, alice: User
) -> None:
    address = address_of(acting, alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_what_the_role_may_not_open_is_left_out(
    client: Client, acting: Acting, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dijkring.core.web import pages

    with acting(alice) as actor:
        planned(actor)
    address = address_of(acting, alice)
    assert mine(events(client, address))
    monkeypatch.setitem(pages.rights, "dijkring.actions.views.register.action", "actions.nobody")
    assert not mine(events(client, address))
