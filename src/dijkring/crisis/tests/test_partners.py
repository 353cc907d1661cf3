# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of partners: nothing that the law does not give, gaps that show, cards that fit."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import transaction

from dijkring.core import clock, due, registers
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.leaving import Leaving
from dijkring.crisis import cards_sheets
from dijkring.crisis.cards import cards
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.partners import functions
from dijkring.crisis.powers import Status, lawful, measures, not_law, powers
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.selectors.cards import filled
from dijkring.crisis.selectors.powers import who_may
from dijkring.crisis.services import agreements, partners
from dijkring.crisis.services import powers as services
from dijkring.crisis.tests.partners_objects import decision, mandate, officer
from dijkring.documents import pdf
from dijkring.documents.blocks import Document
from dijkring.incidents.obligations import ours
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf


def test_the_content_hangs_together_in_both_languages() -> None:
    known = {one.id for one in ours()}
    for one in powers().values():
        assert one.holder in functions(), one.id
        assert one.measure in measures(), one.id
        assert one.article, one.id
        assert one.link.startswith("https://"), one.id
        assert all({"nl", "en"} <= set(text) for text in (one.what, one.condition, one.limit))
        assert one.status is Status.LAW or not one.mandate, one.id
    for card in cards().values():
        assert card.function in functions()
        assert set(card.powers) <= set(powers()), card.function
        assert set(card.call) <= set(functions()), card.function
        assert set(card.clocks) <= known, card.function
        for lines in (card.hour, card.decide, card.avoid):
            assert len(lines["nl"]) == len(lines["en"]) > 0, card.function


def test_what_is_no_law_is_never_a_power(acting: Acting, alice: User) -> None:
    assert lawful("online_ban") == []
    assert {one.id for one in not_law("online_ban")} == {"burgemeester.online_ban"}
    assert {one.id for one in not_law("take_down")} == {"burgemeester.removal"}
    assert "burgemeester" not in {one.holder for one in lawful("take_down")}
    with acting(alice) as actor:
        duty = officer(actor)
        agreed = decision(actor, duty)
        answers = who_may(actor.organisation_id)
        assert {held.power.status for one in answers for held in one.lawful} == {Status.LAW}
        assert [one.measure.id for one in answers if one.nobody] == ["online_ban"]
        wrong: list[dict[str, Any]] = [
            {"measure": id, "basis": basis}
            for id in ("online_ban", "take_down", "order", "close_place", "look_online", "pay")
            for basis in ("mandate", "agreement")
        ]
        # A mandate passes on a power of the same measure that its holder has (Awb 10:3).
        wrong += [
            {"measure": "disconnect", "basis": "mandate", "source": ""},
            {"measure": "disconnect", "basis": "mandate", "source": "burgemeester.order_175"},
            {"measure": "disconnect", "basis": "mandate", "source": "college.stop_data"},
            {"measure": "disconnect", "basis": "contract", "agreement": None},
            {"measure": "nergens", "basis": "agreement"},
        ]
        for values in wrong:
            full = {"what": "Mag dit.", "holder": duty, "agreement": agreed, **values}
            with pytest.raises(Refused), transaction.atomic():
                services.give(actor=actor, values=full)


def test_a_given_power_falls_with_its_ground(acting: Acting, alice: User) -> None:
    def given(id: str = "disconnect") -> list[Any]:
        return list(who_may(actor.organisation_id, id)[0].given)

    with acting(alice) as actor:
        duty = officer(actor)
        agreed = decision(actor, duty)
        power = mandate(actor, duty, agreed)
        assert given() == [power]
        assert filled(actor.organisation_id, "it_piket")[0].given == [power]
        assert given("stop_data") == []
        ended = {"ends_on": clock.today() - timedelta(days=1)}
        agreements.change(actor=actor, agreement=agreed, values=ended)
        assert given() == []
        assert [gap.args for gap in selectors.gaps(actor.organisation_id)
                if gap.url_name == "crisis:power"] == [(power.pk,)]  # fmt: skip


