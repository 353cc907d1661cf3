# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the services of the landscape take, refuse, end and bring back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from dijkring.core import clock, registers
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Fact
from dijkring.landscape import facts
from dijkring.landscape.models import Asset, Dependency, DependencyGroup, Party
from dijkring.landscape.selectors import services as known
from dijkring.landscape.selectors.assets import due_confirmations
from dijkring.landscape.services import (
    assets,
    bulk,
    dependencies,
    methods,
    observing,
    parties,
    publications,
    taking,
)
from dijkring.landscape.services.bulk import Need
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.tests.objects import co_operate
from dijkring.tests.harness.people import actor_of

pytestmark = pytest.mark.django_db
HALF = DependencyWanted("group", "Rekencentra", 1)


@pytest.fixture
def ciso(alice: User) -> Actor:
    """The CISO of Dijkerveen."""
    return actor_of(alice)


def _add(actor: Actor, name: str, kind: str = "system", **values: object) -> Asset:
    wanted = AssetWanted(name, kind, **values)  # type: ignore[arg-type]  # as the test says
    return assets.add(actor=actor, wanted=wanted)


def test_what_cannot_be_is_refused_with_its_field(ciso: Actor) -> None:
    wrong = [
        (AssetWanted(" ", "system"), "name"),
        (AssetWanted("a", "spaceship"), "kind"),
        (AssetWanted("a", "system", rto_hours=Decimal(-1)), "rto_hours"),
        (AssetWanted("a", "system", mtpd_hours=Decimal("NaN")), "mtpd_hours"),
        (AssetWanted("a", "system", availability=4), "availability"),
        (AssetWanted("a", "system", jurisdiction="XX"), "jurisdiction"),
        (AssetWanted("a", "system", latitude=52.0), "latitude"),
        (AssetWanted("a", "system", residents=-1), "residents"),
        (AssetWanted("a", "system", owner_id=999_999), "owner_id"),
        (AssetWanted("a", "system", reference="r" * 201), "reference"),
    ]
    with transaction_for([ciso.organisation_id], ciso):
        for wanted, field in wrong:
            with pytest.raises(Refused) as refused:
                assets.add(actor=ciso, wanted=wanted)
            assert refused.value.field == field
        _add(ciso, "Zaaksysteem", reference="A1")
        with pytest.raises(Refused):
            _add(ciso, " zaaksysteem ")
        with pytest.raises(Refused):
            _add(ciso, "Ander systeem", reference="A1")
        assert Asset.objects.count() == 1


def test_a_group_never_needs_more_than_there_are_and_nothing_needs_itself(ciso: Actor) -> None:
    with transaction_for([ciso.organisation_id], ciso):
        task, north, south = (_add(ciso, name) for name in ("Taak", "Noord", "Zuid"))
        for needed, wanted in (
            ([task], DependencyWanted()),
            ([north, south], DependencyWanted("group", "Rekencentra", 3)),
            ([north], DependencyWanted("group")),
            ([north], DependencyWanted("needs", "Rekencentra")),
            ([north], DependencyWanted(delay_hours=Decimal(-2))),
        ):
            with pytest.raises(Refused), transaction.atomic():
                dependencies.depend(actor=ciso, dependent=task, needed=needed, wanted=wanted)
        both = DependencyWanted("group", "Rekencentra", 2)
        made = dependencies.depend(actor=ciso, dependent=task, needed=[north, south], wanted=both)
        with pytest.raises(Refused):
            dependencies.end(actor=ciso, dependency=made[0], reason="Verhuisd.")
        with pytest.raises(Refused):
            assets.retire(actor=ciso, asset=north, reason="Gesloten.")
        group = DependencyGroup.objects.get()
        dependencies.change_group(actor=ciso, group=group, name="Rekencentra", least=1)
        made[0].refresh_from_db()
        dependencies.end(actor=ciso, dependency=made[0], reason="Verhuisd.")
        dependencies.restore(actor=ciso, dependency=made[0])
        # A circle is no mistake.
        dependencies.depend(actor=ciso, dependent=north, needed=[task], wanted=DependencyWanted())
        with pytest.raises(IntegrityError), transaction.atomic():
            Dependency.objects.filter(pk=made[0].pk).update(needed=task)


def test_what_was_taken_out_comes_back_with_what_ended_with_it(ciso: Actor) -> None:
    with transaction_for([ciso.organisation_id], ciso):
        task, system = _add(ciso, "Taak", "task"), _add(ciso, "Zaaksysteem")
        (edge,) = dependencies.depend(
            actor=ciso, dependent=task, needed=[system], wanted=DependencyWanted()
        )
        assets.retire(actor=ciso, asset=system, reason="Vervangen.")
        edge.refresh_from_db()
        assert edge.ended_at is not None
        other = _add(ciso, "Zaaksysteem")
        with pytest.raises(Refused):
            assets.restore(actor=ciso, asset=system)
        assets.retire(actor=ciso, asset=other, reason="Was hetzelfde.")
        assets.restore(actor=ciso, asset=system)
        edge.refresh_from_db()
        assert edge.ended_at is None


