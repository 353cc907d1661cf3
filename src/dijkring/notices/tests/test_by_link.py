# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links for people without a login: used once, expired, withdrawn, forwarded, guessed, left."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkring.actions import services as actions
from dijkring.actions.models import Action, ActionLine
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.notices import by_link
from dijkring.notices.models import Ask, LinkToken, LinkUse, Notice
from dijkring.notices.services import asking
from dijkring.notices.tests.objects import ask_of
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member, end_membership
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

DAY = timedelta(days=1)
ANSWER = {"name": "Sanne Vos", "text": "In mei, met de leverancier erbij."}


def linked(actor: Actor, **values: Any) -> tuple[Ask, str]:
    ask = ask_of(actor, **values)
    return ask, reverse("by_link", args=[asking.make_link(actor=actor, ask=ask)])


@pytest.fixture
def asked(acting: Acting, alice: User) -> tuple[Ask, str]:
    """An ask of Alice, and the address that Sanne got."""
    with acting(alice) as actor:
        return linked(actor)


def uses(acting: Acting, alice: User, ask: Ask) -> list[tuple[str, bool]]:
    with acting(alice):
        return [(use.outcome, use.other_name) for use in LinkUse.objects.filter(ask=ask)]


def now_of(acting: Acting, alice: User, ask: Ask) -> Ask:
    with acting(alice):
        return Ask.objects.get(pk=ask.pk)


