# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guides in Dijkring: each can be read, leads on, and is found from the page it is about."""

import re
from collections import Counter
from urllib.parse import urldefrag

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dijkring.core import navigation, search
from dijkring.core.access import Role
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.workplace import guides
from dijkring.workplace.guides import Guide

ALL = [guides.read(name, language) for name, places in guides.PLACES.items() for language in places]
LINK = re.compile(r'<a href="([^"]+)"')
PICTURE = re.compile(r'<img src="/static/([^"]+)" alt="([^"]+)"')
named = pytest.mark.parametrize("guide", ALL, ids=lambda guide: f"{guide.name}-{guide.language}")


@named
def test_every_link_in_a_guide_leads_to_a_guide_and_a_section_that_is_there(guide: Guide) -> None:
    with translation.override(guide.language):
        known = {one.name: {section.id for section in one.sections} for one in guides.all_guides()}
    for link in LINK.findall(guide.html):
        if link.startswith("https://"):
            continue
        path, section = urldefrag(link)
        name = path.removeprefix("../").rstrip("/") or guide.name
        assert name in known
        assert not section or section in known[name]


@named
def test_a_guide_holds_only_what_a_page_may_hold(guide: Guide) -> None:
    assert not re.search(r"<!--|<script|style=|&lt;!--", guide.html)
    for path, words in PICTURE.findall(guide.html):
        assert finders.find(path), words
    assert guide.html.count("<img ") == len(PICTURE.findall(guide.html))
    assert len({one.id for one in guide.sections}) == len(guide.sections)
    assert all(f'id="{one.id}"' in guide.html for one in guide.sections)


@pytest.mark.parametrize(
    "name", [name for name, places in guides.PLACES.items() if len(places) > 1]
)
def test_a_guide_tells_the_same_in_both_languages(name: str) -> None:
    dutch, english = (guides.read(name, language) for language in ("nl", "en"))
    assert shape(dutch) == shape(english)
    assert figures(dutch) == figures(english)


def figures(guide: Guide) -> Counter[str]:
    """Return every number of the text: who changes a term or an article changes it in both."""
    return Counter(re.findall(r"\d+", re.sub(r"<[^>]+>", " ", guide.html)))


def shape(guide: Guide) -> list[tuple[int, tuple[str, ...]]]:
    return [(section.level, section.about) for section in guide.sections]


def test_html_in_a_guide_reaches_no_page() -> None:
    tokens = guides._MARKDOWN.parse(
        'a <script>alert(1)</script> <b onclick="x">b</b>\n\n<iframe src="x"></iframe>\n\n'
        "[c](javascript:x) [d](../adr/README.md) ![<i>](x.png)"
    )
    html = guides._MARKDOWN.renderer.render(tokens, guides._MARKDOWN.options, {})
    assert "<script" not in html
    assert not re.search(r"onclick|<iframe|<i>|href", html)


def test_every_role_has_a_guide_and_every_line_of_the_menu_stands_in_one() -> None:
    assert {guides.OF_ROLE[role] for role in Role} <= set(guides.PLACES)
    lines = [entry.url_name for entry in navigation.entries()]
    assert len(lines) > 30
    for language in ("nl", "en"):
        with translation.override(language):
            found = guides.all_guides()
        told = {line for line in lines for one in found if one.about(line, line.partition(":")[0])}
        assert set(lines) - told == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "section"),
    [("surface:domains", "meten"), ("incidents:breaches", "datalekken"), ("crisis:crises", "")],
)
def test_help_leads_to_what_is_said_about_the_page_at_hand(
    client_of: ClientOf, alice: User, page: str, section: str
) -> None:
    client = client_of(alice)
    html = client.get(reverse(page, args=["dijkerveen"])).content.decode()
    found = re.search(r'<a href="(\S+/hulp/\w+/)#([^"]+)">Hulp</a>', html)
    assert found
    guide = client.get(found[1])
    assert guide.status_code == 200
    assert f'id="{found[2]}"' in guide.content.decode()
    assert found[2] == section or not section


@pytest.mark.django_db
def test_help_begins_with_the_guide_of_ones_role(client_of: ClientOf, bob: User) -> None:
    client = client_of(bob)
    answer = client.get(reverse("workplace:help", args=["dijkerveen"]))
    assert answer.headers["Location"].endswith("/hulp/raadslid/")
    assert client.get(reverse("workplace:guide", args=["dijkerveen", "niets"])).status_code == 404


@pytest.mark.django_db
def test_a_guide_can_be_read_by_whom_it_is_not_for(client: Client) -> None:
    assert client.get(reverse("workplace:guide", args=["dijkerveen", "ciso"])).status_code == 302


def test_a_section_is_found_by_the_beginning_of_its_words(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        (group,) = search.ask("termijn uitreken", actor=actor, kind="guides")
    first = group.found.hits[0]
    assert first.title.startswith("Uitrekenen wanneer een melding")
    assert (first.args, first.section) == (
        ("ciso",),
        "uitrekenen-wanneer-een-melding-uiterlijk-binnen-moet-zijn",
    )
