# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The language of a page can be chosen; and how a Dutch word on an English page is known."""

import pytest
from django.conf import settings

from dijkring.organisations.models import User
from dijkring.tests.harness.people import ClientOf
from dijkring.tests.reading import dutch_labels, is_dutch, said


def test_the_other_language_says_which_it_is(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    for language, other in (("nl", "en"), ("en", "nl")):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        html = client.get("/o/dijkerveen/zoeken/").content.decode()
        assert f'<html lang="{language}"' in html
        assert f'name="language" value="{other}" lang="{other}"' in html


def test_language_that_is_chosen_stays(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    client.post("/language/", {"language": "en", "next": "/o/dijkerveen/zoeken/"})
    assert '<html lang="en"' in client.get("/o/dijkerveen/feiten/").content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er is nog geen vastgestelde werkwijze", True),
        ("Opslaan", True),
        ("Save", False),
        ("Half of it, over and out", False),
        ("On the page of an action or a norm", False),
    ],
)
def test_dutch_is_told_from_english(text: str, expected: bool) -> None:
    assert is_dutch(text, dutch_labels()) is expected


def test_what_says_that_it_is_dutch_may_be() -> None:
    assert said('<p>One</p><p lang="nl">Twee<br> en <b>drie</b></p><i title="Four">5</i>') == [
        "One",
        "Four",
        "5",
    ]