def test_an_answer_is_taken_once_and_the_asker_is_told(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    ask, address = asked
    page = client.get(address)
    assert page.status_code == 200
    assert "Sanne Vos" in page.content.decode()
    assert ask.question in page.content.decode()
    assert client.post(address, ANSWER).status_code == 200
    again = client.post(address, {**ANSWER, "text": "Toch in juni."})
    assert again.status_code == 410
    kept = now_of(acting, alice, ask)
    assert (kept.state, kept.answer, kept.other_name) == ("answered", ANSWER["text"], False)
    assert uses(acting, alice, ask) == [("used", False), ("answered", False)]
    with acting(alice):
        assert Notice.objects.get(user=alice).kind == "ask.answered"


def test_an_answer_stands_among_the_comments_of_the_action(
    client: Client, client_of: ClientOf, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    ask, address = asked
    with acting(alice) as actor:
        action = Action.objects.get(pk=ask.subject_id)
        actions.comment(actor=actor, action=action, text="Ik vraag het aan Sanne.")
    client.post(address, {**ANSWER, "name": "Een ander"})
    page = client_of(alice).get(f"/o/dijkerveen/acties/{ask.subject_id}/").content.decode()
    comments = page[page.index('id="comments"') :]
    assert comments.index("Ik vraag het aan Sanne.") < comments.index(ANSWER["text"])
    assert "Een ander, met een link" in comments
    assert ask.question in comments
    assert "een andere naam dan die van wie het is gevraagd" in comments


def test_reading_changes_nothing_and_keeps_the_address_secret(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    response = client.get(asked[1])
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert set(client.cookies) <= {"csrftoken"}
    assert uses(acting, alice, asked[0]) == []
    assert now_of(acting, alice, asked[0]).state == "open"


def test_an_answer_needs_no_cookie_and_other_methods_do_nothing(
    acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    for method in ("put", "delete", "patch"):
        assert getattr(Client(), method)(asked[1]).status_code == 405
    assert uses(acting, alice, asked[0]) == []
    assert Client(enforce_csrf_checks=True).post(asked[1], ANSWER).status_code == 200


def test_what_is_empty_is_not_taken(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    for answer in ({"name": "", "text": "Ja."}, {"name": "Sanne", "text": "  "}, {}):
        assert client.post(asked[1], answer).status_code == 422
    assert now_of(acting, alice, asked[0]).state == "open"


def test_a_forwarded_link_shows_who_was_meant_and_tells_who_answered(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str], client_of: ClientOf
) -> None:
    ask, address = asked
    client.post(address, {**ANSWER, "name": "Tim de Boer"})
    kept = now_of(acting, alice, ask)
    assert (kept.answered_by, kept.other_name) == ("Tim de Boer", True)
    assert uses(acting, alice, ask) == [("answered", True)]
    page = client_of(alice).get(reverse("notices:ask", args=["dijkerveen", ask.pk]))
    assert "Tim de Boer" in page.content.decode()


def test_an_expired_link_takes_nothing_and_its_use_is_logged(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    ask, address = asked
    with clock.moved_to(ask.expires_at - timedelta(seconds=1)):
        assert client.get(address).status_code == 200
    with clock.moved_to(ask.expires_at):
        assert client.get(address).status_code == 410
        assert client.post(address, ANSWER).status_code == 410
        assert now_of(acting, alice, ask).state == "expired"
    assert uses(acting, alice, ask) == [("expired", False)]


def test_a_withdrawn_link_takes_nothing(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    ask, address = asked
    with acting(alice) as actor:
        asking.withdraw(actor=actor, ask=ask, reason="Al bekend via de leverancier.")
    assert client.get(address).status_code == 410
    assert client.post(address, ANSWER).status_code == 410
    assert uses(acting, alice, ask) == [("withdrawn", False)]
    with acting(alice) as actor, pytest.raises(Refused):
        asking.withdraw(actor=actor, ask=ask, reason="Nog een keer.")


def test_a_guessed_link_leads_nowhere(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    for token in (secrets.token_urlsafe(32), "x", asked[1].split("/")[-2].swapcase()):
        address = reverse("by_link", args=[token])
        assert client.get(address).status_code == 404
        assert client.post(address, ANSWER).status_code == 404
    assert uses(acting, alice, asked[0]) == []


def test_of_a_link_only_its_hash_is_kept(
    acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    token = asked[1].split("/")[-2]
    with acting(alice):
        kept = LinkToken.objects.get(ask=asked[0]).token_hash
    assert len(token) >= 43
    assert token not in kept
    assert len(kept) == 64


def test_a_link_whose_matter_is_over_says_so(
    client: Client, acting: Acting, alice: User, asked: tuple[Ask, str]
) -> None:
    ask, address = asked
    with acting(alice) as actor:
        action = Action.objects.get(pk=ask.object_id)
        actions.move(actor=actor, action=action, to="done", reason="Getest.")
    assert client.post(address, ANSWER).status_code == 410
    assert uses(acting, alice, ask) == [("gone", False)]


def test_when_the_asker_leaves_the_link_stops(
    client: Client, acting: Acting, alice: User, fatima: User, asked: tuple[Ask, str]
) -> None:
    with acting(fatima):
        Membership.objects.filter(user=alice).update(until=clock.now())
    assert client.get(asked[1]).status_code == 410
    assert client.post(asked[1], ANSWER).status_code == 410


def test_a_stranger_to_the_right_cannot_ask(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Noodstroom")
        offers = by_link.page_of("action", actor, action.pk)
    with acting(bob) as actor:
        assert offers is not None
        assert by_link.page_of("action", actor, action.pk) is None
        with pytest.raises(Forbidden):
            ask_of(actor)
        with pytest.raises(Forbidden):
            asking.ask(
                actor=actor,
                subject="action",
                subject_id=action.pk,
                offer=offers.offers[0],
                name="Sanne",
                email="s@example.org",
                question="Klaar?",
            )


def test_an_object_of_another_organisation_is_not_there_to_ask_about(
    acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Noodstroom")
    with acting(charlie) as actor:
        assert by_link.page_of("action", actor, action.pk) is None


def test_terms_and_numbers_are_bounded(
    acting: Acting, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(alice) as actor:
        for days in (0, asking.MOST_DAYS + 1):
            with pytest.raises(Refused):
                ask_of(actor, days=days)
        monkeypatch.setattr(asking, "MOST_A_DAY", 2)
        ask_of(actor)
        ask_of(actor)
        with pytest.raises(Refused):
            ask_of(actor)


def line_ask(actor: Actor, kind: str = "") -> tuple[Ask, ActionLine]:
    action = actions.open_action(
        actor=actor, title="Back-up", subjects=["server-1"], origin_kind=kind
    )
    line = action.lines.get()
    page = by_link.page_of("action", actor, action.pk)
    assert page is not None
    ask = asking.ask(
        actor=actor,
        subject="action",
        subject_id=action.pk,
        offer=page.offers[1],
        name="Sanne Vos",
        email="s.vos@example.org",
        question="Is dit klaar?",
    )
    return ask, line


def test_a_report_of_a_line_is_a_proposal_until_the_owner_closes_it(
    client: Client, client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        ask, line = line_ask(actor)
        address = reverse("by_link", args=[asking.make_link(actor=actor, ask=ask)])
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=ask)
    client.post(address, {"name": "Sanne Vos", "text": "Gisteren vervangen."})
    page = client_of(alice).get(reverse("actions:action", args=["dijkerveen", line.action_id]))
    assert "Gisteren vervangen." in page.content.decode()
    with acting(alice):
        assert ActionLine.objects.get(pk=line.pk).closed_at is None
    settle = reverse("notices:settle", args=["dijkerveen", ask.pk])
    assert client_of(alice).post(settle).status_code == 302
    with acting(alice) as actor:
        closed = ActionLine.objects.select_related("action").get(pk=line.pk)
        assert closed.proof is None
        assert "Sanne Vos" in closed.end_reason
        assert closed.action.state == "done"
        assert Ask.objects.get(pk=ask.pk).state == "settled"
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=ask)


def test_what_is_measured_is_closed_by_a_measurement_only(
    client: Client, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        ask, line = line_ask(actor, "surface.web-tls.tls_version")
        address = reverse("by_link", args=[asking.make_link(actor=actor, ask=ask)])
    client.post(address, {"name": "Sanne Vos", "text": "Vervangen."})
    with acting(alice) as actor:
        with pytest.raises(Refused):
            asking.settle(actor=actor, ask=Ask.objects.get(pk=ask.pk))
        with pytest.raises(Refused):
            actions.end_reported_line(
                actor=actor, line=ActionLine.objects.get(pk=line.pk), reason="Gemeld."
            )


def test_the_form_asks_and_without_a_mail_server_shows_the_link_once(
    client: Client, client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Noodstroom")
    address = reverse("notices:new_ask", args=["dijkerveen", "action", action.pk])
    values = {
        "offer": f"action-question:{action.pk}",
        "name": "Sanne Vos\r\nBcc: ander@example.org",
        "email": "s.vos@example.org",
        "question": "Wanneer?",
        "days": "7",
        "ladder": "usual",
        "language": "nl",
    }
    response = client_of(alice).post(address, values)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "/taak/" in response.content.decode()
    with acting(alice):
        kept = Ask.objects.get()
        assert (kept.name, kept.ladder) == ("Sanne Vos Bcc: ander@example.org", [3])
    refused = client_of(alice).post(address, {**values, "offer": "judgement:1", "email": "geen"})
    assert refused.status_code == 422


def test_leaving_hands_open_asks_to_the_successor_or_withdraws_them(
    client: Client, acting: Acting, alice: User, fatima: User, bob: User
) -> None:
    with acting(alice) as actor:
        add_member(organisation_id=actor.organisation_id, user=bob, role="ciso")
        ask, address = linked(actor)
        members = {row.user_id: row for row in Membership.objects.filter(until=None)}
    with acting(bob) as actor:
        done = end_membership(
            actor=actor,
            membership=members[alice.pk],
            reason="Andere baan.",
            successor=Membership.objects.get(user=fatima, until=None),
        )
        assert any("1" in line for line in done)
        assert Ask.objects.get(pk=ask.pk).asked_by == fatima
    assert client.post(address, ANSWER).status_code == 200
    with acting(fatima) as actor:
        assert Notice.objects.get().user == fatima
        second, address = linked(actor)
    with acting(bob) as actor:
        leaver = Membership.objects.get(user=fatima, until=None)
        end_membership(actor=actor, membership=leaver, reason="Met pensioen.")
        assert Ask.objects.get(pk=second.pk).state == "withdrawn"
        assert not Notice.objects.exists()
    assert client.post(address, ANSWER).status_code == 410


def test_the_address_of_a_link_stays_out_of_the_log(
    client: Client, asked: tuple[Ask, str], caplog: pytest.LogCaptureFixture
) -> None:
    token = asked[1].split("/")[-2]
    client.post(asked[1], {})
    client.post(asked[1], ANSWER)
    client.post(asked[1], ANSWER)
    assert token not in caplog.text
