# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One organisation carries out and judges once; those that take it move, and can say why."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import QuerySet

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Provision, Publication, Scope, Standing
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.selectors.explanation import Reason, explain
from dijkring.evidence.selectors.standings import of_leaf, of_scopes
from dijkring.evidence.services import judgements, offers, provisions, scopes, standings
from dijkring.evidence.tests.makers import DAY, START, judge
from dijkring.organisations.models import Organisation, User
from dijkring.tests.harness.people import Acting

LAYERS = ["existence", "operation"]


@pytest.fixture
def backup() -> Requirement:
    """A measure that no machine measures."""
    return Requirement.objects.get(framework__key="bio2", framework__version="1.3", ref="8.13.04")


@pytest.fixture
def world(acting: Acting, alice: User, charlie: User) -> "World":
    return World(acting, alice, charlie)


class World:
    """Waterhoek offers a service, Dijkerveen takes it; jobs are carried out when asked."""

    def __init__(self, acting: Acting, alice: User, charlie: User) -> None:
        self.acting, self.alice, self.charlie = acting, alice, charlie
        self.dijkerveen = Organisation.objects.get(slug="dijkerveen")
        self.waterhoek = Organisation.objects.get(slug="waterhoek")

    @contextmanager
    def taker(self, days: float = 0) -> Iterator[Actor]:
        with clock.moved_to(START + days * DAY), self.acting(self.alice) as actor:
            yield actor

    @contextmanager
    def provider(self, days: float = 0) -> Iterator[Actor]:
        with clock.moved_to(START + days * DAY), self.acting(self.charlie) as actor:
            yield actor

    def offer(self, requirement: Requirement, days: float = 0) -> Scope:
        with self.provider(days) as actor:
            service = scopes.add(actor=actor, kind="service", name="Back-up en herstel")
            offers.cover(actor=actor, service=service, requirements=[requirement])
            offers.publish_to(actor=actor, service=service, taker=self.dijkerveen)
            return service

    def take(self, requirement: Requirement, service: int | None, days: float = 0) -> None:
        with self.taker(days) as actor:
            provisions.take(
                actor=actor,
                provider=self.waterhoek,
                service=service,
                service_name="Back-up en herstel",
                requirements=[requirement],
                layers=LAYERS,
                document="Dienstverleningsovereenkomst 2030",
            )

    def pass_on(self, service: Scope, days: float) -> None:
        """Do what the job does that the change has queued."""
        with self.provider(days) as actor:
            offers.on_scope_changed(organisation_id=actor.organisation_id, scope=service.pk)

    def layers(self, requirement: Requirement, days: float) -> dict[str, str]:
        with self.taker(days) as actor:
            leaf = of_leaf(actor.organisation_id, requirement.pk)
            return {"": leaf.verdict} | {p["layer"]: p["verdict"] for p in leaf.layers}


