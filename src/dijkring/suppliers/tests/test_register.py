# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of suppliers: what it says as facts, what is due, levels, undoing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dijkring.actions.models import Action
from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact
from dijkring.landscape.models import Asset, Dependency, Party
from dijkring.landscape.selectors.services import offered
from dijkring.landscape.services import assets, parties, publications, taking
from dijkring.landscape.services.dependencies import depend
from dijkring.landscape.services.looking import seen
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.tests.objects import co_operate, in_force, secretary
from dijkring.suppliers import demands, facts, judging, sovereignty
from dijkring.suppliers.models import (
    AssuranceReport,
    Contract,
    Inquiry,
    ProcessingAgreement,
    Review,
    Supplier,
    Tier,
)
from dijkring.suppliers.selectors import concentration
from dijkring.suppliers.selectors.behind import behind
from dijkring.suppliers.services import inquiries, levels, lines, suppliers, watching
from dijkring.suppliers.services.inquiries import Wanted as Asked
from dijkring.suppliers.services.suppliers import Wanted
from dijkring.suppliers.tests.objects import add_line, contract_values, make_supplier
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

DAY = timedelta(days=1)


def states(actor: Actor, kind: str) -> dict[str, str]:
    rows = Fact.objects.filter(organisation_id=actor.organisation_id, kind=kind, until=None)
    return dict(rows.values_list("subject", "state"))


