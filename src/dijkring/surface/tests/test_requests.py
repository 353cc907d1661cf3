# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One request to a supplier: what it holds, its link, the answer, and who else sees that."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.services import rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.notices.models import Ask
from dijkring.notices.services import asking
from dijkring.organisations.models import User
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.models import Domain, MendRequest, Part
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.services import requests, systems
from dijkring.surface.sheets import sheet
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting

NAME = "zaken.zuiderhost.example"
CHECKS = ("web-tls.tls_version", "web-tls.tls_ciphers")


def observe(actor: Actor, *states: str, name: str = NAME) -> None:
    rows = zip(CHECKS, states, strict=True)
    rounds.record(
        actor=actor,
        source=SOURCE,
        member=name,
        observed_at=clock.now(),
        observations=[Observation(kind_of(one), f"{name}/192.0.2.1", s, {}) for one, s in rows],
    )


def failing_with(actor: Actor, supplier: str = "Zuiderhost") -> Domain:
    domain = stated(actor, NAME, responsible=supplier)
    systems.state_part(actor=actor, domain=domain, part=Part.CUSTOMER)
    observe(actor, "fail", "fail")
    return domain


def wanted(supplier: str = "Zuiderhost", days: int = 30, message: str = "") -> requests.Wanted:
    return requests.Wanted(
        supplier=supplier,
        due_on=clock.today() + timedelta(days=days),
        name="Noor Bos",
        email="n.bos@example.org",
        answer_to="Alice, 0111-000000",
        message=message,
    )


def made(actor: Actor, message: str = "") -> MendRequest:
    found = selectors.failing(actor.organisation_id)
    return requests.make(actor=actor, wanted=wanted(message=message), findings=found)


def state_of(actor: Actor, found: MendRequest) -> str:
    return selectors.state(selectors.requests(actor.organisation_id).get(pk=found.pk))


def link_of(actor: Actor, found: MendRequest) -> str:
    ask = Ask.objects.get(object_id=found.pk, purpose="surface-request")
    return reverse("by_link", args=[asking.make_link(actor=actor, ask=ask)])


def test_what_fails_is_asked_once_and_mended_by_measuring(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        failing_with(actor)
        found = selectors.failing(actor.organisation_id)
        assert selectors.by_supplier(found) == {"Zuiderhost": 2}
        request = requests.make(actor=actor, wanted=wanted(), findings=found)
        [item] = due.items(actor.organisation_id, clock.now() + timedelta(days=40), actor.can)[-1:]
        assert (item.kind, item.day) == ("surface.request", request.due_on)
        again = selectors.failing(actor.organisation_id)
        assert {one.asked for one in again} == {request.pk}
        with pytest.raises(Refused):
            requests.make(actor=actor, wanted=wanted(), findings=again)
        text = str(sheet(request, "Gemeente Dijkerveen"))
        assert NAME in text
        assert "Alice, 0111-000000" in text

        observe(actor, "pass", "pass")
        assert state_of(actor, request) == "mended"
        assert not selectors.open_requests(actor.organisation_id)
        assert NAME not in str(sheet(request, "Gemeente Dijkerveen"))
        observe(actor, "fail", "pass")
        assert state_of(actor, request) == "mended"
        assert [one.asked for one in selectors.failing(actor.organisation_id)] == [None]


def test_what_is_refused(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        failing_with(actor)
        found = selectors.failing(actor.organisation_id)
        for what, some, field in (
            (wanted(), [], "findings"),
            (wanted(days=-1), found, "due_on"),
            (wanted("Een ander"), found, ""),
        ):
            with pytest.raises(Refused) as refused:
                requests.make(actor=actor, wanted=what, findings=some)
            assert not field or refused.value.field == field
        request = made(actor)
    with acting(bob) as reader:
        with pytest.raises(Forbidden):
            requests.withdraw(actor=reader, request=request, reason="Zomaar.")
        with pytest.raises(Forbidden):
            requests.share_answers(actor=reader)
    with acting(alice) as actor:
        assert state_of(actor, request) == "asked"


def test_the_supplier_answers_by_the_link_once(client: Client, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        failing_with(actor)
        request = made(actor, "Graag voor de jaarwisseling.")
        address = link_of(actor, request)
    shown = client.get(address).content.decode()
    assert "Graag voor de jaarwisseling." in shown
    assert NAME in shown
    late = (clock.today() - timedelta(days=1)).isoformat()
    day = clock.today() + timedelta(days=9)
    for values, status in (
        ({"choice": "mend"}, 422),  # no day
        ({"choice": "mend", "day": late}, 422),
        ({"choice": "cannot"}, 422),  # no reason
        ({"choice": "mend", "day": day.isoformat()}, 200),
        ({"choice": "cannot", "text": "Toch niet."}, 410),
    ):
        assert client.post(address, {"name": "Noor Bos", **values}).status_code == status, values
    with acting(alice) as actor:
        found = selectors.requests(actor.organisation_id).get(pk=request.pk)
        assert (selectors.state(found), selectors.due_on(found)) == ("mend", day)


def test_a_withdrawn_request_stops_its_link(client: Client, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        failing_with(actor)
        request = made(actor)
        address = link_of(actor, request)
        requests.withdraw(actor=actor, request=request, reason="Contract loopt af.")
        with pytest.raises(Refused):
            requests.withdraw(actor=actor, request=request, reason="Nog eens.")
        assert state_of(actor, request) == "withdrawn"
        assert {one.asked for one in selectors.failing(actor.organisation_id)} == {None}
    assert client.get(address).status_code == 410


def test_an_answer_is_seen_only_where_both_agreed_and_share_the_name(
    client: Client, acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        failing_with(actor)
        request = made(actor, "Niet voor anderen bestemd.")
        address = link_of(actor, request)
        requests.share_answers(actor=actor)
    client.post(address, {"name": "Noor Bos", "choice": "not_ours", "text": "Van een ander."})

    with acting(charlie) as other:
        assert selectors.shared() == []  # the name is not theirs, and nobody agreed
        requests.share_answers(actor=other)
        assert selectors.shared() == []
        domain = stated(other, NAME, responsible="Zuiderhost")
        [seen] = selectors.shared()
        assert (seen.choice, seen.answer, seen.names) == ("not_ours", "Van een ander.", [NAME])
        assert "Niet voor anderen" not in repr(seen)
        assert not MendRequest.objects.filter(pk=request.pk).exists()
        requests.stop_sharing(actor=other)
        assert selectors.shared() == []
        requests.share_answers(actor=other)
        assert len(selectors.shared()) == 1
    with acting(alice) as actor:
        assert selectors.shared() == []  # the other asked nothing
        requests.stop_sharing(actor=actor)
    with acting(charlie):
        assert selectors.shared() == []
    with acting(alice) as actor:
        requests.share_answers(actor=actor)
    with acting(charlie):
        assert len(selectors.shared()) == 1
        domain.state = Domain.State.REMOVED
        domain.save()
        assert selectors.shared() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM door_shared_answers(10)")
        assert cursor.fetchone() == (0,)  # nobody acts here
