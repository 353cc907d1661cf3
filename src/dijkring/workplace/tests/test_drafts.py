# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed in a long form is kept for its writer alone, and never a secret."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html  # type: ignore[import-untyped]

from dijkring.actions import services as actions
from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.workplace import selectors
from dijkring.workplace.models import FormDraft
from dijkring.workplace.services import drafts

FORM = "/o/dijkerveen/acties/nieuw/?requirement=bio2:8.13.04"
SAVE, FORGET = "/o/dijkerveen/concept/", "/o/dijkerveen/concept/weg/"


def save(client: Client, path: str = FORM, **fields: str) -> int:
    return client.post(SAVE, {"draft-address": path, **fields}).status_code


def test_draft_is_put_back_with_a_notice(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    assert save(client, title="Half af", description="Nog niet klaar") == 204
    html = client.get(FORM).content.decode()
    assert 'value="Half af"' in html
    assert "Nog niet klaar" in html
    assert FORGET in html


def test_draft_is_of_its_writer_and_of_one_form(
    client_of: ClientOf, alice: User, fatima: User
) -> None:
    save(client_of(alice), title="Half af")
    assert "Half af" not in client_of(fatima).get(FORM).content.decode()
    other = client_of(alice).get("/o/dijkerveen/acties/nieuw/").content.decode()
    assert "Half af" not in other


def test_draft_is_gone_once_the_form_has_arrived(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    save(client, title="Half af")
    assert client.post(FORM, {"title": "", "priority": "normal"}).status_code == 422
    assert "Half af" in client.get(FORM).content.decode()
    assert client.post(FORM, {"title": "Af", "priority": "normal"}).status_code == 302
    assert "Half af" not in client.get(FORM).content.decode()


def test_draft_remembers_what_its_form_showed(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Eerst")
    path, client = f"/o/dijkerveen/acties/{action.pk}/wijzigen/", client_of(alice)
    shown = html.document_fromstring(client.get(path).content.decode()).forms[-1].fields["as_shown"]
    save(client, path, title="Van mij", as_shown=shown)
    with acting(alice) as actor:
        actions.change(actor=actor, action=action, title="Van een ander")
    later = html.document_fromstring(client.get(path).content.decode()).forms[-1].fields
    assert (later["title"], later["as_shown"]) == ("Van mij", shown)
    sent = {name: value or "" for name, value in later.items()}
    answer = client.post(path, sent)
    assert (answer.status_code, "Van een ander" in answer.content.decode()) == (422, True)


def test_draft_is_thrown_away_when_asked(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    save(client, title="Half af")
    answer = client.post(FORGET, {"draft-address": FORM})
    assert answer.headers["Location"] == FORM
    assert "Half af" not in client.get(FORM).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "https://evil.example/",
        "https://evil.example/o/dijkerveen/",
        "//evil.example/o/dijkerveen/",
        "/accounts/login/",
        "",
    ],
)
def test_throwing_away_leads_nowhere_else(client_of: ClientOf, alice: User, path: str) -> None:
    answer = client_of(alice).post(FORGET, {"draft-address": path})
    assert answer.headers["Location"] == "/o/dijkerveen/"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/o/dijkerveen/vandaag/",
        "/o/waterhoek/acties/nieuw/",
        "//evil.example/o/dijkerveen/acties/nieuw/x",
        "/accounts/login/",
        "/o/dijkerveen/acties/nieuw/?" + "x" * 400,
    ],
)
def test_only_forms_of_this_organisation_have_drafts(
    client_of: ClientOf, alice: User, path: str
) -> None:
    assert save(client_of(alice), path, title="x") == 400


def test_form_that_one_may_not_send_has_no_draft(client_of: ClientOf, bob: User) -> None:
    assert save(client_of(bob), title="x") == 400


def test_secrets_are_never_kept(acting: Acting, alice: User) -> None:
    fields = {
        "title": ["x"],
        "new_password": ["geheim"],
        "csrfmiddlewaretoken": ["y"],
        "Code": ["1"],
    }
    with acting(alice) as actor:
        found = drafts.keep(actor=actor, slug="dijkerveen", path=FORM, fields=fields)
        assert found.fields == {"title": ["x"]}


def test_too_much_is_refused(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, pytest.raises(Refused):
        drafts.keep(actor=actor, slug="dijkerveen", path=FORM, fields={"title": ["x" * 100_001]})


def test_old_drafts_are_thrown_away(acting: Acting, alice: User) -> None:
    other = "/o/dijkerveen/acties/nieuw/"
    with acting(alice) as actor:
        drafts.keep(actor=actor, slug="dijkerveen", path=FORM, fields={"title": ["oud"]})
        with clock.moved_to(clock.now() + timedelta(days=31)):
            drafts.keep(actor=actor, slug="dijkerveen", path=other, fields={"title": ["nieuw"]})
        assert selectors.draft(actor, FORM) is None
        assert FormDraft.objects.count() == 1