def test_one_judgement_of_the_provider_moves_the_taker(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    world.take(backup, service.pk)
    with world.taker() as actor:
        judge(actor, backup, "design")
        judge(actor, backup, "own_part")
    assert world.layers(backup, 0)["operation"] == "not_measured"
    with world.provider(1) as actor:
        for layer in ("design", *LAYERS):
            judge(actor, backup, layer)
    world.pass_on(service, 1)
    assert world.layers(backup, 1) == {
        "": "met",
        "design": "met",
        "existence": "met",
        "operation": "met",
        "own_part": "met",
    }
    with world.provider(2) as actor:
        judge(actor, backup, "operation", "not_met")
    world.pass_on(service, 2)
    assert world.layers(backup, 2)[""] == "not_met"


def test_taker_stays_accountable_for_the_own_part(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        for layer in ("design", *LAYERS):
            judge(actor, backup, layer)
    world.take(backup, service.pk)
    with world.taker() as actor:
        judge(actor, backup, "design")
    assert world.layers(backup, 0)["own_part"] == "not_assessed"
    assert world.layers(backup, 0)[""] == "not_assessed"


def test_what_is_carried_out_silently_until_a_day_is_not_measured_after_it(
    world: World, backup: Requirement
) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "design")
    with world.taker() as actor:
        provisions.take(
            actor=actor,
            provider=world.waterhoek,
            service=service.pk,
            service_name="Back-up en herstel",
            requirements=[backup],
            layers=["operation"],
            document="Overeenkomst",
            until=START + 10 * DAY,
        )
    assert world.layers(backup, 9)["operation"] == "not_assessed"
    assert world.layers(backup, 11)["operation"] == "not_measured"


def test_a_rule_about_nothing_is_passed_on_as_not_assessed(world: World) -> None:
    leaf = Requirement.objects.get(framework__key="bio2", framework__version="1.3", ref="5.14.01")
    service = world.offer(leaf)
    world.take(leaf, service.pk)
    assert world.layers(leaf, 1)["operation"] == "not_assessed"


def test_leaving_makes_it_not_measured_until_judged_again(
    world: World, backup: Requirement
) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        for layer in LAYERS:
            judge(actor, backup, layer)
    world.take(backup, service.pk)
    assert world.layers(backup, 0)["operation"] == "met"
    with world.taker(1) as actor:
        rows = list(select.taken(actor.organisation_id))
        provisions.end(actor=actor, provisions=rows, reason="Wij doen het weer zelf.")
    assert world.layers(backup, 1)["operation"] == "not_measured"
    with world.taker(2) as actor:
        for layer in LAYERS:
            judge(actor, backup, layer)
    assert world.layers(backup, 2)["operation"] == "met"
    assert "own_part" not in world.layers(backup, 2)


def test_provider_withdraws(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "operation")
    world.take(backup, service.pk)
    assert world.layers(backup, 0)["operation"] == "met"
    with world.provider(1) as actor:
        taker = select.takers(actor.organisation_id).get()
        offers.stop_publishing(actor=actor, taker=taker, reason="De overeenkomst is opgezegd.")
    world.pass_on(service, 1)
    assert world.layers(backup, 1)["operation"] == "not_measured"
    with world.taker(1):
        assert not Publication.objects.filter(until=None).exists()


def test_silence_of_the_provider_ends_what_it_said(world: World, backup: Requirement) -> None:
    """Without a worker, the taker stops believing a day after the provider's own end."""
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "existence")
        judge(actor, backup, "operation", days=10)
    world.take(backup, service.pk)
    assert world.layers(backup, 10.9)["operation"] == "met"
    assert world.layers(backup, 11.1)["operation"] == "not_measured"
    world.pass_on(service, 10)
    with world.provider(12) as actor:
        standings.begin_change(actor.organisation_id)
    world.pass_on(service, 12)
    assert world.layers(backup, 12)["operation"] == "show_again"


def test_explanation_names_the_provider_then_and_now(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "operation", "partly")
    world.take(backup, service.pk)
    with world.provider(5) as actor:
        judge(actor, backup, "operation")
    world.pass_on(service, 5)
    with world.taker(6) as actor:
        now = provided(explain(actor.organisation_id, backup.pk).root, "operation")
        then = explain(actor.organisation_id, backup.pk, START + DAY)
    assert (now.verdict, now.who) == ("met", str(world.waterhoek))
    assert now.method == "Back-up en herstel, Dienstverleningsovereenkomst 2030"
    assert provided(then.root, "operation").verdict == "partly"


def provided(root: Reason, layer: str) -> Reason:
    part = next(node for node in root.below if node.label == layer)
    return next(node for node in part.below if node.kind in {"provision", "stopped"})


def test_provider_that_publishes_nothing_is_not_measured(world: World, backup: Requirement) -> None:
    world.take(backup, None)
    assert world.layers(backup, 0)["operation"] == "not_measured"


def test_taker_that_was_not_named_receives_nothing(world: World, backup: Requirement) -> None:
    with world.provider() as actor:
        service = scopes.add(actor=actor, kind="service", name="Back-up en herstel")
        offers.cover(actor=actor, service=service, requirements=[backup])
        judge(actor, backup, "operation")
    world.take(backup, service.pk)
    assert world.layers(backup, 0)["operation"] == "not_measured"


