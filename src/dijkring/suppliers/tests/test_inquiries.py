# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A questionnaire by link: saved as it goes, once, until it ends; and shared by agreement."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices.models import Notice
from dijkring.notices.tests.conftest import killed_while
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.suppliers import demands
from dijkring.suppliers.models import Inquiry, InquiryToken, Reply, Supplier
from dijkring.suppliers.selectors import inquiries as selectors
from dijkring.suppliers.services import buying, handing_over, inquiries, mailing, suppliers
from dijkring.suppliers.services.inquiries import Wanted
from dijkring.tests.harness.database import Clone, within
from dijkring.tests.harness.people import Acting, ClientOf

KVK = "12345678"
TOGETHER = """
INSERT INTO organisations_participation (body_id, participant_id, task, since)
SELECT b.id, p.id, 'proef', current_date FROM organisations_organisation b
JOIN organisations_organisation p ON p.slug IN ('dijkerveen', 'waterhoek')
WHERE b.slug = 'sluisland'
"""
NAMES = {"alice": "Noordersoft", "charlie": "Noordersoft BV"}


@pytest.fixture
def together(clone: Clone) -> Iterator[None]:
    """Let the two municipalities take part in one body, which only the owner can write down."""
    url = within(clone.server.superuser_url, clone.name)
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute(TOGETHER)
        yield
        superuser.execute("DELETE FROM organisations_participation WHERE task = 'proef'")


def asked(actor: Actor, name: str = "Noordersoft") -> tuple[Supplier, Inquiry, str]:
    supplier = suppliers.add(actor=actor, wanted=suppliers.Wanted(name, kvk=KVK))
    one = demands.get("haven@2026.1")
    assert one is not None
    wanted = Wanted(sets=[one], name="Sam de Boer", days=10)
    return supplier, *inquiries.ask(actor=actor, supplier=supplier, wanted=wanted)


def all_of(inquiry: Inquiry, choice: str = "yes") -> dict[str, tuple[str, str]]:
    return {row["id"]: (choice, "Zie bijlage.") for row in inquiry.demands}


def path(token: str) -> str:
    return reverse("questionnaire", args=[token])


def test_a_supplier_answers_without_an_account_in_its_own_time(
    acting: Acting, alice: User, client: Client
) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
        assert InquiryToken.objects.get().token_hash != token
    first, second = (row["id"] for row in inquiry.demands[:2])
    page = client.get(path(token))
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert inquiry.demands[0]["nl"] in page.content.decode()

    saved = client.post(path(token), {first: "partly", f"{first}.words": "Nog niet.", "save": "1"})
    assert saved.status_code == 200
    # Sending in with a demand open is refused, and keeps what was filled in.
    early = client.post(path(token), {first: "yes", second: "no", "name": "Sam", "send": "1"})
    assert early.status_code == 422
    with acting(alice):
        kept = dict(Reply.objects.exclude(choice="").values_list("demand", "choice"))
        assert kept == {first: "yes", second: "no"}

    given = {row["id"]: "yes" for row in inquiry.demands}
    done = client.post(path(token), {**given, "name": "Sam", "may_travel": "on", "send": "1"})
    assert done.status_code == 200
    again = client.post(path(token), {first: "no", "name": "Sam", "send": "1"})
    assert (again.status_code, client.get(path(token)).status_code) == (410, 410)
    with acting(alice):
        found = Inquiry.objects.get()
        assert (found.state, found.submitted_by, found.may_travel) == ("submitted", "Sam", True)
        assert found.replies.get(demand=first).choice == "yes"
        assert Notice.objects.filter(kind=inquiries.ANSWERED).exists()


