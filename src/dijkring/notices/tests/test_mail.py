# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""E-mail over a real server: headers that stay whole, a server that is away."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dijkring.notices import mail
from dijkring.notices.mail import Letter
from dijkring.notices.tests.conftest import Post, address_in, free_port, text_of
from dijkring.organisations.models import User
from dijkring.tests.harness.people import ClientOf

EVIL = "Titel\r\nBcc: ander@example.org\r\n\r\nDe tekst\x00 van een ander\u2028"


def letter(to: str = "iemand@example.org", subject: str = EVIL) -> Letter:
    context = {"parts": [], "person": "Iemand", "leave": "https://dijkring.example/af/"}
    return Letter(to, subject, "digest", context, "nl", {"List-Unsubscribe": "<https://x.example>"})


def test_a_title_cannot_add_a_header(post: Post) -> None:
    assert mail.send(letter())
    assert post.only()["Bcc"] is None
    assert post.only()["Subject"].startswith("Titel Bcc: ander@example.org De tekst")
    assert post.only()["Auto-Submitted"] == "auto-generated"
    assert post.only().get_content_type() == "multipart/alternative"


def test_an_address_with_a_header_in_it_is_not_mailed(post: Post) -> None:
    assert not mail.send(letter(to="iemand@example.org\nBcc: ander@example.org"))
    assert post.taken == []


def test_a_long_subject_is_cut() -> None:
    assert len(mail.one_line("woord " * 100)) <= mail.LONGEST_SUBJECT


def test_a_server_that_is_away_is_no_error(settings: Settings, post: Post) -> None:
    settings.EMAIL_PORT = free_port()
    assert not mail.send(letter())


def test_without_a_server_nothing_is_tried(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert not mail.send(letter())


def test_an_invitation_goes_by_mail_and_its_link_opens(
    client_of: ClientOf, alice: User, post: Post
) -> None:
    address = reverse("organisations:invite", args=["dijkerveen"])
    values = {"email": "nieuw@example.org", "role": "reader"}
    assert client_of(alice).post(address, values).status_code == 200
    assert post.only()["To"] == "nieuw@example.org"
    assert address_in(post.only()).startswith("/invitation/")
    assert post.only().get_content_type() == "multipart/alternative"
    html = text_of(post.only(), "html")
    assert address_in(post.only()) in html
    assert 'lang="nl"' in html
    assert "Dijkerveen" in html
    assert Client().get(address_in(post.only())).status_code == 200


@pytest.mark.parametrize("template", ["link", "reminder", "digest"])
def test_every_letter_says_the_same_as_text_and_as_page(post: Post, template: str) -> None:
    made = letter(subject="Proef")
    context = {**made.context, "until": "morgen", "address": "https://dijkring.example/taak/x/"}
    assert mail.send(Letter(made.to, "Proef", template, context, "nl"))
    text, html = text_of(post.only()), text_of(post.only(), "html")
    for address in ("https://dijkring.example/taak/x/", "https://dijkring.example/af/"):
        assert (address in text) == (address in html)
    assert not text.startswith("{")
    assert "lang=" in html
