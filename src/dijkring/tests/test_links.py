# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every link leads somewhere that the person may be, for each of three roles."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.people import PEOPLE, Acting, ClientOf, account

# Alice sees most; for the others it is about what they may not open.
VISITS_PER_PAGE = {"alice": 2, "bob": 1, "erik": 1}
START = "/o/dijkerveen/"


class Links(HTMLParser):
    """Collects the addresses that a page lets one open."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address and not address.startswith(("#", "mailto:")):
            self.found.append(address)


def links(html: str) -> list[str]:
    parser = Links()
    parser.feed(html)
    return parser.found


def crawl(client: Client, most: int) -> tuple[list[str], Counter[str]]:
    """Follow links from the first page on; returns the bad ones and the visits per page.

    Of pages with the same name at most so many are opened.
    """
    bad: list[str] = []
    seen: set[str] = set()
    visits: Counter[str] = Counter()
    waiting = [(START, "the start")]
    while waiting:
        address, source = waiting.pop(0)
        parts = urlsplit(address)
        if address in seen or parts.netloc or not parts.path.startswith("/o/"):
            continue
        seen.add(address)
        name = resolve(parts.path).view_name
        visits[name] += 1
        if visits[name] > most:
            continue
        response = client.get(address, follow=True)
        if response.status_code != 200:
            bad.append(f"{response.status_code} {address} (on {source})")
        elif response.headers["Content-Type"].startswith("text/html"):
            found = links(response.content.decode())
            waiting += [(urljoin(address, one.split("#")[0]), address) for one in found]
    return bad, visits


@pytest.mark.parametrize(("name", "most"), VISITS_PER_PAGE.items())
def test_every_link_can_be_opened(
    client_of: ClientOf, acting: Acting, alice: User, name: str, most: int
) -> None:
    with acting(alice) as actor:
        objects.make(actor)
    bad, visits = crawl(client_of(account(name)), most)
    assert bad == []
    assert len(visits) > 10, f"{PEOPLE[name].name} finds no way in"
