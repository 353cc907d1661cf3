# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every page when it is opened: one visit of each, in English, serves all tests.

`UPDATE_QUERY_COUNTS=1` writes the baseline of queries per page anew, from few rows; the difference
then stands in the change. A run without it has more rows of everything.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.database import Clone, kept
from dijkring.tests.harness.people import (
    PEOPLE,
    ClientOf,
    account,
    acting_as,
    actor_of,
    logged_in,
)
from dijkring.tests.reading import dutch_labels, is_dutch, links, said, typed
from dijkring.tests.walk import Visit, contents, routes, visit

ROUTES = {route.name: route for route in routes()}
# A page of which the organisation, too, must be of a kind, or that is only for the top.
VISITORS = {
    "accountability:national": "ina",
    "sharing:new_mandate": "fatima",
    "sharing:withdraw_mandate": "fatima",
}
# Vandaag remembers when somebody looked last, to say what has changed since; who looks at what
# another shares is written down for the other to see.
VISITED = {"accountability_visit", "sharing_look"}

BASELINE = Path(__file__).with_name("query_counts.json")
UPDATES = os.environ.get("UPDATE_QUERY_COUNTS") == "1"
FEW_SETS, MORE_SETS = (1, 2), (1, 2, 3)
# Of what a person has only one, the last one is in force.
ONLY_ONE = {"notices:confirm_contact"}
# The audit trail asks once per table of which something stands on the page: at most this often.
ONCE_PER_TABLE = {"organisations:audit": 30}

NAMES = frozenset({"Ministerie van Binnenlandse Zaken en Koninkrijksrelaties"})
START = "/o/dijkerveen/"


class Round(NamedTuple):
    """The visits by the name of the address, and what they left behind."""

    visits: dict[str, Visit]
    again: dict[str, int]
    changed: set[str]
    typed: str


@pytest.fixture(scope="module")
def made(
    clone: Clone, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[objects.Arguments]:
    """Make objects of every kind once, of some more than one."""
    with kept(clone, django_db_blocker):
        with acting_as(account("alice")) as actor:
            sets = [objects.make(actor, n) for n in (FEW_SETS if UPDATES else MORE_SETS)]
        yield sets[0] | {name: sets[-1][name] for name in ONLY_ONE}


@pytest.fixture(scope="module")
def round_(made: objects.Arguments, django_db_blocker: DjangoDbBlocker) -> Round:
    """Open every page once, as somebody who may."""
    with django_db_blocker.unblock():
        everybody = [actor_of(account(name)).organisation_id for name in ("alice", "charlie")]
        before = contents(everybody)
        clients = {name: in_english(account(name)) for name in {"alice", *VISITORS.values()}}
        visits = {}
        for name, route in ROUTES.items():
            visitor = VISITORS.get(name, "alice")
            path = route.path(PEOPLE[visitor].slug, made.get(name, {}))
            visits[name] = visit(clients[visitor], path)
        after = contents(everybody)
        again = {
            name: visit(clients[VISITORS.get(name, "alice")], visits[name].path).queries
            for name in too_many(queries(visits))
        }
        changed = {table for table in before if before[table] != after[table]}
        return Round(visits, again, changed, typed())


def in_english(user: User) -> Client:
    client = logged_in(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_every_page_opens(round_: Round) -> None:
    answers = {name: visit.status for name, visit in round_.visits.items()}
    assert {name: found for name, found in answers.items() if found not in right(name)} == {}


def right(name: str) -> set[int]:
    return {200, 302, 405} if ROUTES[name].writes else {200, 302}


def test_reading_changes_nothing(round_: Round) -> None:
    assert round_.changed <= VISITED


def test_forms_that_change_what_is_stored_know_what_they_showed(round_: Round) -> None:
    """Who would overwrite what another saved meanwhile is told first."""
    changing = {
        name: visit.html
        for name, visit in round_.visits.items()
        if "change" in name and 'class="form"' in visit.html
    }
    assert len(changing) > 15
    knows = re.compile(r'name="(as_shown|version)"')
    assert [name for name, html in changing.items() if not knows.search(html)] == []


# --- queries --------------------------------------------------------------------------------------


def queries(visits: dict[str, Visit]) -> dict[str, int]:
    return {name: max(one.queries, ONCE_PER_TABLE.get(name, 0)) for name, one in visits.items()}


def too_many(found: dict[str, int]) -> dict[str, int]:
    allowed = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {name: n for name, n in found.items() if n > allowed.get(name, 0)}


def test_queries_are_no_more_than_before_and_do_not_grow(round_: Round) -> None:
    """A first visit may also fill what is remembered for all, so a second one counts."""
    found = queries(round_.visits) | round_.again
    if UPDATES:
        BASELINE.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert too_many(found) == {}


# --- words ----------------------------------------------------------------------------------------


def test_no_page_speaks_dutch_in_english(round_: Round) -> None:
    """What people typed stands as they typed it; a Dutch text of no row is a forgotten word."""
    pages = {name: visit.html for name, visit in round_.visits.items() if visit.html}
    assert len(pages) > 40
    labels = dutch_labels()
    texts = {text: name for name, html in pages.items() for text in said(html)}
    found = {
        text: name for text, name in texts.items() if text not in NAMES and is_dutch(text, labels)
    }
    names = {text for text in found if all(one in round_.typed for one in text.split(": "))}
    assert {
        text: name
        for text, name in found.items()
        if text not in names and is_dutch(without(text, names), labels)
    } == {}


def without(text: str, names: set[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


# --- links ----------------------------------------------------------------------------------------


def addresses(address: str, html: str) -> dict[str, str]:
    """Return where the links of a page lead within organisations, with the page."""
    found = {urljoin(address, one.split("#")[0]): address for one in links(html)}
    return {one: address for one in found if one.startswith("/o/")}


@cache
def kind(address: str) -> tuple[str, bool]:
    """Links to the same page, and those with a query to the same page, are of one kind."""
    parts = urlsplit(address)
    return resolve(parts.path).view_name, bool(parts.query)


def crawl(client: Client, opened: dict[str, str]) -> tuple[list[str], set[str]]:
    """Follow one link of every kind, but none where a visit came; returns the bad ones and names.

    Begins on the first page and on those that a visit opened.
    """
    bad: list[str] = []
    waiting = {START: "the start"}
    for address, html in opened.items():
        waiting |= addresses(address, html)
    followed = {kind(address) for address in waiting if address in opened}
    while waiting:
        address, source = waiting.popitem()
        if kind(address) in followed:
            continue
        followed.add(kind(address))
        response = client.get(address, follow=True)
        if response.status_code != 200:
            bad.append(f"{response.status_code} {address} (on {source})")
        elif response["Content-Type"].startswith("text/html"):
            waiting |= addresses(address, response.content.decode())
    return bad, {name for name, _query in followed}


def test_every_link_can_be_opened(round_: Round, client_of: ClientOf, alice: User) -> None:
    opened = {visit.path: visit.html for visit in round_.visits.values() if visit.html}
    bad, _names = crawl(client_of(alice), opened)
    assert bad == []


@pytest.mark.parametrize("name", ["bob", "erik"])
def test_every_link_of_who_may_less_can_be_opened(
    made: objects.Arguments, client_of: ClientOf, name: str
) -> None:
    bad, names = crawl(client_of(account(name)), {})
    assert bad == []
    assert len(names) > 10, f"{PEOPLE[name].name} finds no way in"