def test_the_national_list_is_taken_over_once(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        assert partners.begin(actor=actor) == len(functions())
        assert partners.begin(actor=actor) == 0
        rows = {row.function: row for row in selectors.in_use(actor.organisation_id)}
        # Who alone holds a role is proposed; nobody is made up where nobody is known.
        assert rows["ciso"].holder == alice
        assert rows["burgemeester"].who == ""
        assert rows["csirt"].phone_night == "070 204 55 11"
        words = [gap.words for gap in selectors.gaps(actor.organisation_id)]
        assert any(row.startswith("Burgemeester: ") or row.startswith("Mayor: ") for row in words)
        partners.retire(actor=actor, row=rows["politie"], reason="Proef met een gat.")
        assert {one.function for one in selectors.in_use(actor.organisation_id)} < set(functions())
        answer = who_may(actor.organisation_id, "order")[0]
        assert [held.holders for held in answer.lawful if held.power.holder == "politie"] == [[]]


def test_pressing_twice_takes_out_once(acting: Acting, client_of: ClientOf, alice: User) -> None:
    with acting(alice) as actor:
        duty = officer(actor)
    client, place = client_of(alice), f"/o/dijkerveen/partners/partner/{duty.pk}/"
    for path, out in (("uit-het-register", True), ("terug", False)):
        answers = [client.post(f"{place}{path}/", {"reason": "Opgeheven."}) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 422]
        with acting(alice):
            assert (Partner.objects.get(pk=duty.pk).retired_at is not None) is out


def test_a_line_can_hold_three_whole_years(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, clock.moved_to(datetime(2027, 11, 23, 12, tzinfo=UTC)):
        duty = officer(actor)
        assert duty.review_on == date(2028, 11, 23)
        partners.review(actor=actor, row=duty, again_on=date(2030, 11, 23), note="")
        with pytest.raises(Refused):
            partners.review(actor=actor, row=duty, again_on=date(2030, 11, 24), note="")


def test_what_must_be_looked_at_again_is_due(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        duty = officer(actor, review_on=clock.today() + timedelta(days=3))
        soon = clock.now() + timedelta(days=10)

        def found() -> list[str]:
            items = due.items(actor.organisation_id, soon, actor.can)
            return [one.title for one in items if one.kind == selectors.KIND]

        assert len(found()) == 1
        with pytest.raises(Refused):
            partners.review(actor=actor, row=duty, again_on=clock.today(), note="Gebeld.")
        later = clock.today() + timedelta(days=200)
        partners.review(actor=actor, row=duty, again_on=later, note="Gebeld, klopt.")
        assert found() == []
        assert (duty.reviewed_on, duty.reviewed_by_id) == (clock.today(), alice.pk)


def test_what_cannot_be_is_refused_in_words(
    acting: Acting, alice: User, bob: User, charlie: User
) -> None:
    with acting(alice) as actor:
        duty = officer(actor)
        early: dict[str, Any] = {"agreed_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}
        for attempt in (
            lambda: officer(actor),
            lambda: officer(actor, 2, name=" "),
            lambda: officer(actor, 2, email="geen adres"),
            lambda: officer(actor, 2, holder=charlie),
            lambda: officer(actor, 2, function="nergens"),
            lambda: decision(actor, duty, **early),
            lambda: decision(actor, duty, partners=[]),
        ):
            with pytest.raises(Refused), transaction.atomic():
                attempt()
    with acting(bob) as reader, pytest.raises(Forbidden):
        officer(reader, 3)


def test_a_sheet_comes_back_and_the_law_does_not_change(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        duty = officer(actor)
        mandate(actor, duty, decision(actor, duty))
        sheet = register("partners")
        line = next(iter(sheet.lines(actor.organisation_id)))
        values = {**line.values, "phone_night": "06 12", "holder": alice.email}
        write(sheet, actor, line.id, values, "phone_night")
        duty.refresh_from_db()
        assert (duty.phone_night, duty.holder) == ("06 12", alice)
        assert sheet.add is not None
        sheet.add(actor, {"kind": "partner", "name": "Waterbedrijf", "review_on": None})
        assert Partner.objects.filter(name="Waterbedrijf").exists()
        lines = list(register("powers").lines(actor.organisation_id))
        law, given = lines[0], lines[-1]
        with pytest.raises(Refused):
            write(register("powers"), actor, law.id, law.values, "limit")
        write(register("powers"), actor, given.id, {**given.values, "limit": "Klein."}, "limit")
        row = next(iter(register("partner_agreements").lines(actor.organisation_id)))
        wrong = {**row.values, "partners": "Niemand"}
        with pytest.raises(Refused):
            write(register("partner_agreements"), actor, row.id, wrong, "partners")


def register(id: str) -> registers.Register:
    found = registers.get(id)
    assert found is not None
    return found


def write(sheet: registers.Register, actor: Actor, id: str, values: Any, changed: str) -> None:
    assert sheet.change is not None
    sheet.change(actor, id, values, frozenset({changed}))


def test_every_card_is_one_page_with_the_question_on_it(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        partners.begin(actor=actor)
        reached = {"person": "Anna-Maria van der Berg", "phone_day": "0612345678"}
        for row in selectors.in_use(actor.organisation_id):
            values = {**reached, "phone_night": "0687654321", "deputy": "Pia Vos 0611111111"}
            partners.change(actor=actor, partner=row, values=values)
        duty = selectors.in_use(actor.organisation_id).get(function="it_piket")
        mandate(actor, duty, decision(actor, duty))
        found = filled(actor.organisation_id)
        texts = pages(cards_sheets.binder(found, "Dijkerveen"))
        duty_card = next(one for one in found if one.card.function == "it_piket")
        only = pages(cards_sheets.card_sheet(duty_card, "Dijkerveen"))
    assert len(texts) == 1 + len(cards())
    assert len(only) == 1
    for text in (*texts[1:], *only):
        assert "hack" in text
        assert "0687654321" in text
    assert "netwerkdeel" in only[0]


def pages(document: Document) -> list[str]:
    reader = pypdf.PdfReader(BytesIO(pdf.to_pdf(document)))
    return [page.extract_text() for page in reader.pages]


def test_who_leaves_leaves_a_gap_or_a_successor(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        duty = officer(actor, holder=bob)
        partners.leave(Leaving(actor, bob.pk, alice.pk))
        duty.refresh_from_db()
        assert duty.holder == alice
        partners.leave(Leaving(actor, alice.pk))
        duty.refresh_from_db()
        assert duty.who == ""