def test_what_is_filled_in_is_saved_as_it_goes(acting: Acting, alice: User, client: Client) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
    first = inquiry.demands[0]["id"]

    def typed(**more: str) -> str:
        answer = client.post(path(token), {first: "partly", **more}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "<form" not in answer.content.decode()
        return answer.content.decode()

    assert f"1 van {len(inquiry.demands)} beantwoord. Opgeslagen op" in typed()
    with acting(alice):
        assert Reply.objects.get(demand=first).choice == "partly"
    assert "Niet opgeslagen" in typed(**{f"{first}.words": "x" * 100_000})
    with clock.moved_to(clock.now() + timedelta(days=11)):
        assert "niet opgeslagen" in typed()


def test_two_colleagues_fill_in_one_list_side_by_side(
    acting: Acting, alice: User, client: Client
) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
    first, second, third = (row["id"] for row in inquiry.demands[:3])

    def marks(answer: Any) -> str:
        (found,) = re.findall(r'name="as_shown" value="([^"]*)"', answer.content.decode())
        return html.unescape(found)

    def saved(shown: str, **typed: str) -> str:
        posted = {first: "", second: "", third: "", "as_shown": shown, **typed}
        return marks(client.post(path(token), posted, headers={"HX-Request": "true"}))

    def kept() -> dict[str, tuple[str, str]]:
        with acting(alice):
            rows = Reply.objects.values_list("demand", "choice", "words")
            return {demand: (choice, words) for demand, choice, words in rows}

    mine = theirs = marks(client.get(path(token)))
    mine = saved(mine, **{first: "yes"})
    theirs = saved(theirs, **{second: "no", f"{second}.words": "Volgend jaar."})
    assert kept() == {first: ("yes", ""), second: ("no", "Volgend jaar.")}
    mine = saved(mine, **{first: "yes", third: "na"})
    # Back to what the page said at first, and one half of an answer beside the other half.
    mine = saved(mine, **{first: "", third: "na", f"{second}.words": "Al geregeld."})
    assert kept() == {first: ("", ""), second: ("no", "Al geregeld."), third: ("na", "")}
    # What is wrong keeps its marks: nothing of it was saved.
    wrong = {first: "yes", "as_shown": mine, f"{third}.words": "x" * 3000, "save": "1"}
    refused = client.post(path(token), wrong)
    assert (refused.status_code, marks(refused)) == (422, mine)
    saved(mine, **{first: "yes", third: "na", f"{second}.words": "Al geregeld."})
    # Sending in takes what both said: an answer that this page never showed stays.
    rest = {row["id"]: "yes" for row in inquiry.demands[2:]}
    said = {second: "no", f"{second}.words": "Volgend jaar.", **rest}
    sent = client.post(path(token), {**said, "as_shown": theirs, "name": "Sam", "send": "1"})
    assert sent.status_code == 200
    assert kept()[first] == ("yes", "")
    assert kept()[second] == ("no", "Al geregeld.")


def test_a_link_that_ended_takes_nothing(acting: Acting, alice: User, client: Client) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
        newer = inquiries.new_link(actor=actor, inquiry=inquiry)
    first = inquiry.demands[0]["id"]
    assert client.get(path(token)).status_code == 404
    assert client.get(path("nergens")).status_code == 404
    with clock.moved_to(clock.now() + timedelta(days=11)):
        late = client.post(path(newer), {first: "yes", "save": "1"})
        assert late.status_code == 410
        assert inquiries.answer(token=newer, replies=all_of(inquiry)) is not None
    with acting(alice) as actor:
        assert not Reply.objects.exists()
        inquiries.withdraw(actor=actor, inquiry=inquiry, reason="Verkeerde leverancier.")
    assert client.get(path(newer)).status_code == 410


def test_what_is_not_in_the_list_is_refused_whole(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
    first = inquiry.demands[0]["id"]
    for replies in (
        {first: ("yes", ""), "haven.anders": ("yes", "")},
        {first: ("misschien", "")},
        {first: ("yes", "x" * 2001)},
    ):
        with pytest.raises(Refused):
            inquiries.answer(token=token, replies=replies)
    with acting(alice):
        assert not Reply.objects.exists()


def answer_for(acting: Acting, user: User, name: str, *, may_travel: bool) -> None:
    with acting(user) as actor:
        _supplier, inquiry, token = asked(actor, name)
    inquiries.answer(
        token=token, replies=all_of(inquiry), name="Sam", submit=True, may_travel=may_travel
    )


def test_an_answer_travels_only_when_all_three_agree(
    acting: Acting, alice: User, charlie: User
) -> None:
    answer_for(acting, charlie, NAMES["charlie"], may_travel=True)
    with acting(alice) as actor:
        ours = suppliers.add(actor=actor, wanted=suppliers.Wanted(NAMES["alice"], kvk=KVK))
        other = suppliers.add(actor=actor, wanted=suppliers.Wanted("Anders", kvk="87654321"))
        inquiries.share(actor=actor, what="answers")
        assert selectors.shared() == []
    with acting(charlie) as actor:
        inquiries.share(actor=actor, what="answers")
    with acting(alice) as actor:
        (offered,) = selectors.shared()
        assert (offered.supplier_id, offered.submitted_by) == (ours.pk, "Sam")
        with pytest.raises(Refused):
            inquiries.take_over(actor=actor, supplier=other, inquiry_id=offered.inquiry_id)
        kept = inquiries.take_over(actor=actor, supplier=ours, inquiry_id=offered.inquiry_id)
        assert (kept.taken_from, kept.state) == ("Waterhoek", "submitted")
        rows = selectors.compare([kept])
        assert {row.replies[0].choice for row in rows if row.replies[0]} == {"yes"}
        inquiries.stop_sharing(actor=actor, what="answers")
        assert selectors.shared() == []
    # What the supplier wants to keep between the two stays there.
    with acting(charlie):
        Inquiry.objects.update(may_travel=False)
    with acting(alice) as actor:
        inquiries.share(actor=actor, what="answers")
        assert selectors.shared() == []


@pytest.mark.parametrize("odd", ["²", "9" * 5000])
def test_an_odd_number_compares_all(
    acting: Acting, client_of: ClientOf, alice: User, odd: str
) -> None:
    answer_for(acting, alice, NAMES["alice"], may_travel=False)
    address = reverse("suppliers:compare", args=["dijkerveen"])
    page = client_of(alice).get(address, {"which": odd})
    assert page.status_code == 200
    assert NAMES["alice"] in page.content.decode()


def test_the_calendar_is_seen_by_who_shares_it_around_us(
    acting: Acting, alice: User, charlie: User, together: None
) -> None:
    with acting(charlie) as actor:
        for name, shared in (("Zaaksysteem", True), ("Geheim", False)):
            buying.plan(actor=actor, values={"name": name, "shared": shared, "note": "intern"})
        inquiries.share(actor=actor, what="calendar")
    with acting(alice) as actor:
        assert selectors.shared_procurements() == []
        inquiries.share(actor=actor, what="calendar")
        assert [one.name for one in selectors.shared_procurements()] == ["Zaaksysteem"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM door_shared_procurements(current_date, 10)")
        assert cursor.fetchall() == []


def test_a_link_is_mailed_when_a_person_asks_and_works(
    acting: Acting, alice: User, client: Client, settings: Any, mailoutbox: list[Any]
) -> None:
    with acting(alice) as actor:
        _supplier, inquiry, token = asked(actor)
        Inquiry.objects.update(email="sam@example.org")
        with pytest.raises(Refused):
            mailing.ask_to_mail(actor=actor, inquiry=inquiry)
        settings.EMAIL_HOST = "mail.example.org"
        ids = {"organisation_id": actor.organisation_id, "inquiry_id": inquiry.pk}
        mailing.ask_to_mail(actor=actor, inquiry=inquiry)
        with pytest.raises(Refused):
            mailing.ask_to_mail(actor=actor, inquiry=inquiry)
    killed_while(lambda: mailing.mail_link(**ids))
    assert (mailing.mail_link(**ids), mailing.mail_link(**ids)) == (True, False)
    (letter,) = mailoutbox
    assert letter.to == ["sam@example.org"]
    (address,) = re.findall(r"https?://\S+/\S{40,}/", letter.body)
    assert client.get(path(token)).status_code in (404, 410)
    assert client.get(urlparse(address).path).status_code == 200
    with acting(alice):
        found = Inquiry.objects.get()
        assert found.mailed_at is not None
        assert not mailing.waiting(found)


def test_one_name_with_another_number_is_another_supplier(
    acting: Acting, alice: User, charlie: User, together: None
) -> None:
    answer_for(acting, charlie, "Noordersoft", may_travel=True)
    with acting(alice) as actor:
        us = Organisation.objects.get(pk=actor.organisation_id)
        wanted = suppliers.Wanted("Noordersoft", kvk="87654321")
        ours = suppliers.add(actor=actor, wanted=wanted)
        inquiries.share(actor=actor, what="answers")
    with acting(charlie) as actor:
        inquiries.share(actor=actor, what="answers")
        sent = handing_over.hand_over(actor=actor, inquiry=Inquiry.objects.get(), receiver=us)
    assert handovers.take(receiver_id=us.pk, handover_id=sent.pk)
    with acting(alice) as actor:
        (waits,) = selectors.handed_over(us.pk)
        kept = handing_over.accept(actor=actor, handover=waits)
        assert kept.supplier != ours
        assert (kept.supplier.name, kept.supplier.kvk) == (f"Noordersoft (KvK {KVK})", KVK)


def test_answers_are_handed_over_between_two_that_agreed(
    acting: Acting, alice: User, charlie: User, together: None
) -> None:
    answer_for(acting, charlie, NAMES["charlie"], may_travel=True)
    with acting(alice) as actor:
        us = Organisation.objects.get(pk=actor.organisation_id)
    with acting(charlie) as actor:
        inquiry = Inquiry.objects.get()
        with pytest.raises(Refused):
            handing_over.hand_over(actor=actor, inquiry=inquiry, receiver=us)
        inquiries.share(actor=actor, what="answers")
        refused = handing_over.hand_over(actor=actor, inquiry=inquiry, receiver=us)
    assert handovers.take(receiver_id=us.pk, handover_id=refused.pk)
    with acting(charlie) as actor:
        refused.refresh_from_db()
        assert refused.refusal
    with acting(alice) as actor:
        inquiries.share(actor=actor, what="answers")
        assert selectors.handed_over(us.pk) == []
    with acting(charlie) as actor:
        sent = handing_over.hand_over(actor=actor, inquiry=inquiry, receiver=us)
        sent_more = handing_over.hand_over(actor=actor, inquiry=inquiry, receiver=us)
    for one in (sent, sent_more):
        assert handovers.take(receiver_id=us.pk, handover_id=one.pk)
    with acting(alice) as actor:
        first, second = selectors.handed_over(us.pk)
        kept = handing_over.accept(actor=actor, handover=first)
        assert (kept.taken_from, kept.supplier.kvk, kept.replies.count()) == (
            "Waterhoek", KVK, len(kept.demands),
        )  # fmt: skip
        with pytest.raises(Refused):
            handing_over.accept(actor=actor, handover=first)
        handing_over.decline(actor=actor, handover=second, reason="Dubbel.")
    with acting(charlie):
        rows = Handover.objects.filter(pk__in=[sent.pk, sent_more.pk]).order_by("pk")
        assert list(rows.values_list("answer", flat=True)) == ["accepted", "declined"]
        Inquiry.objects.update(may_travel=False)
    with acting(charlie) as actor, pytest.raises(Refused):
        handing_over.hand_over(actor=actor, inquiry=inquiry, receiver=us)
