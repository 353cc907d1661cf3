# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The workplace in a real browser: searching by key, keeping a list, a draft, wearing a colour."""

from playwright.sync_api import Page, expect

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.browser import BrowserAs
from dijkring.tests.harness.people import Acting

SET_COLOUR = """field => {
  field.value = "#5d0b3c";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def test_a_day_at_the_workplace(
    browser_as: BrowserAs, acting: Acting, alice: User, live_server_url: str
) -> None:
    with acting(alice) as actor:
        objects.make_actions(actor, 1)
    page = browser_as(alice)
    search_by_key(page)
    keep_a_filtered_list(page)
    leave_and_find_a_draft(page)
    wear_a_colour(page)


def search_by_key(page: Page) -> None:
    page.goto("/o/dijkerveen/vandaag/")
    page.keyboard.press("/")
    page.keyboard.type("terugzet")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("terugzet")
    expect(page.locator("main")).to_contain_text("Back-up terugzetten 1")


def keep_a_filtered_list(page: Page) -> None:
    """The list filters without a new page; what is kept is what the address says then."""
    page.goto("/o/dijkerveen/acties/")
    page.locator("form.filters select").first.select_option(index=1)
    page.wait_for_url("**/acties/?*")
    page.get_by_text("Bewaar deze filters").click()
    page.locator("#keep-name").fill("Mijn acties")
    page.locator(".kept form button").click()
    expect(page.locator(".kept [aria-current]")).to_have_text("Mijn acties")


def leave_and_find_a_draft(page: Page) -> None:
    page.goto("/o/dijkerveen/acties/nieuw/")
    page.locator("[name=title]").fill("Half af")
    expect(page.locator("#draft-state")).not_to_be_empty()
    page.goto("/o/dijkerveen/vandaag/")
    page.goto("/o/dijkerveen/acties/nieuw/")
    expect(page.locator("[name=title]")).to_have_value("Half af")


def wear_a_colour(page: Page) -> None:
    page.goto("/o/dijkerveen/vormgeving/")
    page.locator("[name=light-frame]").evaluate(SET_COLOUR)
    expect(page.locator(".frame")).to_have_css("background-color", "rgb(93, 11, 60)")
    page.locator("form[data-theme] button").first.click()
    page.goto("/o/dijkerveen/vandaag/")
    expect(page.locator(".frame")).to_have_css("background-color", "rgb(93, 11, 60)")
