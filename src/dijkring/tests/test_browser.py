# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in a real browser: usable by everybody, on a phone, and without scripts."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.browser import (
    BrowserAs,
    Inspection,
    axe_faults,
    log_in,
    on_a_phone_in_the_dark,
)
from dijkring.tests.harness.people import Acting, logged_in
from dijkring.tests.walk import routes

OUTSIDE = [
    "/accounts/2fa/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/o/dijkerveen/bestaat-niet/",
]
ENTRANCES = ["/accounts/login/", "/accounts/password/reset/", "/invitation/onbekend/"]


def addresses(client: Client, arguments: objects.Arguments) -> dict[str, str]:
    """Return the addresses that answer with a page; the others give a file or only take a form.

    By the address that one is led to, so that no page is looked at twice.
    """
    found = {path: path for path in OUTSIDE}
    for route in routes():
        path = route.path("dijkerveen", arguments.get(route.name, {}))
        response = client.get(path, follow=True)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found.setdefault(response.request["PATH_INFO"], path)
    return found


def test_every_page_is_accessible_and_fits_a_phone_in_the_dark(
    browser_as: BrowserAs, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        arguments = objects.make(actor)
    page, faults = browser_as(alice), []
    inspection = Inspection(page.context)
    for path in addresses(logged_in(alice), arguments).values():
        page.goto(path)
        faults += inspection.faults_of(page)
    assert faults == []


def test_what_surrounds_every_page_is_accessible_on_a_phone_in_the_dark(
    browser_as: BrowserAs, alice: User
) -> None:
    page = browser_as(alice)
    on_a_phone_in_the_dark(page)
    page.goto("/o/dijkerveen/")
    assert axe_faults(page) == []


@pytest.mark.parametrize("address", ENTRANCES)
def test_ways_in_are_accessible(page: Page, address: str) -> None:
    page.goto(address)
    assert Inspection(page.context).faults_of(page) == []


def test_a_planted_fault_is_found(page: Page) -> None:
    page.goto("/accounts/login/")
    plant = (
        """document.querySelector("main").insertAdjacentHTML("beforeend", '<img src="data:,">')"""
    )
    page.evaluate(plant)
    assert any("image-alt" in line for line in Inspection(page.context).faults_of(page))


def test_login_needs_no_script(browser: Browser, live_server: LiveServer, alice: User) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        log_in(page, alice)
        assert "/o/dijkerveen/" in page.url
        assert page.locator("h1").count() == 1