def test_nobody_reads_more_of_a_provider_than_verdicts(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "operation")
    world.take(backup, service.pk)
    with world.taker():
        assert not Scope.objects.filter(pk=service.pk).exists()
        assert not Standing.every.filter(organisation=world.waterhoek).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM door_published(now())")
            (_provision, layers, *_when) = cursor.fetchall()[0]
        assert "overleg" not in str(layers)
    with world.provider(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM door_published(now())")
        assert cursor.fetchall() == []


def test_circle_is_refused(world: World, backup: Requirement) -> None:
    world.take(backup, None)
    with world.provider() as actor, pytest.raises(Refused, match=r"8\.13\.04"):
        provisions.take(
            actor=actor,
            provider=world.dijkerveen,
            service_name="Terug",
            requirements=[backup],
            layers=LAYERS,
            document="Overeenkomst",
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"document": " "}, "document"),
        ({"layers": ["own_part"]}, "layers"),
        ({"layers": []}, "layers"),
        ({"requirements": []}, "requirements"),
        ({"service_name": ""}, "service_name"),
        ({"until": START - DAY}, "until"),
    ],
)
def test_wrong_agreement_is_refused(
    world: World, backup: Requirement, wrong: dict[str, object], field: str
) -> None:
    right = {
        "provider": world.waterhoek,
        "service_name": "Back-up",
        "requirements": [backup],
        "layers": LAYERS,
        "document": "Overeenkomst",
    }
    with world.taker() as actor, pytest.raises(Refused) as refused:
        provisions.take(actor=actor, **{**right, **wrong})  # type: ignore[arg-type]
    assert refused.value.field == field
    with world.taker():
        assert not Provision.objects.exists()


def test_taking_again_replaces_the_agreement(world: World, backup: Requirement) -> None:
    service = world.offer(backup)
    with world.provider() as actor:
        judge(actor, backup, "operation")
    world.take(backup, None)
    world.take(backup, service.pk, days=1)
    assert world.layers(backup, 1)["operation"] == "met"
    with world.taker(1):
        assert Provision.objects.filter(end_reason="").count() == 1


class TestScopes:
    def test_worst_scope_counts(self, world: World, backup: Requirement) -> None:
        with world.taker() as actor:
            for layer in ("design", *LAYERS):
                judge(actor, backup, layer)
            system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
        judge_in(world, backup, system, "not_met")
        with world.taker() as actor:
            assert of_leaf(actor.organisation_id, backup.pk).verdict == "not_met"
            apart = of_scopes(actor.organisation_id, backup.pk)
            assert apart[system.pk].verdict == "not_met"
            node = explain(actor.organisation_id, backup.pk).root.below[-1]
            assert (node.kind, node.verdict) == ("scope", "not_met")

    def test_what_is_said_without_a_scope_holds_in_each(
        self, world: World, backup: Requirement
    ) -> None:
        with world.taker() as actor:
            for layer in ("design", *LAYERS):
                judge(actor, backup, layer)
            system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
        judge_in(world, backup, system, "met")
        with world.taker() as actor:
            assert of_scopes(actor.organisation_id, backup.pk)[system.pk].verdict == "met"

    def test_judging_one_part_says_nothing_of_the_rest(
        self, world: World, backup: Requirement
    ) -> None:
        with world.taker() as actor:
            system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
        judge_in(world, backup, system, "met")
        with world.taker() as actor:
            assert of_leaf(actor.organisation_id, backup.pk).verdict == "not_assessed"

    def test_scope_lapses_on_its_own_date(self, world: World, backup: Requirement) -> None:
        with world.taker() as actor:
            for layer in ("design", *LAYERS):
                judge(actor, backup, layer)
            system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
        judge_in(world, backup, system, "met", days=5)
        with world.taker(6) as actor:
            assert of_scopes(actor.organisation_id, backup.pk)[system.pk].verdict == "show_again"
            assert of_leaf(actor.organisation_id, backup.pk).verdict == "show_again"

    def test_ended_scope_counts_no_more(self, world: World, backup: Requirement) -> None:
        with world.taker() as actor:
            for layer in ("design", *LAYERS):
                judge(actor, backup, layer)
            system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
        judge_in(world, backup, system, "not_met")
        with world.taker(1) as actor:
            scopes.end(actor=actor, scope=system, reason="Uitgezet.")
        with world.taker(1) as actor:
            assert of_leaf(actor.organisation_id, backup.pk).verdict == "met"
            assert of_scopes(actor.organisation_id, backup.pk) == {}
            assert explain(actor.organisation_id, backup.pk, START).verdict == "not_met"

    def test_same_name_and_service_with_takers_are_refused(
        self, world: World, backup: Requirement
    ) -> None:
        service = world.offer(backup)
        with world.provider() as actor:
            with pytest.raises(Refused):
                scopes.add(actor=actor, kind="system", name="back-up en herstel")
            with pytest.raises(Refused):
                scopes.end(actor=actor, scope=service, reason="Weg.")


