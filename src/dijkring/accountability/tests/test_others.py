# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others share, page by page; and comparison that says nothing about anybody."""

from collections.abc import Iterable

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from dijkring.accountability.selectors.comparison import Compared, comparison
from dijkring.accountability.selectors.national import national
from dijkring.accountability.tests.makers import leaf
from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor, system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Summary
from dijkring.evidence.tests.makers import judge
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member
from dijkring.sharing.models import Agreement, Look
from dijkring.sharing.services import agreements
from dijkring.sharing.tests.objects import in_force
from dijkring.tests.harness.database import Clone, within
from dijkring.tests.harness.people import ClientOf, actor_of
from dijkring.tests.objects import make_actions, make_facts, make_judgements

REF = "5.01.01"


def judged(organisations: Iterable[Organisation], verdict: str) -> None:
    for organisation in organisations:
        with transaction_for([organisation.pk]):
            for layer in leaf(REF).layers:
                judge(system_actor(organisation.pk), leaf(REF), layer, verdict)


@pytest.fixture
def alike(db: None) -> list[Organisation]:
    """Real municipalities of one class of residents."""
    rows = Organisation.objects.filter(kind="municipality", population__range=(20_000, 49_999))
    return list(rows.order_by("pk")[:12])


def seen_by(organisation: Organisation) -> Compared | None:
    with transaction_for([organisation.pk]):
        found = [one for one in comparison(organisation.pk) if one.framework.key == "bio2"]
    return found[0] if found else None


def board(organisation_id: int, user: User) -> Actor:
    return person_actor(organisation_id, user.pk, "Secretaris", Role.SECRETARY)


def counted(organisation: Organisation, **counts: int) -> None:
    """Give an organisation counts on BIO2 as if all of it had been judged."""
    framework = leaf(REF).framework
    values = {"counts": counts, "computed_at": clock.now()}
    with transaction_for([organisation.pk]):
        Summary.objects.update_or_create(
            organisation=organisation, framework=framework, defaults=values
        )


def figures(organisation: Organisation) -> tuple[int | None, ...]:
    found = seen_by(organisation)
    return (found.size, found.low, found.middle, found.high) if found else ()


# --- comparison -----------------------------------------------------------------------------------


NOTHING = (None, None, None, None)


def test_four_others_give_nothing_and_five_do(alike: list[Organisation]) -> None:
    judged(alike[:5], "met")
    found = seen_by(alike[0])
    assert found is not None
    assert found.share == (1, 156)
    assert figures(alike[0]) == NOTHING
    judged(alike[5:6], "met")
    assert figures(alike[0]) == (5, 0, 0, 0)


def test_median_and_quartiles_in_steps_of_five_percent(alike: list[Organisation]) -> None:
    for place, one in enumerate(alike[:9]):
        counted(one, met=10 + 11 * place, not_met=90 - 11 * place, not_applicable=50)
    # 32, 54 and 76 of a hundred that apply.
    assert figures(alike[0]) == (5, 30, 55, 75)


def test_everybody_of_the_class_gets_the_same_answer(alike: list[Organisation]) -> None:
    """Two askers who put their answers together learn nothing of each other's others."""
    for place, one in enumerate(alike[:8]):
        counted(one, met=10 * place, not_met=80 - 10 * place)
    assert len({figures(one) for one in alike[:8]}) == 1


def test_one_change_behind_the_figures_does_not_show(alike: list[Organisation]) -> None:
    """With seven the median is the figure of one: asking before and after must not tell it."""
    for place, one in enumerate(alike[:7]):
        counted(one, met=57 + place, not_met=43 - place)
    before = figures(alike[0])
    counted(alike[3], met=62, not_met=38)
    assert figures(alike[0]) == before == (5, 60, 60, 60)


def test_one_who_joins_does_not_show_in_the_size(alike: list[Organisation]) -> None:
    for one in alike[:6]:
        counted(one, met=60, not_met=40)
    before = figures(alike[0])
    counted(alike[6], met=60, not_met=40)
    assert figures(alike[0]) == before


def test_who_shares_with_us_does_not_count_as_unknown(
    alike: list[Organisation], alice: User
) -> None:
    """Whoever knows some of the group by agreement could subtract them from the rest."""
    for one in alike[:6]:
        counted(one, met=60, not_met=40)
    us = board(alike[0].pk, alice)
    with transaction.atomic():
        in_force(board(alike[1].pk, alice), us)
    assert figures(alike[0]) == NOTHING
    assert figures(alike[2]) == (5, 60, 60, 60)


def test_only_those_of_the_same_size_count(alike: list[Organisation]) -> None:
    other = Organisation.objects.filter(kind="municipality", population__lt=20_000)[:6]
    for one in [*alike[:4], *other]:
        counted(one, met=60, not_met=40)
    assert figures(alike[0]) == NOTHING


def test_joint_bodies_are_not_compared(alike: list[Organisation]) -> None:
    judged(alike[:7], "met")
    body = Organisation.objects.get(slug="sluisland")
    assert seen_by(body) is None


