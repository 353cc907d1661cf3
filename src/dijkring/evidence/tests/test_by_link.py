# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody without a login says of a judgement is a proposal, until it is confirmed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement
from dijkring.evidence.services import judgements
from dijkring.notices import by_link
from dijkring.notices.models import Ask
from dijkring.notices.services import asking
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.objects import leaf

HELD = timedelta(days=200)


def judge(actor: Actor) -> Judgement:
    requirement = leaf(3)
    return judgements.judge(
        actor=actor,
        requirement=requirement,
        layer=requirement.layers[0],
        line="owner",
        verdict="met",
        reason="Vastgesteld door de directie.",
        valid_until=clock.now() + HELD,
    )


def asked(actor: Actor, judged: Judgement) -> tuple[Ask, str]:
    page = by_link.page_of("requirement", actor, judged.requirement_id)
    assert page is not None
    offer = next(one for one in page.offers if one.key == f"judgement:{judged.pk}")
    ask = asking.ask(
        actor=actor,
        subject="requirement",
        subject_id=judged.requirement_id,
        offer=offer,
        name="Sanne Vos",
        email="s.vos@example.org",
        question="Werkt u nog zo?",
    )
    return ask, reverse("by_link", args=[asking.make_link(actor=actor, ask=ask)])


def test_a_confirmed_answer_becomes_a_judgement_of_the_asker(
    client: Client, client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        judged = judge(actor)
        ask, address = asked(actor, judged)
    page = client.get(address).content.decode()
    assert judged.reason in page
    answer = {"name": "Sanne Vos", "choice": "agree", "text": "Elke maand nagelopen."}
    assert client.post(address, {**answer, "choice": ""}).status_code == 422
    assert client.post(address, answer).status_code == 200
    with acting(alice):
        assert Judgement.objects.get(pk=judged.pk).superseded_at is None
    settle = reverse("notices:settle", args=["dijkerveen", ask.pk])
    assert client_of(alice).post(settle).status_code == 302
    with acting(alice):
        new = Judgement.objects.get(
            requirement=judged.requirement, superseded_at=None, layer=judged.layer
        )
        assert new.pk != judged.pk
        assert (new.verdict, new.line, new.judged_by_id) == ("met", "owner", alice.pk)
        assert "Sanne Vos" in new.reason
        assert new.valid_until is not None
        assert abs(new.valid_until - new.judged_at - HELD) < timedelta(minutes=1)


def test_a_no_needs_words_and_is_never_taken_over(
    client: Client, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        judged = judge(actor)
        ask, address = asked(actor, judged)
    no = {"name": "Sanne Vos", "choice": "disagree"}
    assert client.post(address, no).status_code == 422
    assert client.post(address, {**no, "text": "Het team is opgeheven."}).status_code == 200
    with acting(alice) as actor:
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=Ask.objects.get(pk=ask.pk))
        assert Judgement.objects.get(pk=judged.pk).superseded_at is None


def test_a_judgement_that_was_replaced_meanwhile_is_not_asked_about_any_more(
    client: Client, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        _ask, address = asked(actor, judge(actor))
        judge(actor)
    assert client.get(address).status_code == 410


def test_the_panel_shows_what_was_asked_on_the_page_of_the_requirement(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        ask, _address = asked(actor, judge(actor))
    page = reverse("evidence:requirement", args=["dijkerveen", ask.subject_id])
    assert reverse("notices:new_ask", args=["dijkerveen", "requirement", ask.subject_id]) in (
        client_of(alice).get(page).content.decode()
    )
    seen = client_of(bob).get(page).content.decode()
    assert ask.question in seen
    assert ask.email not in seen
