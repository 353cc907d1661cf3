# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a taker sees of a service: its standing, and below it only what an agreement shows."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.evidence.doors import carries_out
from dijkring.evidence.services import judgements, offers, scopes
from dijkring.landscape.joint_use import Use, svg
from dijkring.landscape.models import Asset
from dijkring.landscape.panels.assets import standing_words
from dijkring.landscape.selectors import drawing, starts, weighing, whatif
from dijkring.landscape.selectors import services as known
from dijkring.landscape.selectors.below import below
from dijkring.landscape.services import assets, dependencies, publications, scenarios, taking
from dijkring.landscape.services.looking import seen
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.doors import co_operate as co_operate_in_sql
from dijkring.sharing.models import Look
from dijkring.sharing.partners import is_partner
from dijkring.sharing.services import agreements
from dijkring.sharing.tests.objects import co_operate, in_force, secretary
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

pytestmark = pytest.mark.django_db


def _add(actor: Actor, name: str, kind: str, **values: object) -> Asset:
    wanted = AssetWanted(name, kind, **values)  # type: ignore[arg-type]  # as the test says
    return assets.add(actor=actor, wanted=wanted)


def _needs(actor: Actor, dependent: Asset, *needed: Asset, hours: int = 0) -> None:
    wanted = DependencyWanted(delay_hours=Decimal(hours))
    dependencies.depend(actor=actor, dependent=dependent, needed=needed, wanted=wanted)


@pytest.fixture
def platform(acting: Acting, alice: User, charlie: User, dora: User) -> Asset:
    """A platform of Dijkerveen in a data centre, provided to Waterhoek and to the region."""
    takers = [actor_of(one).organisation_id for one in (charlie, dora)]
    with acting(alice) as actor:
        made = _add(actor, "Serverplatform", "platform")
        centre = _add(
            actor, "Rekencentrum Noord", "location", party="Zuiderhost", place="Noorddijk"
        )
        _needs(actor, made, centre, hours=2)
        # What lies beside or above the service is never shown.
        task = _add(actor, "Eigen taak", "task")
        _needs(actor, task, made)
        service = publications.publish(actor=actor, asset=made, wanted=ServiceWanted("Platform"))
        shown = list(Organisation.objects.filter(pk__in=takers))
        co_operate(actor, *shown)
        publications.show_to(actor=actor, publication=service, takers=shown)
    return made


def _take(acting: Acting, user: User) -> tuple[Actor, Asset]:
    with acting(user) as actor:
        (shown,) = known.offered(actor.organisation_id)
        rights = Actor(actor.organisation_id, actor.name, "system")
        return actor, taking.take(actor=rights, service=shown.service)


def test_below_a_service_is_seen_by_agreement_alone_and_by_name(
    acting: Acting, alice: User, charlie: User, dora: User, platform: Asset
) -> None:
    theirs, taken = _take(acting, charlie)
    _take(acting, dora)
    giver, receiver = (actor_of(one) for one in (alice, charlie))
    with acting(charlie) as actor:
        task = _add(actor, "Bijstand", "task", statutory=True)
        _needs(actor, task, taken, hours=1)
        assert {one.theirs for one in seen(actor, "proef").nodes.values()} == {False}
    made = in_force(
        secretary_of(giver), secretary_of(receiver), records=["landscape"], detail="fact"
    )
    with acting(charlie) as actor:
        found = seen(actor, "proef")
        (part,) = [one for one in found.nodes.values() if one.theirs]
        assert (part.name, part.within, part.supplier, part.place) == (
            "Rekencentrum Noord", "Dijkerveen", "Zuiderhost", "Noorddijk",
        )  # fmt: skip
        assert [row.pk for row in drawing.under(found, taken.pk)] == [part.pk]
        answer = whatif.answer(found, [starts.of_asset(part)])
        assert [(one.node.name, one.seconds) for one in answer.harms] == [
            ("Rekencentrum Noord", 0), ("Platform", 7200), ("Bijstand", 10800),
        ]  # fmt: skip
        assert [one.name for one in whatif.callers(answer)] == ["Dijkerveen"]
        with pytest.raises(Refused):
            scenarios.keep(actor=actor, name="Weg", starts=[starts.of_asset(part)])
        # The rows of the provider themselves stay out of sight.
        assert not Asset.objects.filter(pk=part.pk).exists()
    with acting(dora) as actor:
        assert below(actor.organisation_id).parts == []
        assert {one.theirs for one in seen(actor, "proef").nodes.values()} == {False}
    with acting(alice) as actor:
        looks = Look.objects.filter(giver_id=actor.organisation_id, what="landscape")
        assert [one.organisation_id for one in looks] == [theirs.organisation_id]
        agreements.end(actor=secretary_of(giver), agreement=made, reason="Voorbij.")
    with acting(charlie) as actor:
        assert below(actor.organisation_id).parts == []


