# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mentions in comments: who is meant, who is told, and who is not."""

import pytest
from django.urls import reverse

from dijkring.actions import services
from dijkring.actions.mentions import Unclear, mentioned
from dijkring.core.errors import Refused
from dijkring.notices.models import Notice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

PEOPLE = {1: "Jan de Wit", 2: "Jan Bakker", 3: "Noor El-Amrani", 4: "Noor El-Amrani Smit"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kijk jij, @Jan de Wit?", {1}),
        ("@JAN BAKKER, en @noor el-amrani.", {2, 3}),
        ("@Noor El-Amrani Smit weet het", {4}),
        ("mail naar jan@example.org of @iedereen, @", set()),
        ("(@Jan Bakker)", {2}),
        ("@Jan de Witte is een ander", None),
        ("", set()),
    ],
)
def test_who_is_meant(text: str, expected: set[int] | None) -> None:
    if expected is None:
        with pytest.raises(Unclear):
            mentioned(text, PEOPLE)
    else:
        assert mentioned(text, PEOPLE) == expected


def test_a_first_name_that_fits_one_is_enough_and_two_is_asked() -> None:
    assert mentioned("@Sanne kijkt", {7: "Sanne Vos", **PEOPLE}) == {7}
    with pytest.raises(Unclear) as unclear:
        mentioned("@Jan kijkt", PEOPLE)
    assert unclear.value.names == ["Jan Bakker", "Jan de Wit"]


def told(acting: Acting, alice: User) -> list[tuple[int, str]]:
    with acting(alice):
        return sorted(Notice.objects.values_list("user_id", "kind"))


def test_a_mention_and_the_owner_are_told_once_each(
    acting: Acting, alice: User, bob: User, fatima: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS", owner_id=fatima.pk)
        do_jobs()
    assert told(acting, alice) == [(fatima.pk, "action.yours")]
    with acting(alice) as actor:
        services.comment(actor=actor, action=action, text="@Bob de Wit en @Alice Bakker, kijk.")
        do_jobs()
    expected = [(fatima.pk, "action.yours"), (bob.pk, "action.mention")]
    expected.append((fatima.pk, "action.comment"))
    assert told(acting, alice) == sorted(expected)


def test_a_colleague_of_another_organisation_is_nobody(
    acting: Acting, alice: User, charlie: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
        services.comment(actor=actor, action=action, text="@Charlie Mulder, kijk.")
        do_jobs()
    with acting(charlie):
        assert not Notice.objects.exists()


def test_the_form_lets_one_choose_and_asks_again_when_it_is_unclear(
    acting: Acting, alice: User, bob: User, client_of: ClientOf, do_jobs: DoJobs
) -> None:
    from dijkring.organisations.services import add_member

    with acting(alice) as actor:
        action = services.open_action(actor=actor, title="TLS")
        other = User.objects.create_user("bob2@example.org", name="Bob Jansen")
        add_member(organisation_id=actor.organisation_id, user=other, role="reader")
        with pytest.raises(Refused):
            services.comment(actor=actor, action=action, text="@Bob, kijk.")
    address = reverse("actions:comment", args=["dijkerveen", action.pk])
    refused = client_of(alice).post(address, {"text": "@Bob, kijk.", "tell": ""})
    assert refused.status_code == 422
    assert "@Bob Jansen, @Bob de Wit" in refused.content.decode()
    taken = client_of(alice).post(address, {"text": "Kijk jij?", "tell": "Bob de Wit"})
    assert taken.status_code == 302
    do_jobs()
    assert told(acting, alice) == [(bob.pk, "action.mention")]