def test_what_is_not_known_is_not_measured_and_what_lacks_opens_an_action(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        assert states(actor, facts.CONTRACT) == {supplier.name: "not_measured"}
        assert states(actor, facts.EXIT) == {facts.MEMBER: "not_measured"}
        assert states(actor, facts.ASSURANCE) == {supplier.name: "not_measured"}
        assert states(actor, facts.PROCESSING) == {supplier.name: "fail"}

        contract = add_line(actor, supplier, "contract", **contract_values(1))
        subject = f"{supplier.name}: {contract}"
        assert states(actor, facts.CONTRACT) == {supplier.name: "pass"}
        assert states(actor, facts.EXIT) == {subject: "fail"}
        action = Action.objects.get(origin_kind=facts.EXIT)
        assert [line.subject for line in action.lines.all()] == [subject]

        lines.change(actor=actor, line=contract, values={"exit_plan": "Alles gaat mee."})
        assert states(actor, facts.EXIT) == {subject: "pass"}
        assert action.lines.get().closed_at is not None


def test_reviews_and_reports_lapse_by_the_calendar(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        seen = {"on": clock.today(), "verdict": "good", "seen": "Het rapport."}
        add_line(actor, supplier, "beoordeling", **seen)
        report = {"kind": "soc2", "scope": "Alles", "until_on": clock.today() + 10 * DAY}
        add_line(actor, supplier, "assurance", **report)
        assert states(actor, facts.REVIEW) == states(actor, facts.ASSURANCE)
        assert states(actor, facts.REVIEW) == {supplier.name: "pass"}
        with clock.moved_to(clock.now() + 11 * DAY):
            watching.look(actor.organisation_id)
            assert states(actor, facts.ASSURANCE) == {supplier.name: "fail"}
            assert states(actor, facts.REVIEW) == {supplier.name: "pass"}
        with clock.moved_to(clock.now() + 380 * DAY):
            watching.look(actor.organisation_id)
            assert states(actor, facts.REVIEW) == {supplier.name: "fail"}


def test_the_list_says_that_assurance_ended(
    acting: Acting, client_of: ClientOf, alice: User
) -> None:
    with acting(alice) as actor:
        report = {"kind": "soc2", "scope": "Alles", "until_on": clock.today() + DAY}
        add_line(actor, make_supplier(actor, 1), "assurance", **report)
    client = client_of(alice)
    with clock.moved_to(clock.now() + 4 * DAY):
        assert "3 dagen te laat" in client.get("/o/dijkerveen/leveranciers/").content.decode()


def test_what_has_a_date_is_due(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        add_line(actor, supplier, "contract", **contract_values(1))
        promise = {
            "kind": "promise",
            "what": "MFA",
            "made_on": clock.today(),
            "due_on": clock.today() + DAY,
        }
        add_line(actor, supplier, "toezegging", **promise)

        def titles(days: int) -> list[str]:
            items = due.items(actor.organisation_id, clock.now() + days * DAY, lambda _right: True)
            return [one.title for one in items if one.kind == "suppliers"]

        assert len(titles(5)) == 1
        assert any("MFA" in one for one in titles(5))
        # Notice before the end, and the end itself; the first review after a year.
        assert (len(titles(30)), len(titles(250)), len(titles(400))) == (2, 3, 4)


def test_what_has_yet_to_begin_is_no_evidence() -> None:
    supplier = Supplier(name="X", tier_set=Tier.CRITICAL, personal_data="yes")
    report = AssuranceReport(from_on=date(2026, 3, 2), until_on=date(2027, 3, 1))
    agreement = ProcessingAgreement(signed_on=date(2026, 3, 2))
    for day, state in ((1, "fail"), (2, "pass")):
        today = date(2026, 3, day)
        assert judging.assured(supplier, [report], today).state == state
        assert judging.agreed(supplier, [agreement], today).state == state


def test_an_agreement_is_signed_before_it_is_recorded(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        supplier, ahead = make_supplier(actor, 1), clock.today() + DAY
        with pytest.raises(Refused):
            add_line(actor, supplier, "verwerking", what="Adressen", signed_on=ahead)


def test_demands_that_nobody_answered_lay_down_nothing(acting: Acting, alice: User) -> None:
    start = clock.now()

    def after(days: int, **values: object) -> str:
        with clock.moved_to(start + days * DAY):
            Inquiry.objects.update(**values)
            watching.look(supplier.organisation_id)
        (state,) = states(actor, facts.DEMANDS).values()
        return state

    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        wanted = Asked(sets=demands.current()[:1], name="Sam de Boer", days=10)
        asked, _token = inquiries.ask(actor=actor, supplier=supplier, wanted=wanted)
        assert list(states(actor, facts.DEMANDS).values()) == ["pass"]
        assert after(11, about="Nu verlopen") == "not_measured"
        assert after(12, submitted_at=start, taken_from="Waterhoek") == "not_measured"
        assert after(13, taken_from="") == "pass"
        assert after(14, submitted_at=None, expires_at=start + 20 * DAY) == "pass"
        with clock.moved_to(start + 15 * DAY):
            asked.refresh_from_db()
            inquiries.withdraw(actor=actor, inquiry=asked, reason="Toch niet nodig.")
        assert list(states(actor, facts.DEMANDS).values()) == ["not_measured"]


@pytest.mark.parametrize(("day", "state"), [(10, "pass"), (11, "fail")])
def test_a_review_holds_for_a_year_by_the_calendar(day: int, state: str) -> None:
    review = Review(pk=1, on=date(2026, 1, 10), verdict=Review.Verdict.GOOD)
    assert judging.reviewed(Supplier(name="X"), [review], date(2027, 1, day)).state == state


def test_a_year_without_a_review_begins_on_the_day_in_the_netherlands() -> None:
    """Added half an hour after midnight on the first of January; in UTC it was still December."""
    added = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
    supplier = Supplier(name="Nachtwerk", added_at=added)
    found = [judging.reviewed(supplier, [], date(2026, 1, day)).state for day in (1, 2)]
    assert found == ["not_measured", "fail"]


def asset(actor: Actor, kind: str, name: str, **values: object) -> Asset:
    return Asset.objects.create(
        organisation_id=actor.organisation_id, kind=kind, name=name, added_at=clock.now(), **values
    )


def test_the_level_follows_from_what_falls_and_is_never_ordinary_by_silence(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        party = Party.objects.create(
            organisation_id=actor.organisation_id, name="Wolkhuis", jurisdiction="US",
            added_at=clock.now(),
        )  # fmt: skip
        supplier = suppliers.add(actor=actor, wanted=Wanted("wolkhuis"))
        watching.reckon(organisation_id=actor.organisation_id)
        supplier.refresh_from_db()
        assert (supplier.party, supplier.tier) == (party, "")

        platform = asset(actor, "platform", "Wolk", party=party)
        watching.reckon(organisation_id=actor.organisation_id)
        supplier.refresh_from_db()
        assert supplier.tier == Tier.ORDINARY

        task = asset(actor, "task", "Paspoorten", statutory=True)
        need = Dependency.objects.create(
            organisation_id=actor.organisation_id, dependent=task, needed=platform,
            delay_hours=48, added_at=clock.now(),
        )  # fmt: skip
        watching.reckon(organisation_id=actor.organisation_id)
        supplier.refresh_from_db()
        assert supplier.tier == Tier.IMPORTANT
        need.delay_hours = None
        need.save()
        watching.reckon(organisation_id=actor.organisation_id)
        supplier.refresh_from_db()
        assert supplier.tier == Tier.CRITICAL
        assert [row["name"] for row in supplier.tier_why] == ["Paspoorten"]
        assert states(actor, facts.ASSURANCE) == {"wolkhuis": "fail"}

        suppliers.set_tier(actor=actor, supplier=supplier, tier="important", reason="Papier helpt.")
        assert (supplier.tier, supplier.tier_found) == (Tier.IMPORTANT, Tier.CRITICAL)


def test_the_landscape_hears_whose_law_reaches_a_supplier(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        party = Party.objects.create(
            organisation_id=actor.organisation_id, name="Wolkhuis", added_at=clock.now()
        )
        supplier = suppliers.add(actor=actor, wanted=Wanted("Wolkhuis", jurisdiction="NL"))
        owner = add_line(actor, supplier, "eigenaar", place=1, name="Cloud Inc.", country="US")
        found = concentration.measure(actor.organisation_id)
        party.refresh_from_db()
        assert (party.jurisdiction, found.countries_of) == ("US", {"Wolkhuis": "US"})
        supplier.refresh_from_db()
        lines.take_out(actor=actor, line=owner, reason="Verkocht aan een Nederlands fonds.")
        party.refresh_from_db()
        assert party.jurisdiction == "NL"


def test_what_was_taken_out_comes_back_with_everything(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        contract = add_line(actor, supplier, "contract", **contract_values(1))
        with pytest.raises(Refused, match="loopt"):
            suppliers.retire(actor=actor, supplier=supplier, reason="Weg ermee, klaar.")
        lines.take_out(actor=actor, line=contract, reason="Dubbel.")
        add_line(actor, supplier, "contract", **contract_values(1))
        with pytest.raises(Refused):
            lines.put_back(actor=actor, line=contract, reason="Toch niet dubbel.")
        again = supplier.contracts.get(removed_at=None)
        ended = clock.today() - DAY
        lines.end_contract(actor=actor, contract=again, on=ended, reason="Opgezegd.")
        lines.put_back(actor=actor, line=contract, reason="Was toch een ander contract.")
        lines.take_out(actor=actor, line=contract, reason="Nee.")
        suppliers.retire(actor=actor, supplier=supplier, reason="Geen contract meer.")
        assert states(actor, facts.CONTRACT) == {}
        suppliers.bring_back(actor=actor, supplier=supplier, reason="Toch weer nodig.")
        assert states(actor, facts.CONTRACT) == {supplier.name: "fail"}


def test_what_cannot_be_is_refused_with_its_field(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        supplier = make_supplier(actor, 1)
        for wanted, field in (
            (Wanted(" "), "name"),
            (Wanted(supplier.name.upper()), "name"),
            (Wanted("A", kvk="123"), "kvk"),
            (Wanted("A", jurisdiction="ZZ"), "jurisdiction"),
            (Wanted("A", cloud="misschien"), "cloud"),
            (Wanted("A", owner_id=987_654), "owner_id"),
        ):
            with pytest.raises(Refused) as refused:
                suppliers.add(actor=actor, wanted=wanted)
            assert refused.value.field == field
        for kind, values, field in (
            ("contract", contract_values(1, ends_on=clock.today() - 900 * DAY), "ends_on"),
            ("contract", contract_values(1, notice_on=clock.today() + 900 * DAY), "notice_on"),
            ("contract", contract_values(1, assets=[987_654]), "assets"),
            ("beoordeling", {"on": clock.today() + DAY, "verdict": "good", "seen": "x"}, "on"),
            ("eigenaar", {"place": 1, "name": "X", "country": "ZZ"}, "country"),
            (
                "soevereiniteit",
                {
                    "service": "X", "assessed_on": clock.today(), "source": "x",
                    "scores": {"SOV-1": {"seal": 5}},
                },
                "seal_SOV-1",
            ),
        ):  # fmt: skip
            with pytest.raises(Refused) as refused:
                add_line(actor, supplier, kind, **values)
            assert refused.value.field == field
        assert not supplier.contracts.exists()
    with acting(bob) as reader:
        with pytest.raises(Forbidden):
            suppliers.add(actor=reader, wanted=Wanted("Van Bob"))
        with pytest.raises(Forbidden):
            add_line(reader, supplier, "incident", on=clock.today(), what="x")
        assert not Supplier.objects.filter(name="Van Bob").exists()


def test_demands_chain_cloud_and_a_way_out_are_laid_down_or_found_lacking(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        found = make_supplier(actor, 1)
        name = found.name
        new = [states(actor, kind)[name] for kind in (facts.LEVEL, facts.DEMANDS, facts.CHAIN)]
        assert new == ["not_measured"] * 3
        suppliers.set_tier(
            actor=actor, supplier=found, tier="critical", reason="Alles hangt eraan."
        )
        theirs = contract_values(1, gibit="theirs", exit_plan="Alles gaat mee.")
        contract = add_line(actor, found, "contract", **theirs)
        assert states(actor, facts.DEMANDS) == {name: "fail"}
        lines.change(actor=actor, line=contract, values={"gibit": "2025"})
        chain = add_line(actor, found, "toeleverancier", name="Datahal Noord")
        assert states(actor, facts.CHAIN) == {name: "fail"}
        lines.change(actor=actor, line=chain, values={"accepted_on": clock.today()})
        looked = {"name": "Eigen beheer", "kind": "own", "looked_on": clock.today(), "weeks": 9}
        add_line(actor, found, "alternatief", **looked)
        done = (facts.LEVEL, facts.DEMANDS, facts.CHAIN, facts.ALTERNATIVE)
        assert [states(actor, kind)[name] for kind in done] == ["pass"] * 4
        scores = {one.id: {"seal": 2} for one in sovereignty.objectives()}
        seen = {"service": "Zaken", "assessed_on": clock.today(), "source": "Audit"}
        cloud = add_line(actor, found, "soevereiniteit", **seen, scores=scores, wanted=3)
        assert states(actor, facts.CLOUD) == {name: "fail"}
        lines.change(actor=actor, line=cloud, values={"wanted": 2})
        assert states(actor, facts.CLOUD) == {name: "pass"}
        lines.change(actor=actor, line=contract, values={"exit_plan": ""})
        assert states(actor, facts.CLOUD) == {name: "fail"}
        other = make_supplier(actor, 2)
        decided = {"tier": "critical", "reason": "Alles hangt eraan."}
        suppliers.set_tier(actor=actor, supplier=other, **decided)
        with clock.moved_to(clock.now() + 100 * DAY):
            watching.look(actor.organisation_id)
            late = (facts.CHAIN, facts.ALTERNATIVE)
            assert [states(actor, kind)[other.name] for kind in late] == ["fail", "fail"]


def test_who_leans_on_nobody_is_no_unknown_chain(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        wanted = Wanted("Eenmanszaak", leans="no")
        found = suppliers.add(actor=actor, wanted=wanted)
        suppliers.set_tier(actor=actor, supplier=found, tier="critical", reason="Alles.")
        start = clock.now()
        with clock.moved_to(start + 100 * DAY):
            watching.look(actor.organisation_id)
            assert states(actor, facts.CHAIN) == {"Eenmanszaak": "pass"}
        with clock.moved_to(start + 101 * DAY):
            suppliers.change(actor=actor, supplier=found, wanted=replace(wanted, leans="yes"))
            assert states(actor, facts.CHAIN) == {"Eenmanszaak": "fail"}
        with clock.moved_to(start + 102 * DAY):
            suppliers.change(actor=actor, supplier=found, wanted=wanted)
            assert states(actor, facts.CHAIN) == {"Eenmanszaak": "pass"}
        with clock.moved_to(start + 103 * DAY):
            add_line(actor, found, "toeleverancier", name="Datahal Noord")
            assert states(actor, facts.CHAIN) == {"Eenmanszaak": "fail"}
        with pytest.raises(Refused):
            suppliers.add(actor=actor, wanted=Wanted("Ander", leans="misschien"))


def test_suppliers_of_who_provides_to_us_are_known_by_agreement_alone(
    acting: Acting, alice: User, charlie: User
) -> None:
    taker = actor_of(charlie)
    with acting(alice) as actor:
        wanted = AssetWanted("Platform", "platform", party="Wolkhuis", jurisdiction="US")
        made = assets.add(actor=actor, wanted=wanted)
        service = publications.publish(actor=actor, asset=made, wanted=ServiceWanted("Platform"))
        them = Organisation.objects.get(pk=taker.organisation_id)
        co_operate(actor, them)
        publications.show_to(actor=actor, publication=service, takers=[them])
        giver = secretary(actor.organisation_id, actor.user_id)
    with acting(charlie) as actor:
        (shown,) = offered(actor.organisation_id)
        ours = taking.take(actor=actor, service=shown.service)
        task = asset(actor, "task", "Bijstand", statutory=True)
        Dependency.objects.create(
            organisation_id=actor.organisation_id, dependent=task, needed=ours,
            added_at=clock.now(),
        )  # fmt: skip
        found = suppliers.add(actor=actor, wanted=Wanted("wolkhuis"))
        watching.reckon(organisation_id=actor.organisation_id)
        found.refresh_from_db()
        assert (found.tier, behind(seen(actor, "proef"))) == ("", [])
    receiver = secretary(taker.organisation_id, taker.user_id)
    in_force(giver, receiver, records=["landscape"], detail="fact")
    with acting(charlie) as actor:
        watching.reckon(organisation_id=actor.organisation_id)
        found.refresh_from_db()
        assert found.tier == Tier.CRITICAL
        (row,) = behind(seen(actor, "proef"))
        assert (row.name, row.provider, row.country, row.tasks) == (
            "Wolkhuis", "Dijkerveen", "US", 1,
        )  # fmt: skip


def relied_on(actor: Actor) -> Asset:
    """Let a statutory task need a system of Suitemaker."""
    task = assets.add(actor=actor, wanted=AssetWanted("Bijstand", "task", statutory=True))
    wanted = AssetWanted("Suite", "system", party="Suitemaker")
    system = assets.add(actor=actor, wanted=wanted)
    depend(actor=actor, dependent=task, needed=[system], wanted=DependencyWanted())
    return system


def tier_of(actor: Actor, supplier: Supplier) -> str:
    levels.find(actor.organisation_id)
    supplier.refresh_from_db()
    return supplier.tier


def test_a_contract_that_ends_on_a_day_to_come_runs_until_then(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        system = relied_on(actor)
        supplier = suppliers.add(actor=actor, wanted=Wanted("Bouwer"))
        values = contract_values(1, assets=[system.pk]) | {"notice_on": None, "ends_on": None}
        contract = Contract.objects.get(pk=add_line(actor, supplier, "contract", **values).pk)
        assert tier_of(actor, supplier) == "critical"
        on = clock.today() + 50 * DAY
        lines.end_contract(actor=actor, contract=contract, on=on, reason="Opgezegd.")
        assert tier_of(actor, supplier) == "critical"
        items = due.items(actor.organisation_id, clock.now() + 60 * DAY, lambda _right: True)
        assert on in [one.at for one in items if one.kind == "suppliers"]
        with clock.moved_to(clock.now() + 52 * DAY):
            assert tier_of(actor, supplier) != "critical"


def test_a_supplier_keeps_its_party_when_that_is_renamed(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        relied_on(actor)
        wanted = Wanted("Suitemaker")
        supplier = suppliers.add(actor=actor, wanted=wanted)
        parties.keep(actor=actor, name="Suitemaker Nederland BV", party=supplier.party)
        suppliers.change(actor=actor, supplier=supplier, wanted=replace(wanted, phone="112"))
        assert (supplier.party is None, tier_of(actor, supplier)) == (False, "critical")
