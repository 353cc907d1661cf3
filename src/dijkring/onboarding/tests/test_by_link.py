# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A verdict from before, put to a process owner by link and taken over by who may judge."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement
from dijkring.notices import by_link
from dijkring.notices.models import Ask
from dijkring.notices.services import asking
from dijkring.onboarding.by_link import PURPOSE, SUBJECT
from dijkring.onboarding.models import TakenOver
from dijkring.onboarding.services import bringing, files, planning, taken_over
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

Asked = tuple[Ask, str]


@pytest.fixture
def asked(acting: Acting, alice: User) -> Asked:
    """A verdict that was brought in, put to Sanne, and the address she got."""
    with acting(alice) as actor:
        body = "Nr;Oordeel;Toelichting\n5.14.01;voldaan;In orde\n"
        intake = files.keep(
            actor=actor, kind="judgements", name="oud.csv", content=BytesIO(body.encode())
        )
        mark = planning.plan(actor=actor, intake=intake).mark
        bringing.confirm(actor=actor, intake=intake, mark=mark)
        return ask(actor, TakenOver.objects.get())


def ask(actor: Actor, row: TakenOver) -> Asked:
    page = by_link.page_of(SUBJECT, actor, row.requirement_id)
    assert page is not None
    found = asking.ask(
        actor=actor,
        subject=SUBJECT,
        subject_id=row.requirement_id,
        offer=next(one for one in page.offers if one.purpose == PURPOSE),
        name="Sanne Vos",
        email="s.vos@example.org",
        question="Klopt dit nog voor uw team?",
    )
    return found, reverse("by_link", args=[asking.make_link(actor=actor, ask=found)])


def answer(address: str, choice: str, text: str = "") -> int:
    values = {"name": "Sanne Vos", "choice": choice, "text": text}
    return Client().post(address, values).status_code


def test_the_answer_is_a_proposal_that_becomes_a_judgement(
    asked: Asked, acting: Acting, alice: User, client_of: ClientOf
) -> None:
    found, address = asked
    page = Client().get(address).content.decode()
    assert "In orde" in page
    assert "Ja, voor wat er is" in page
    assert answer(address, "existence", "Vorige week nagelopen.") == 200
    with acting(alice):
        assert not Judgement.objects.exists(), "an answer changes nothing by itself"
    take = reverse("notices:settle", args=["dijkerveen", found.pk])
    assert client_of(alice).post(take).status_code == 302
    with acting(alice):
        made = Judgement.objects.get()
        assert (made.layer, made.line, made.verdict) == ("existence", "owner", "met")
        assert made.judged_by == alice
        for words in ("Sanne Vos", "Vorige week nagelopen.", "oud.csv", "In orde"):
            assert words in made.reason
        assert made.valid_until is not None
        assert TakenOver.objects.get().judgements == [made.pk]


def test_all_three_layers(asked: Asked, acting: Acting, alice: User) -> None:
    found, address = asked
    assert answer(address, "all") == 200
    with acting(alice) as actor:
        asking.settle(actor=actor, ask=Ask.objects.get(pk=found.pk))
        layers = set(Judgement.objects.values_list("layer", flat=True))
        assert layers == {"design", "existence", "operation"}


def test_a_no_is_not_taken_over(asked: Asked, acting: Acting, alice: User) -> None:
    found, address = asked
    assert answer(address, by_link.DISAGREE) == 422, "a no needs words"
    assert answer(address, by_link.DISAGREE, "Dit is vervangen.") == 200
    with acting(alice) as actor:
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=Ask.objects.get(pk=found.pk))
        assert TakenOver.objects.get().ended_at is None


def test_what_was_dealt_with_meanwhile_closes_the_link(
    asked: Asked, acting: Acting, alice: User
) -> None:
    _found, address = asked
    with acting(alice) as actor:
        taken_over.set_aside(actor=actor, rows=[TakenOver.objects.get()], reason="Vervallen.")
    assert answer(address, "all") == 410


def test_set_aside_after_the_answer_there_is_nothing_to_take_over(
    asked: Asked, acting: Acting, alice: User
) -> None:
    found, address = asked
    assert answer(address, "all") == 200
    with acting(alice) as actor:
        taken_over.set_aside(actor=actor, rows=[TakenOver.objects.get()], reason="Vervallen.")
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=Ask.objects.get(pk=found.pk))


def test_the_page_of_the_requirement_offers_both(
    asked: Asked, acting: Acting, alice: User, client_of: ClientOf
) -> None:
    with acting(alice):
        leaf = TakenOver.objects.get().requirement_id
    address = reverse("notices:new_ask", args=["dijkerveen", SUBJECT, leaf])
    page = client_of(alice).get(address).content.decode()
    assert "Geldt dit van eerder nog: 5.14.01" in page
    assert "requirement-question" in page
