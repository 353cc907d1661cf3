# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in a real browser: usable by everybody, on a phone, and without scripts."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.browser import PHONE, BrowserAs, axe_faults, log_in
from dijkring.tests.harness.people import Acting, logged_in
from dijkring.tests.walk import routes

# What changes with the colours and the width; the other rules see the same page.
IN_THE_DARK = ("color-contrast", "target-size", "scrollable-region-focusable")
OUTSIDE = [
    "/accounts/2fa/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/o/dijkerveen/bestaat-niet/",
]
ENTRANCES = ["/accounts/login/", "/accounts/password/reset/", "/invitation/onbekend/"]


@pytest.fixture
def paths(acting: Acting, alice: User, live_server_url: str) -> list[str]:
    """Give the addresses of all pages, with something to see on each."""
    with acting(alice) as actor:
        arguments = objects.make(actor)
    return list(addresses(logged_in(alice), arguments))


def addresses(client: Client, arguments: objects.Arguments) -> Iterator[str]:
    """Yield the addresses that answer with a page; the others give a file or only take a form."""
    yield from OUTSIDE
    for route in routes():
        path = route.path("dijkerveen", arguments.get(route.name, {}))
        response = client.get(path, follow=True)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            yield path


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the window; a table may scroll within its own frame."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [f"{page.url} is wider than the window"] if wide else []


def walk(page: Page, paths: list[str], *rules: str) -> list[str]:
    """Open every page; returns what axe finds and what sticks out of the window."""
    faults = []
    for path in paths:
        page.goto(path)
        faults += axe_faults(page, *rules) + sticks_out(page)
    return faults


def test_every_page_is_accessible(browser_as: BrowserAs, alice: User, paths: list[str]) -> None:
    assert walk(browser_as(alice), paths) == []


def test_every_page_fits_a_phone_in_the_dark(
    browser_as: BrowserAs, alice: User, paths: list[str]
) -> None:
    page = browser_as(alice)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    assert walk(page, paths, *IN_THE_DARK) == []


@pytest.mark.parametrize("address", ENTRANCES)
def test_ways_in_are_accessible(page: Page, address: str) -> None:
    page.goto(address)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert axe_faults(page) + sticks_out(page) == []


def test_axe_finds_a_planted_fault(page: Page, live_server_url: str) -> None:
    page.goto("/accounts/login/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    assert any("image-alt" in line for line in axe_faults(page))


def test_login_needs_no_script(browser: Browser, live_server: LiveServer, alice: User) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        log_in(page, alice)
        assert "/o/dijkerveen/" in page.url
        assert page.locator("h1").count() == 1