def judge_in(
    world: World, requirement: Requirement, scope: Scope, verdict: str, *, days: float = 200
) -> None:
    with world.taker() as actor:
        judgements.judge(
            actor=actor,
            requirement=requirement,
            scope=scope,
            layer="operation",
            line="owner",
            verdict=verdict,
            reason="Apart bekeken.",
            valid_until=clock.now() + days * DAY,
        )


def municipalities_besides(world: World) -> QuerySet[Organisation]:
    known = [world.dijkerveen.pk, world.waterhoek.pk]
    return Organisation.objects.filter(kind="municipality").exclude(pk__in=known).order_by("pk")


def take_for(world: World, taker: Organisation, requirement: Requirement, service: int) -> None:
    with clock.moved_to(START), transaction_for([taker.pk]):
        provisions.take(
            actor=person_actor(taker.pk, world.alice.pk, "Proef", Role.CISO),
            provider=world.waterhoek,
            service=service,
            service_name="Back-up en herstel",
            requirements=[requirement],
            layers=LAYERS,
            document="Overeenkomst",
        )


def test_what_one_taker_receives_leaves_what_another_judged_apart(
    world: World, backup: Requirement
) -> None:
    """Both move at once, each on its own measure; on the other's measure it stays as it was."""
    logs = Requirement.objects.get(framework=backup.framework, ref="8.15.01")
    other = municipalities_besides(world)[0]
    service = world.offer(backup)
    with world.provider() as actor:
        offers.cover(actor=actor, service=service, requirements=[logs])
        offers.publish_to(actor=actor, service=service, taker=other)
    world.take(backup, service.pk)
    take_for(world, other, logs, service.pk)
    with world.taker() as actor:
        system = scopes.add(actor=actor, kind="system", name="Zaaksysteem")
    judge_in(world, logs, system, "met")
    with world.taker() as actor:
        apart = of_scopes(actor.organisation_id, logs.pk)
    with world.provider(1) as actor:
        judge(actor, backup, "operation", "not_met")
        judge(actor, logs, "operation", "not_met")
    world.pass_on(service, 1)
    with world.taker(1) as actor:
        assert of_leaf(actor.organisation_id, backup.pk).verdict == "not_met"
        assert of_scopes(actor.organisation_id, logs.pk) == apart != {}


def test_forty_takers_receive_in_a_few_statements(
    world: World, backup: Requirement, django_assert_max_num_queries: object
) -> None:
    """The number of statements does not grow with the takers."""
    service = world.offer(backup)
    others = list(municipalities_besides(world)[:40])
    with world.provider() as actor:
        for other in others:
            offers.publish_to(actor=actor, service=service, taker=other)
        judge(actor, backup, "operation")
    for other in others:
        take_for(world, other, backup, service.pk)
    with world.provider(1) as actor:
        judge(actor, backup, "operation", "not_met")
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        world.pass_on(service, 1)
    with clock.moved_to(START + DAY), transaction_for([others[-1].pk]):
        assert of_leaf(others[-1].pk, backup.pk).verdict == "not_met"
