# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a provider takes out of a service, or publishes under an agreement, ends and says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for
from dijkring.evidence import tasks
from dijkring.evidence.models import Judgement, Offer, Publication, Scope, Taker
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.selectors.explanation import explain
from dijkring.evidence.selectors.standings import of_scopes
from dijkring.evidence.services import offers, provisions, scopes
from dijkring.evidence.tests.makers import DAY, START, judge
from dijkring.evidence.tests.test_provisions import LAYERS, World, provided
from dijkring.organisations.models import User
from dijkring.sharing.models import Agreement
from dijkring.sharing.services import agreements, endings
from dijkring.sharing.tests.objects import drafted as draft
from dijkring.sharing.tests.objects import in_force, secretary
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

WHY = "De leverancier stopt ermee."


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever was spoken before."""
    with translation.override("nl"):
        yield


@pytest.fixture
def backup() -> Requirement:
    """A measure that no machine measures."""
    return Requirement.objects.get(framework__key="bio2", framework__version="1.3", ref="8.13.04")


@pytest.fixture
def other() -> Requirement:
    return Requirement.objects.get(framework__key="bio2", framework__version="1.3", ref="8.13.01")


@pytest.fixture
def world(acting: Acting, alice: User, charlie: User) -> World:
    return World(acting, alice, charlie)


@pytest.fixture
def service(world: World, backup: Requirement, other: Requirement) -> Scope:
    """Waterhoek covers two measures and says that both are met; Dijkerveen takes both."""
    made = world.offer(backup)
    with world.provider() as actor:
        offers.cover(actor=actor, service=made, requirements=[other])
        for leaf in (backup, other):
            for layer in LAYERS:
                judge(actor, leaf, layer)
    for leaf in (backup, other):
        world.take(leaf, made.pk)
    return made


def offer_of(service: Scope, leaf: Requirement) -> Offer:
    return Offer.objects.get(service=service, requirement=leaf, until=None)


def take_out(
    world: World, service: Scope, leaf: Requirement, *, days: float = 1, ends: float | None = None
) -> None:
    ends_at = None if ends is None else START + ends * DAY
    with world.provider(days) as actor:
        found = offer_of(service, leaf)
        offers.take_out(actor=actor, offer=found, reason=WHY, ends_at=ends_at)
    world.pass_on(service, days)


def words(world: World, leaf: Requirement, days: float) -> str:
    with world.taker(days) as actor:
        return str(provided(explain(actor.organisation_id, leaf.pk).root, "operation").text)


def test_taken_out_at_once_is_not_measured_and_says_why(
    world: World, service: Scope, backup: Requirement, other: Requirement
) -> None:
    assert world.layers(backup, 1)["operation"] == "met"
    take_out(world, service, backup)
    assert world.layers(backup, 1)["operation"] == "not_measured"
    assert WHY in words(world, backup, 1)
    assert world.layers(other, 1)["operation"] == "met"
    with world.taker(1) as actor:
        advice = explain(actor.organisation_id, backup.pk).changes
        assert any("niet meer voor u" in line for line in advice)
    with world.provider(1) as actor:
        assert service.until is None
        assert service.pk not in of_scopes(actor.organisation_id, backup.pk)
        assert [one.requirement for one in select.covered(actor.organisation_id, service)] == [
            other
        ]
    with world.taker(1) as actor:
        (offered,) = select.offered(actor.organisation_id)
        assert offered.requirements == [other.pk]
        then = explain(actor.organisation_id, backup.pk, START + 0.5 * DAY)
        assert provided(then.root, "operation").verdict == "met"


def test_from_a_day_on_it_holds_until_then_without_any_worker(
    world: World, service: Scope, backup: Requirement
) -> None:
    take_out(world, service, backup, ends=5)
    assert world.layers(backup, 4.9)["operation"] == "met"
    assert world.layers(backup, 5.1)["operation"] == "not_measured"
    assert WHY in words(world, backup, 5.1)
    assert words(world, backup, 4.9) == ""


def test_worker_carries_out_the_end_at_the_provider(
    world: World, service: Scope, backup: Requirement, do_jobs: DoJobs
) -> None:
    take_out(world, service, backup, ends=5)
    with clock.moved_to(START + 4 * DAY):
        tasks.offers_over(0)
    with world.provider(4):
        assert offer_of(service, backup).ends_at == START + 5 * DAY
    with clock.moved_to(START + 6 * DAY):
        tasks.offers_over(0)
        do_jobs()
    with world.provider(6) as actor:
        assert Offer.objects.get(requirement=backup).until == START + 5 * DAY
        assert service.pk not in of_scopes(actor.organisation_id, backup.pk)
    assert WHY in words(world, backup, 6)


def test_covering_again_takes_the_end_back(
    world: World, service: Scope, backup: Requirement
) -> None:
    take_out(world, service, backup, ends=5)
    with world.provider(2) as actor:
        offers.cover(actor=actor, service=service, requirements=[backup])
    world.pass_on(service, 2)
    assert world.layers(backup, 6)["operation"] == "met"
    take_out(world, service, backup, days=7)
    with world.provider(8) as actor:
        offers.cover(actor=actor, service=service, requirements=[backup])
    world.pass_on(service, 8)
    assert world.layers(backup, 8)["operation"] == "met"


def test_wrong_ends_are_refused(
    world: World, service: Scope, backup: Requirement, bob: User
) -> None:
    with world.provider(2) as actor:
        found = offer_of(service, backup)
        with pytest.raises(Refused):
            offers.take_out(actor=actor, offer=found, reason="  ")
        with pytest.raises(Refused):
            offers.take_out(actor=actor, offer=found, reason=WHY, ends_at=START + DAY)
        offers.take_out(actor=actor, offer=found, reason=WHY)
        with pytest.raises(Refused):
            offers.take_out(actor=actor, offer=found, reason=WHY)
    with world.taker(2) as actor, pytest.raises(Offer.DoesNotExist):
        offers.take_out(actor=actor, offer=found, reason=WHY)
    with world.acting(bob) as reader, pytest.raises(Forbidden):
        offers.take_out(actor=reader, offer=found, reason=WHY)


# --- one's own part -------------------------------------------------------------------------------


def test_own_part_is_refused_when_nobody_carries_it_out(
    world: World, service: Scope, backup: Requirement, client_of: ClientOf
) -> None:
    with world.taker() as actor:
        judge(actor, backup, "own_part")
        rows = select.of_requirement(actor.organisation_id, backup.pk)
    with world.taker(1) as actor:
        provisions.end(actor=actor, provisions=rows, reason="Weer zelf.")
        # What ended speaks until the layers are judged again, and so does the own part.
        judge(actor, backup, "own_part")
    with world.taker(2) as actor:
        for layer in LAYERS:
            judge(actor, backup, layer)
        with pytest.raises(Refused, match="eigen deel"):
            judge(actor, backup, "own_part")
        assert Judgement.objects.filter(layer="own_part", superseded_at=None).count() == 1
    with clock.moved_to(START + 2 * DAY):
        page = client_of(world.alice).get(f"/o/dijkerveen/standen/{backup.pk}/").content.decode()
        form = client_of(world.alice).get(f"/o/dijkerveen/standen/{backup.pk}/oordelen/")
    assert "Telt niet mee" in page
    assert "own_part" not in form.content.decode()


def test_own_part_that_was_never_asked_is_refused(world: World, backup: Requirement) -> None:
    with world.taker() as actor, pytest.raises(Refused, match="eigen deel"):
        judge(actor, backup, "own_part")


def test_own_part_counts_while_another_carries_it_out(
    world: World, service: Scope, backup: Requirement, client_of: ClientOf
) -> None:
    with world.taker() as actor:
        judge(actor, backup, "own_part")
    with clock.moved_to(START + DAY):
        page = client_of(world.alice).get(f"/o/dijkerveen/standen/{backup.pk}/").content.decode()
    assert "Telt niet mee" not in page


# --- under an agreement ---------------------------------------------------------------------------


@pytest.fixture
def givers(charlie: User, fatima: User) -> tuple[Actor, Actor]:
    """Who signs for the provider, and who for the taker."""
    provider, taker = (
        secretary(actor_of(one).organisation_id, one.pk) for one in (charlie, fatima)
    )
    return provider, taker


@contextmanager
def on(days: float) -> Iterator[None]:
    with clock.moved_to(START + days * DAY), transaction.atomic():
        yield


@pytest.fixture
def agreement(givers: tuple[Actor, Actor]) -> Agreement:
    with on(0):
        return in_force(*givers, detail="standing", ends_at=START + timedelta(days=100))


@pytest.fixture
def under(world: World, backup: Requirement, agreement: Agreement) -> Scope:
    """A service that is published under the agreement, and taken."""
    with world.provider() as actor:
        made = scopes.add(actor=actor, kind="service", name="Back-up en herstel")
        offers.cover(actor=actor, service=made, requirements=[backup])
        offers.publish_to(actor=actor, service=made, taker=world.dijkerveen, agreement=agreement)
        judge(actor, backup, "operation", days=None)
    world.take(backup, made.pk)
    assert world.layers(backup, 0)["operation"] == "met"
    return made


@pytest.mark.parametrize("side", [0, 1])
def test_ending_the_agreement_ends_the_inherited_standing(
    world: World,
    backup: Requirement,
    agreement: Agreement,
    under: Scope,
    givers: tuple[Actor, Actor],
    do_jobs: DoJobs,
    side: int,
) -> None:
    ends = givers[side]
    with on(3), acting_for([ends.organisation_id], ends):
        agreements.end(actor=ends, agreement=agreement, reason="Wij gaan uit elkaar.")
    with clock.moved_to(START + 3 * DAY):
        do_jobs()
    assert world.layers(backup, 3.1)["operation"] == "not_measured"
    assert "Wij gaan uit elkaar." in words(world, backup, 3.1)
    with world.taker(4) as actor:
        assert select.offered(actor.organisation_id) == []
        current = Publication.objects.filter(until=None, layer="operation")
        assert [one.verdict for one in current] == ["not_measured"]
    with world.provider(4):
        assert Taker.objects.get(service=under).until is not None


def test_last_day_of_the_agreement_ends_it_without_any_worker(
    world: World, backup: Requirement, under: Scope, do_jobs: DoJobs
) -> None:
    assert world.layers(backup, 99)["operation"] == "met"
    assert world.layers(backup, 101)["operation"] == "not_measured"
    assert "afspraak" in words(world, backup, 101)
    with clock.moved_to(START + 101 * DAY):
        for over in endings.over():
            endings.carry_out(agreement_id=over[0], receiver_id=over[1])
        do_jobs()
    with world.provider(101):
        assert Taker.objects.get(service=under).until is not None


def test_agreement_that_gives_no_standings_to_this_taker_is_refused(
    world: World, backup: Requirement, givers: tuple[Actor, Actor]
) -> None:
    service = world.offer(backup)
    provider, taker = givers
    with on(0):
        counts = in_force(provider, taker, detail="aggregate")
        backwards = in_force(taker, provider, detail="standing")
        with acting_for([provider.organisation_id], provider):
            unsigned = draft(provider, taker.organisation_id, detail="standing")
    for agreement in (counts, backwards, unsigned):
        with world.provider() as actor, pytest.raises(Refused) as refused:
            offers.publish_to(
                actor=actor, service=service, taker=world.dijkerveen, agreement=agreement
            )
        assert refused.value.field == "agreement"


# --- the pages ------------------------------------------------------------------------------------


def test_page_takes_a_requirement_out(
    world: World, service: Scope, backup: Requirement, client_of: ClientOf
) -> None:
    client, home = client_of(world.charlie), "/o/waterhoek/"
    with world.provider(1):
        offer = offer_of(service, backup).pk
    with clock.moved_to(START + DAY):
        scope = client.get(f"{home}onderdelen/{service.pk}/").content.decode()
        assert f"{home}dekking/{offer}/beeindigen/" in scope
        path = f"{home}dekking/{offer}/beeindigen/"
        assert "8.13.04" in client.get(path).content.decode()
        for bad in ({"ends_on": "2030-01-07"}, {"ends_on": "x"}, {"reason": ""}):
            said = {"ends_on": "2030-02-01", "reason": WHY, **bad}
            assert client.post(path, said).status_code == 422
        assert client.post(path, {"ends_on": "2030-02-01", "reason": WHY}).status_code == 302
        assert WHY in client.get(f"{home}onderdelen/{service.pk}/").content.decode()
        stranger = client_of(world.alice).get(f"/o/dijkerveen/dekking/{offer}/beeindigen/")
        assert stranger.status_code == 404
        assert client.post(path, {"ends_on": "2030-01-08", "reason": WHY}).status_code == 302
        assert client.get(path).status_code == 404


def test_page_publishes_under_an_agreement(
    world: World, backup: Requirement, agreement: Agreement, client_of: ClientOf
) -> None:
    with world.provider() as actor:
        made = scopes.add(actor=actor, kind="service", name="Back-up")
        offers.cover(actor=actor, service=made, requirements=[backup])
    said = {"taker": world.dijkerveen.pk, "agreement": agreement.pk}
    path = f"/o/waterhoek/onderdelen/{made.pk}/publiceren/"
    with clock.moved_to(START + DAY):
        assert client_of(world.charlie).post(path, said).status_code == 302
        body = client_of(world.charlie).get(f"/o/waterhoek/onderdelen/{made.pk}/").content.decode()
    assert f"/o/waterhoek/delen/{agreement.pk}/" in body