def test_what_went_at_both_ends_comes_back_whatever_comes_first(ciso: Actor) -> None:
    for n, back in enumerate((("task", "system"), ("system", "task"))):
        with transaction_for([ciso.organisation_id], ciso):
            both = {"task": _add(ciso, f"Taak {n}", "task"), "system": _add(ciso, f"Zaken {n}")}
            (edge,) = dependencies.depend(
                actor=ciso, dependent=both["task"], needed=[both["system"]],
                wanted=DependencyWanted(),
            )  # fmt: skip
        for one in ("task", "system"):
            with transaction_for([ciso.organisation_id], ciso):
                assets.retire(actor=ciso, asset=both[one], reason="Opgeheven.")
        for one in back:
            with transaction_for([ciso.organisation_id], ciso):
                edge.refresh_from_db()
                assert edge.ended_at is not None
                assets.restore(actor=ciso, asset=both[one])
        with transaction_for([ciso.organisation_id], ciso):
            edge.refresh_from_db()
            assert edge.ended_at is None


def test_a_whole_landscape_is_added_or_nothing_of_it(ciso: Actor) -> None:
    rows = [AssetWanted("Taak", "task"), AssetWanted("Systeem", "system", party="Zaakwerk")]
    with transaction_for([ciso.organisation_id], ciso):
        for needs in (
            [Need("Taak", "Onbekend")],
            [Need("Taak", "taak")],
            [Need("Taak", "Systeem"), Need("taak", "systeem")],
            [Need("Taak", "Systeem", DependencyWanted("group", "Twee", 2))],
        ):
            with pytest.raises(Refused):
                bulk.add_all(actor=ciso, assets=rows, needs=needs)
            assert not Asset.objects.exists()
        bulk.add_all(
            actor=ciso,
            assets=rows,
            needs=[Need("Taak", "Systeem", HALF)],
            jurisdictions={"Zaakwerk": "NL"},
        )
        party = Asset.objects.get(name="Systeem").party
        assert party is not None
        assert party.jurisdiction == "NL"


def test_a_taker_sees_what_is_published_to_it_and_nothing_else(ciso: Actor, charlie: User) -> None:
    theirs = actor_of(charlie)
    with transaction_for([ciso.organisation_id], ciso):
        platform = _add(ciso, "Serverplatform", "platform")
        wanted = ServiceWanted("Serverplatform", "", Decimal(4))
        service = publications.publish(actor=ciso, asset=platform, wanted=wanted)
        them = Organisation.objects.get(pk=theirs.organisation_id)
        co_operate(ciso, them)
        (taker,) = publications.show_to(actor=ciso, publication=service, takers=[them])
        with pytest.raises(Refused):
            assets.retire(actor=ciso, asset=platform, reason="Weg ermee.")
    with transaction_for([theirs.organisation_id], theirs):
        assert not Asset.objects.exists()
        (shown,) = known.offered(theirs.organisation_id)
        taken = taking.take(actor=theirs, service=shown.service)
        assert (taken.provider_id, taken.rto_hours) == (ciso.organisation_id, 4)
        with pytest.raises(Refused):
            taking.take(actor=theirs, service=shown.service)
    with transaction_for([ciso.organisation_id], ciso):
        assert known.took_by_name([service]) == {service.pk: {"Waterhoek"}}
        slower = ServiceWanted("Serverplatform", "", Decimal(24))
        publications.change(actor=ciso, publication=service, wanted=slower)
        publications.set_state(actor=ciso, publication=service, state="down", note="Brand.")
    with transaction_for([theirs.organisation_id], theirs):
        assert taking.refresh(theirs.organisation_id) == 1
        found = known.of_asset(Asset.objects.get(pk=taken.pk))
        assert found is not None
        assert (found.state, found.state_note, found.rto_hours) == ("down", "Brand.", Decimal(24))
    with transaction_for([ciso.organisation_id], ciso):
        publications.stop_showing(actor=ciso, taker=taker, reason="Overeenkomst voorbij.")
    with transaction_for([theirs.organisation_id], theirs):
        assert known.offered(theirs.organisation_id) == []


def test_levels_in_use_cannot_be_taken_away(ciso: Actor) -> None:
    with transaction_for([ciso.organisation_id], ciso):
        _add(ciso, "Zaaksysteem", confidentiality=3)
        with pytest.raises(Refused):
            methods.adopt(actor=ciso, name="Twee", levels=["laag", "hoog"])
        made = methods.adopt(actor=ciso, name="Vier", levels=["a", "b", "c", "d"], most_on_one=40)
        assert (made.levels[3], made.most_on_one) == ("d", 40)


