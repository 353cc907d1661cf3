# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the link of an invitation to the first page, in a real browser."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from dijkring.organisations import services
from dijkring.organisations.models import User
from dijkring.tests.harness.browser import BrowserAs, check_axe
from dijkring.tests.harness.people import PASSWORD, Acting

NEW = "een nieuw lang wachtwoord 12"


@pytest.fixture
def address(acting: Acting, alice: User, charlie: User) -> str:
    """An invitation of Dijkerveen for Charlie, who works for Waterhoek."""
    cache.clear()
    with acting(alice) as actor:
        token = services.invite(actor=actor, email=charlie.email, role="reader")[1]
    return f"/invitation/{token}/"


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_who_has_an_account_logs_in_and_accepts(page: Page, address: str, charlie: User) -> None:
    page.goto(address)
    check_axe(page)
    press(page, "main a[href*='/accounts/login/']")
    page.locator("input[name=login]").fill(charlie.email)
    page.locator("input[name=password]").fill(PASSWORD)
    press(page, "form[data-login] [type=submit]")
    check_axe(page)
    expect(page.locator("main")).to_contain_text("Dijkerveen nodigt u uit als")
    press(page, "main [type=submit]")
    page.wait_for_url("**/o/dijkerveen/vandaag/")
    expect(page.locator("body")).to_contain_text("U hebt nu toegang tot")


def test_who_is_new_makes_an_account_and_comes_in(
    page: Page, acting: Acting, alice: User, address: str
) -> None:
    with acting(alice) as actor:
        token = services.invite(actor=actor, email="nieuw@example.org", role="reader")[1]
    page.goto(f"/invitation/{token}/")
    page.locator("input[name=name]").fill("Nina")
    page.locator("input[name=password]").fill(NEW)
    press(page, "main [type=submit]")
    expect(page.locator("body")).to_contain_text("Log nu in met het e-mailadres van de uitnodiging")
    page.locator("input[name=login]").fill("nieuw@example.org")
    page.locator("input[name=password]").fill(NEW)
    press(page, "form[data-login] [type=submit]")
    page.wait_for_url("**/o/dijkerveen/vandaag/")


def test_somebody_else_logs_out_and_goes_on(browser_as: BrowserAs, address: str, bob: User) -> None:
    page = browser_as(bob)
    page.goto(address)
    check_axe(page)
    press(page, "main button")
    page.wait_for_url(f"**{address}")
    expect(page.locator("main input[name=password]")).to_have_count(1)
