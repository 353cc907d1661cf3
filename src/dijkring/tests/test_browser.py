# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in a real browser: usable by everybody, on a phone, and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from dijkring.actions import services as actions
from dijkring.core import clock
from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.browser import (
    BrowserAs,
    Inspection,
    axe_faults,
    log_in,
    on_a_phone_in_the_dark,
)
from dijkring.tests.harness.people import Acting
from dijkring.tests.walk import routes

OUTSIDE = [
    "/accounts/2fa/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/o/dijkerveen/bestaat-niet/",
]
IMAGE = re.compile(r"\.\w+$")
ENTRANCES = ["/accounts/login/", "/accounts/password/reset/", "/invitation/onbekend/"]


def test_every_page_is_accessible_and_fits_a_phone_in_the_dark(
    browser_as: BrowserAs, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        arguments = objects.make(actor)
    page = browser_as(alice)
    page.goto("/o/dijkerveen/")
    inspection = Inspection(page)
    paths = [route.path("dijkerveen", arguments.get(route.name, {})) for route in routes()]
    pages = [path for path in OUTSIDE + paths if not IMAGE.search(path)]
    assert [fault for path in pages for fault in inspection.faults_at(path)] == []
    assert len(inspection.visited) > len(paths) / 2


def test_what_surrounds_every_page_is_accessible_on_a_phone_in_the_dark(
    browser_as: BrowserAs, alice: User
) -> None:
    page = browser_as(alice)
    on_a_phone_in_the_dark(page)
    page.goto("/o/dijkerveen/")
    assert axe_faults(page) == []


def test_on_a_phone_a_list_comes_before_its_filters(
    browser_as: BrowserAs, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="Herstel het zaaksysteem")
    page = browser_as(alice)
    page.goto("/o/dijkerveen/acties/")
    assert (page.is_visible(".fold form.filters"), page.is_visible(".fold > summary")) == (
        True,
        False,
    )
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector(".fold form.filters", state="hidden")
    page.click(".fold > summary")
    page.fill(".fold form.filters input[type=search]", "zaaksysteem")
    page.press(".fold form.filters input[type=search]", "Tab")
    page.wait_for_url("**=zaaksysteem*")
    assert page.is_visible(".fold form.filters"), "what filters stays in sight"
    page.goto(page.url)
    assert page.is_visible(".fold form.filters")


def test_nothing_lies_over_a_month_that_is_longer_than_the_window(
    browser_as: BrowserAs, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        for number in range(30):
            actions.open_action(actor=actor, title=f"Actie {number}", due_on=clock.today())
    page = browser_as(alice)
    page.goto("/o/dijkerveen/agenda/")
    assert page.locator(".month__today li").count() == 30
    assert axe_faults(page, "target-size") == []


SENT_TWICE = """
() => [1, 2].map(() => !document.querySelector("form[data-keep]").dispatchEvent(
    new SubmitEvent("submit", {bubbles: true, cancelable: true})))
"""


def test_a_form_is_sent_once_however_often_one_presses(browser_as: BrowserAs, alice: User) -> None:
    page = browser_as(alice)
    page.goto("/o/dijkerveen/acties/nieuw/")
    assert page.evaluate(SENT_TWICE) == [False, True], "whether the browser is kept from sending"
    page.reload()
    assert page.evaluate(SENT_TWICE) == [False, True]


@pytest.mark.parametrize("address", ENTRANCES)
def test_ways_in_are_accessible(page: Page, address: str) -> None:
    page.goto(address)
    assert Inspection(page).faults() == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [("image-alt", '<img src="data:,">'), ("color-contrast", '<font color="#ddd">bleek</font>')],
)
def test_a_planted_fault_is_found(page: Page, rule: str, fault: str) -> None:
    inspection = Inspection(page)
    page.goto("/accounts/login/")
    assert inspection.faults() == []
    page.evaluate("f => document.querySelector('main').insertAdjacentHTML('beforeend', f)", fault)
    assert any(rule in line for line in inspection.faults())


def test_login_needs_no_script(browser: Browser, live_server: LiveServer, alice: User) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        log_in(page, alice)
        assert "/o/dijkerveen/" in page.url
        assert page.locator("h1").count() == 1