def test_facts_follow_the_landscape_and_unknown_is_not_good(ciso: Actor) -> None:
    with transaction_for([ciso.organisation_id], ciso):
        observing.observe(ciso.organisation_id)
        assert not Fact.objects.filter(source=facts.SOURCE).exists()
        task = _add(ciso, "Bijstand", "task", rto_hours=Decimal(4), statutory=True)
        cloud = _add(ciso, "Wolk", "supplied", rto_hours=Decimal(24), party="Vrije Wolk")
        assert _states(ciso) == {
            facts.OWNERS: "fail",
            facts.CURRENT: "fail",
            facts.CLASSIFIED: "fail",
            facts.OBJECTIVES: "fail",
            facts.PROMISES: "not_measured",
            facts.SUPPLIER: "not_measured",
            facts.COUNTRY: "not_measured",
        }
        dependencies.depend(actor=ciso, dependent=task, needed=[cloud], wanted=DependencyWanted())
        found = _states(ciso)
        assert (found[facts.PROMISES], found[facts.SUPPLIER]) == ("fail", "fail")
        assert found[facts.COUNTRY] == "not_measured"
        assets.confirm(actor=ciso, assets=[task, cloud])
        assert _states(ciso)[facts.CURRENT] == "pass"
        for one in (task, cloud):
            assets.retire(actor=ciso, asset=one, reason="Opgeheven.")
        # What can no longer be said is gone; the population counts it as not measured.
        assert set(_states(ciso).values()) <= {"not_measured"}


def test_nothing_is_good_while_what_lies_below_is_not_known(ciso: Actor) -> None:
    hours = Decimal(24)
    with transaction_for([ciso.organisation_id], ciso):
        tasks = [_add(ciso, f"Taak {n}", "task", rto_hours=hours, statutory=True) for n in (1, 2)]
        parts = [_add(ciso, f"Systeem {n}", rto_hours=Decimal(4), party="Wolk") for n in (1, 2)]
        cloud = Party.objects.get(name="Wolk")
        parties.keep(actor=ciso, name="Wolk", jurisdiction="US", party=cloud)
        _needs(ciso, tasks[0], parts[0])
        told = _states(ciso)
        # The other task may hang on the same supplier: nobody said what it needs.
        watched = (facts.PROMISES, facts.SUPPLIER, facts.COUNTRY)
        assert {told[one] for one in watched} == {"not_measured"}
        ours = assets.said_of(parts[1])
        own = str(Organisation.objects.get(pk=ciso.organisation_id))
        assets.change(actor=ciso, asset=parts[1], wanted=replace(ours, party=own))
        _needs(ciso, tasks[1], parts[1])
        assert (_states(ciso)[facts.PROMISES], _states(ciso)[facts.SUPPLIER]) == ("pass", "pass")
        assert _states(ciso)[facts.COUNTRY] == "not_measured"
        parties.keep(actor=ciso, name=own, jurisdiction="NL", party=Party.objects.get(name=own))
        assert _states(ciso)[facts.COUNTRY] == "pass"
        silent = _add(ciso, "Netwerk", "network")
        _needs(ciso, parts[1], silent)
        assert {_states(ciso)[one] for one in watched} == {"not_measured"}
        said = assets.said_of(silent)
        assets.change(actor=ciso, asset=silent, wanted=replace(said, party="Wolk"))
        assert {_states(ciso)[one] for one in (facts.SUPPLIER, facts.COUNTRY)} == {"fail"}


def _needs(actor: Actor, dependent: Asset, needed: Asset) -> None:
    dependencies.depend(
        actor=actor, dependent=dependent, needed=[needed], wanted=DependencyWanted()
    )


def _states(actor: Actor) -> dict[str, str]:
    observing.observe(actor.organisation_id)
    rows = Fact.objects.filter(source=facts.SOURCE, until=None)
    return dict(rows.values_list("kind", "state"))


def test_what_left_as_a_sheet_comes_back_line_by_line(ciso: Actor) -> None:
    with transaction_for([ciso.organisation_id], ciso):
        task = _add(ciso, "Bijstand", "task", owner_id=ciso.user_id, latitude=52.0, longitude=6.5)
        centre = _add(ciso, "Rekencentrum", "location")
        sheet, edges = registers.get("landscape"), registers.get("landscape_needs")
        assert sheet is not None
        assert edges is not None
        assert sheet.change is not None
        assert edges.add is not None
        line = next(one for one in sheet.lines(ciso.organisation_id) if one.title == "Bijstand")
        sheet.change(ciso, line.id, {**line.values, "rto_hours": Decimal(8)}, frozenset())
        task.refresh_from_db()
        assert (task.rto_hours, task.owner_id, task.latitude) == (8, ciso.user_id, 52.0)
        for name, value in (("availability", Decimal("1.5")), ("owner", "niemand@example.org")):
            with pytest.raises(Refused):
                sheet.change(ciso, line.id, {**line.values, name: value}, frozenset())
        edges.add(
            ciso, {"dependent": "Bijstand", "needed": "rekencentrum", "delay_hours": Decimal(2)}
        )
        (edge,) = edges.lines(ciso.organisation_id)
        assert edge.values["delay_hours"] == 2
        with pytest.raises(Refused):
            edges.add(ciso, {"dependent": "Bijstand", "needed": "Onbekend"})
        assets.confirm(actor=ciso, assets=[centre])
        last = clock.now() + timedelta(days=30)
        (item,) = due_confirmations(ciso.organisation_id, last)
        assert (item.title, item.owner) == ("Bijstand", "Alice Bakker")
