# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in a real browser: usable by everybody, on a phone, and without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.browser import DESKTOP, PHONE, BrowserAs, axe_faults, log_in
from dijkring.tests.harness.people import Acting
from dijkring.tests.walk import Route, routes

WAYS: list[Any] = [
    pytest.param(DESKTOP, "light", id="desktop"),
    pytest.param(PHONE, "dark", id="phone in the dark"),
]
OUTSIDE = [
    "/accounts/2fa/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/o/dijkerveen/bestaat-niet/",
]
ENTRANCES = ["/accounts/login/", "/accounts/password/reset/", "/invitation/onbekend/"]


@pytest.fixture
def arguments(acting: Acting, alice: User) -> objects.Arguments:
    with acting(alice) as actor:
        return objects.make(actor)


def addresses(arguments: objects.Arguments) -> Iterator[str]:
    yield from OUTSIDE
    for route in routes():
        if shows_a_page(route):
            yield route.path("dijkerveen", arguments.get(route.name, {}))


def shows_a_page(route: Route) -> bool:
    return "download" not in route.name


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the window; a table may scroll within its own frame."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [f"{page.url} is wider than the window"] if wide else []


@pytest.mark.parametrize(("window", "scheme"), WAYS)
def test_every_page_is_accessible(
    browser_as: BrowserAs,
    alice: User,
    arguments: objects.Arguments,
    window: Any,
    scheme: Any,
) -> None:
    page = browser_as(alice)
    page.set_viewport_size(window)
    page.emulate_media(color_scheme=scheme)
    faults = []
    for address in addresses(arguments):
        response = page.goto(address)
        if response and response.status != 405:
            faults += axe_faults(page) + sticks_out(page)
    assert faults == []


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
