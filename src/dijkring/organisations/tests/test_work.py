# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work, rights and the audit trail, as people see them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkring.core import access, clock
from dijkring.core.models import Job
from dijkring.organisations import services
from dijkring.organisations.models import Membership, User
from dijkring.organisations.selectors import trail
from dijkring.tests.harness.people import Acting, ClientOf

HOME = "/o/dijkerveen/"


@pytest.fixture
def job(acting: Acting, alice: User) -> Job:
    with acting(alice) as actor:
        return Job.objects.create(
            organisation_id=actor.organisation_id,
            kind="proof",
            title="Meten van 8 domeinen",
            state=Job.State.RUNNING,
            done=3,
            total=8,
            started_by=alice,
            created_at=clock.now(),
        )


def test_running_work_asks_again_until_it_has_ended(
    client_of: ClientOf, acting: Acting, alice: User, bob: User, job: Job
) -> None:
    address = f"{HOME}werk/{job.pk}/"
    part = client_of(bob).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" in part
    assert "3 van 8" in part
    assert "<html" not in part
    assert "http-equiv" in client_of(bob).get(address).content.decode()
    with acting(alice):
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, result_url="/o/dijkerveen/raad/")
    done = client_of(bob).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in done
    assert "/o/dijkerveen/raad/" in done


def test_the_list_of_work_shows_states_as_states(client_of: ClientOf, bob: User, job: Job) -> None:
    page = client_of(bob).get(f"{HOME}werk/").content.decode()
    assert "state--busy" in page
    assert "Alice Bakker" in page


def test_the_matrix_shows_every_right_to_everybody(client_of: ClientOf, bob: User) -> None:
    page = client_of(bob).get(f"{HOME}rechten/").content.decode()
    assert page.count('<th scope="row"') == len(access.rights())
    yes = sum(len(right.roles) for right in access.rights())
    assert page.count(">ja<") == yes


def changed(acting: Acting, alice: User, bob: User) -> Membership:
    with acting(alice) as actor:
        old = Membership.objects.get(user=bob, until=None)
        services.change_role(actor=actor, membership=old, role="auditor")
        return old


def test_the_trail_tells_who_did_what_to_whom(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    old = changed(acting, alice, bob)
    with acting(alice) as actor:
        rows = list(trail.entries(actor.organisation_id, table="organisations-membership")[:2])
        assert {row["trail_verb"] for row in rows} == {"insert", "update"}
        assert {row["trail_who"] for row in rows} == {"Alice Bakker"}
        names = trail.names_of(rows)
    assert {name.split(" (")[0] for name in names.values()} == {"Bob de Wit"}
    page = client_of(alice).get(f"{HOME}geschiedenis/organisations-membership/{old.pk}/")
    assert "van — naar" in page.content.decode()


def test_the_trail_can_be_searched_by_person_thing_and_day(
    acting: Acting, alice: User, bob: User
) -> None:
    changed(acting, alice, bob)
    with acting(alice) as actor:
        mine = actor.organisation_id
        everything = trail.entries(mine).count()
        assert 0 < trail.entries(mine, who="alice").count() < everything
        assert trail.entries(mine, who="niemand").count() == 0
        assert trail.entries(mine, table="actions-action").count() == 0
        tomorrow = clock.today() + timedelta(days=2)
        assert trail.entries(mine, since=tomorrow).count() == 0
        assert trail.entries(mine, until=tomorrow).count() == everything


def test_the_trail_is_not_for_readers_or_neighbours(
    client_of: ClientOf, acting: Acting, alice: User, bob: User, charlie: User
) -> None:
    assert client_of(bob).get(f"{HOME}geschiedenis/").status_code == 403
    old = changed(acting, alice, bob)
    page = f"/o/waterhoek/geschiedenis/organisations-membership/{old.pk}/"
    assert client_of(charlie).get(page).status_code == 404
    assert "Bob" not in client_of(charlie).get("/o/waterhoek/geschiedenis/").content.decode()


def test_no_secret_is_in_the_trail(client_of: ClientOf, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made, _token = services.invite(actor=actor, email="nina@example.org", role="reader")
    page = client_of(alice).get(f"{HOME}geschiedenis/organisations-invitation/{made.pk}/")
    assert "nina@example.org" in page.content.decode()
    assert made.token_hash not in page.content.decode()


def test_queries_of_the_trail_do_not_grow_with_its_rows(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    changed(acting, alice, bob)
    client = client_of(alice)
    client.get(f"{HOME}geschiedenis/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{HOME}geschiedenis/")
    for role in ("reader", "auditor", "board", "reader"):
        with acting(alice) as actor:
            old = Membership.objects.get(user=bob, until=None)
            services.change_role(actor=actor, membership=old, role=role)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{HOME}geschiedenis/")
    assert len(many) == len(few)
