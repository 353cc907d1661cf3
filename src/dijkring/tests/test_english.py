# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in English: no Dutch words of ours, outside what says of itself that it is Dutch.

What people typed stands as they typed it; so a Dutch text on an English page must be in a row of
an organisation, or it is a word of the interface that was forgotten.
"""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from dijkring.core import tenancy
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation, User
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.walk import routes
from dijkring.ui import messages

# Words that every Dutch sentence has, and that no English one has.
DUTCH = frozenset(
    "aan bij dat deze dit een en geen heeft het hebt kan maar moet naar niet nog ook onder om "
    "over te tot uit uw van voor waar wat welke wie wordt worden zijn zonder".split()
)
# What English shares with it: never enough by itself.
BOTH = frozenset("over om tot wie kan maar aan en te wat".split())
NAMES = frozenset({"Ministerie van Binnenlandse Zaken en Koninkrijksrelaties"})
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "content")
EMPTY = frozenset("br img input meta link hr source wbr col path circle rect line use".split())
EMPTY |= frozenset("polyline polygon ellipse".split())


class English(HTMLParser):
    """Collects what a page says in English, by its `lang` attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[str] = []

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else "en"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        language = found.get("lang") or self.language
        if language == "en" and tag != "meta":
            self.said += [value for name in SPOKEN if (value := found.get(name))]
        if tag not in EMPTY:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _language in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.open[-1][0] if self.open else "style"
        # In a field stand lines of several texts; elsewhere a line ends where it happens to.
        texts = data.splitlines() if inside == "textarea" else [data]
        if self.language == "en" and inside not in {"script", "style"}:
            self.said += [" ".join(text.split()) for text in texts if text.strip()]


def said(html: str) -> list[str]:
    parser = English()
    parser.feed(html)
    return parser.said


def dutch_labels() -> set[str]:
    """Return the Dutch of all catalogues that is no English of ours, in lower case."""
    dutch: set[str] = set()
    english: set[str] = set()
    for path in (messages.CATALOGUE, *messages.PACKAGE.glob("*/locale/nl/LC_MESSAGES/django.po")):
        for entry in messages.read_catalogue(path):
            dutch |= {text.casefold() for text in entry.translations or []}
            english |= {entry.text.casefold(), entry.plural.casefold()}
    return {text for text in dutch - english if len(text) > 3}


def is_dutch(text: str, labels: set[str]) -> bool:
    words = set(re.findall(r"[a-zà-ü]+", text.casefold())) & DUTCH
    return (len(words) > 1 and bool(words - BOTH)) or text.casefold().strip(" :.…") in labels


def typed() -> str:
    """Return all that people typed, in any organisation, and the names of bodies and people."""
    declared = tenancy.tables().items()
    tables = [name for name, one in declared if one and one.level in {"own", "history", "between"}]
    everybody = list(Organisation.objects.values_list("pk", flat=True))
    rows: list[str] = []
    with transaction.atomic(), acting_for(everybody), connection.cursor() as cursor:
        for table in (*tables, "organisations_organisation", "organisations_user"):
            cursor.execute(f"SELECT string_agg(r::text, E'\\n') FROM \"{table}\" r")  # noqa: S608
            rows.append(cursor.fetchone()[0] or "")
    return "\n".join(rows)


def english_pages(client: Client, arguments: objects.Arguments) -> dict[str, list[str]]:
    """Return what each page says in English, by the name of its address."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    pages = {}
    for route in routes():
        response = client.get(route.path("dijkerveen", arguments.get(route.name, {})))
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            pages[route.name] = said(response.content.decode())
    return pages


def test_no_page_speaks_dutch_in_english(client_of: ClientOf, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        arguments = objects.make(actor)
    labels = dutch_labels()
    pages = english_pages(client_of(alice), arguments)
    assert len(pages) > 40
    found = {
        text: name
        for name, texts in pages.items()
        for text in texts
        if is_dutch(text, labels) and text not in NAMES
    }
    written = typed()
    names = {text for text in found if text in written}
    assert {
        text: name
        for text, name in found.items()
        if text not in names and is_dutch(without(text, names), labels)
    } == {}


def without(text: str, names: set[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


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