def test_national_picture_cannot_be_finished_by_subtracting(alike: list[Organisation]) -> None:
    """What is held back is never one verdict, and never only of a few."""
    judged(alike[:9], "met")
    judged(alike[9:10], "not_met")
    judged(alike[10:11], "partly")
    found = national("bio2")
    held_back = {"met", "partly", "not_met", "not_assessed"} - set(found.counts)
    assert held_back >= {"not_met", "partly"}
    assert len(held_back) > 2  # two of one each would still be about two organisations
    assert all(count % 5 == 0 for count in found.counts.values())


# --- what is shared, page by page -----------------------------------------------------------------


@pytest.fixture
def given(alice: User, fatima: User, charlie: User) -> Actor:
    """Waterhoek gets everything of Dijkerveen; both have rows of their own."""
    for user in (alice, charlie):
        actor = actor_of(user)
        with transaction_for([actor.organisation_id], actor):
            for make in (make_facts, make_judgements, make_actions):
                make(actor, 1)
    giver, receiver = actor_of(fatima), board(actor_of(charlie).organisation_id, charlie)
    with transaction.atomic():
        records = ["norms", "exposure", "judgements", "actions"]
        in_force(giver, receiver, records=records, detail="fact")
    return receiver


PAGES = ("", "feiten/", "oordelen/", "acties/", "blootstelling/")


def test_pages_of_the_receiver_show_the_giver_and_log_it(
    client_of: ClientOf, charlie: User, fatima: User, given: Actor
) -> None:
    client = client_of(charlie)
    for page in PAGES:
        assert client.get(f"/o/waterhoek/gedeeld/dijkerveen/{page}").status_code == 200
    assert "Dijkerveen" in client.get("/o/waterhoek/gedeeld/").content.decode()
    log = client_of(fatima).get("/o/dijkerveen/delen/inzage/").content.decode()
    assert log.count(str(charlie)) >= len(PAGES)


def test_ordinary_pages_show_only_our_own(client_of: ClientOf, charlie: User, given: Actor) -> None:
    """`make_facts` gives both a subject of the same name: only ours may be on our pages."""
    client = client_of(charlie)
    before = [_rows(client, page) for page in ("standen/", "feiten/", "acties/")]
    with transaction_for([given.organisation_id], given):
        shared = Agreement.objects.get()
        agreements.end(actor=given, agreement=shared, reason="Klaar.")
    assert [_rows(client, page) for page in ("standen/", "feiten/", "acties/")] == before
    for page in PAGES:
        assert client.get(f"/o/waterhoek/gedeeld/dijkerveen/{page}").status_code == 404


def _rows(client: Client, page: str) -> int:
    return client.get(f"/o/waterhoek/{page}?export=csv").content.count(b"\n")


def test_reader_of_another_organisation_finds_nothing(
    client_of: ClientOf, dora: User, given: Actor
) -> None:
    client = client_of(dora)
    for page in PAGES:
        assert client.get(f"/o/sluisland/gedeeld/dijkerveen/{page}").status_code == 404
    assert "Dijkerveen" not in client.get("/o/sluisland/gedeeld/").content.decode()


def test_look_that_cannot_be_logged_does_not_happen(
    client_of: ClientOf, charlie: User, given: Actor, clone: Clone
) -> None:
    """Without the right to write the log, even the counts are not shown."""
    client = client_of(charlie)
    client.raise_request_exception = False
    with psycopg.connect(within(clone.server.superuser_url, clone.name), autocommit=True) as owner:
        # This session's transaction has not touched the table yet, so it is free to change.
        owner.execute("REVOKE INSERT ON sharing_look FROM dijkring_app")
        try:
            answers = [client.get(f"/o/waterhoek/gedeeld/dijkerveen/{page}") for page in PAGES]
        finally:
            owner.execute("GRANT INSERT ON sharing_look TO dijkring_app")
    assert {answer.status_code for answer in answers} == {500}
    assert not any("Terugzettest" in answer.content.decode() for answer in answers)
    with transaction_for([given.organisation_id]):
        assert Look.objects.count() == 0


def test_overview_says_how_many_do_not_share(
    client_of: ClientOf, alice: User, alike: list[Organisation]
) -> None:
    user = User.objects.create_user("vera@sluisland.example", name="Vera")
    body = Organisation.objects.get(slug="sluisland")
    with transaction_for([body.pk]):
        add_member(organisation_id=body.pk, user=user, role=Role.READER)
    judged(alike[:2], "met")
    with transaction.atomic():
        for one in alike[:2]:
            in_force(board(one.pk, alice), board(body.pk, user))
    page = client_of(user).get("/o/sluisland/gedeeld/").content.decode()
    municipalities = Organisation.objects.filter(kind="municipality").count()
    assert str(municipalities - 2) in page
    for one in alike[:2]:
        assert one.name in page
    with transaction_for([alike[0].pk]):
        assert Look.objects.get().name == str(user)