def test_a_service_is_seen_for_as_long_as_the_two_co_operate(
    acting: Acting, alice: User, charlie: User, dora: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = _add(actor, "Platform", "platform")
        service = publications.publish(actor=actor, asset=made, wanted=ServiceWanted("Platform"))
        near = [Organisation.objects.get(slug=slug) for slug in ("waterhoek", "sluisland")]
        agreement, _stays = co_operate(actor, *near)
        publications.show_to(actor=actor, publication=service, takers=near)
    with acting(charlie) as theirs:
        assert [one.name for one in known.offered(theirs.organisation_id)] == ["Platform"]
    with acting(alice) as actor:
        us = actor.organisation_id
        agreements.end(actor=secretary_of(actor), agreement=agreement, reason="Opgezegd.")
        assert known.shown([service]) == {service.pk: {"Veiligheidsregio Sluisland"}}
        assert [vars(one)["shown_to"] for one in known.published(us)] == [1]
        sees = {str(one.taker): vars(one)["sees"] for one in known.takers_of(service)}
        assert sees == {"Waterhoek": False, "Veiligheidsregio Sluisland": True}
    with acting(charlie) as theirs:
        assert known.offered(theirs.organisation_id) == []
    with acting(dora) as region:
        assert [one.name for one in known.offered(region.organisation_id)] == ["Platform"]
    page = client_of(alice).get(reverse("landscape:service", args=("dijkerveen", service.pk)))
    assert "nee, u werkt niet meer samen" in page.content.decode()


def test_the_database_calls_partners_whom_the_house_calls_partners(
    acting: Acting, alice: User, charlie: User, dora: User
) -> None:
    """One rule in two languages: for each ground, and for none, they say the same."""
    near = [Organisation.objects.get(slug=slug) for slug in ("waterhoek", "sluisland", "meldpunt")]
    with acting(alice) as actor:
        co_operate(actor, near[0])
        hosting = scopes.add(actor=actor, kind="service", name="Hosting")
        offers.publish_to(actor=actor, service=hosting, taker=near[1])
        us, moment = actor.organisation_id, clock.now()
        region = Organisation.objects.get(code="VR01")
        towns = [one.participant_id for one in region.participants.all()]
        pairs = [*((us, one.pk) for one in near), (region.pk, towns[0]), (towns[0], towns[1])]
        told = {pair: _told(*pair, moment) for pair in pairs}
        said = {pair: is_partner(*pair) for pair in pairs}
    assert told == said
    assert list(told.values()) == [True, True, False, True, True]


def _told(one: int, other: int, moment: datetime) -> bool:
    pair = (str(one), str(other))
    rule = f"{co_operate_in_sql(*pair)} OR {carries_out(*pair)}"
    query = f"SELECT {rule} FROM (SELECT %s::timestamptz AS moment) now"  # noqa: S608 -- of ids
    (row,) = fetch(query, [moment])
    return bool(row[0])


def secretary_of(actor: Actor) -> Actor:
    """Return somebody of the same organisation who may draft and sign."""
    return secretary(actor.organisation_id, actor.user_id)


def test_takers_see_how_many_requirements_are_met_and_no_more(
    acting: Acting, alice: User, charlie: User, platform: Asset
) -> None:
    leaves = list(Requirement.objects.filter(framework__key="bio2", leaf=True)[:2])
    with acting(alice) as actor:
        publication = platform.publications.get()
        service = scopes.add(actor=actor, kind="service", name="Hosting")
        offers.cover(actor=actor, service=service, requirements=leaves)
        for layer in leaves[0].layers:
            judgements.judge(
                actor=actor, requirement=leaves[0], layer=layer, line="owner", verdict="not_met",
                reason="Ontbreekt.", valid_until=clock.now() + timedelta(days=9),
            )  # fmt: skip
        wanted = ServiceWanted("Platform", norms_id=service.pk)
        publications.change(actor=actor, publication=publication, wanted=wanted)
        wrong = ServiceWanted("Platform", norms_id=service.pk + 999)
        with pytest.raises(Refused):
            publications.change(actor=actor, publication=publication, wanted=wrong)
    with acting(charlie) as actor, translation.override("en"):
        (shown,) = known.offered(actor.organisation_id)
        assert shown.standing == {"not_met": 1, "not_assessed": 1}
        words = "1 not met, 1 not assessed (of 2 requirements)"
        assert standing_words(shown) == words


def test_the_map_draws_each_service_once_and_tells_use_from_show() -> None:
    uses = [
        Use("IT <Sluisland>", "Back-up", "Waterhoek", "uses", "gepland onderhoud"),
        Use("IT <Sluisland>", "Back-up", "Dijkerveen", "shown"),
    ]
    legend = {"uses": "in gebruik", "shown": "getoond"}
    drawn = svg(uses, own="Dijkerveen", title="Kaart", heads=("a", "b", "c"), legend=legend)
    assert drawn.count(">Back-up<") == 1
    assert "IT &lt;Sluisland&gt;" in drawn
    assert drawn.count("chart-stroke-1") == 3
    assert drawn.count("chart-stroke-3") == 2
    assert svg([], own="", title="", heads=(), legend={}) == ""


def test_what_lies_below_weighs_on_its_own_place(
    acting: Acting, alice: User, charlie: User, dora: User, platform: Asset
) -> None:
    _theirs, mine = _take(acting, charlie)
    giver, receiver = actor_of(alice), actor_of(charlie)
    with acting(charlie) as actor:
        task = _add(actor, "Bijstand", "task", statutory=True, residents=5000)
        _needs(actor, task, mine, hours=1)
    in_force(secretary_of(giver), secretary_of(receiver), records=["landscape"], detail="fact")
    with acting(charlie) as actor:
        found = seen(actor, "proef")
        assert list(found.nodes) == found.graph.assets.tolist()
        tasks = {one.start.name: one.tasks for one in weighing.single_points(found)}
        assert tasks == {"Platform": 1, "Rekencentrum Noord": 1}
