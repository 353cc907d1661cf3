# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main job in a browser: measured, not met, mended, met; judged; told to the council."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from dijkring.core import clock
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface.services import authority, domains
from dijkring.tests.harness.browser import BrowserAs, check_axe
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import broken, do_all_jobs_elsewhere
from dijkring.ui.words import date_words

NAME = "sluisland-it.example"
CHECK = "web-tls.tls_version"
HOME = "/o/dijkerveen"


def register_domain(acting: Acting, user: User) -> None:
    with acting(user) as actor:
        domain = domains.register_domain(actor=actor, name=NAME, responsible="Zuiderhost")
        authority.prove_by_statement(
            actor=actor,
            domain=domain,
            name="F. Aydin",
            function="secretaris",
            text="Wij mogen dit.",
        )


def measure_now(page: Page) -> None:
    """Press the button, wait on the page of the work, and follow it to the result."""
    page.goto(f"{HOME}/internetmeting/")
    page.get_by_role("button", name="Meet nu").click()
    page.wait_for_url("**/werk/*/")
    check_axe(page)
    do_all_jobs_elsewhere()
    page.get_by_role("link", name="Bekijk het resultaat").click()
    page.wait_for_url("**/internetmeting/**")


def operation_of_5_14_01(page: Page) -> str:
    """Open the requirement from the list of standings; returns what its page says of operation."""
    page.goto(f"{HOME}/standen/")
    page.get_by_role("link", name=re.compile(r"^5\.14\.01\b")).first.click()
    check_axe(page)
    return page.locator("main").inner_text()


def open_action(page: Page) -> str:
    page.goto(f"{HOME}/acties/")
    page.locator("main table a", has_text=re.compile("TLS")).first.click()
    check_axe(page)
    return page.locator("main").inner_text()


def test_failing_is_mended_and_proven(
    browser_as: BrowserAs, alice: User, acting: Acting, practice: ThreadedLab
) -> None:
    register_domain(acting, alice)
    page = browser_as(alice)
    with broken(practice, NAME, CHECK):
        measure_now(page)
        assert "niet voldaan" in operation_of_5_14_01(page)
        assert NAME in open_action(page)
    measure_now(page)
    page.goto(f"{HOME}/acties/?state=done")
    page.locator("main table a", has_text=re.compile("TLS")).first.click()
    expect(page.locator("main")).to_contain_text("voldaan")


def test_judgement_is_recorded_and_seen(browser_as: BrowserAs, alice: User) -> None:
    page = browser_as(alice)
    page.goto(f"{HOME}/standen/")
    page.locator("main tbody a").first.click()
    page.locator("main a[href$='/oordelen/']").first.click()
    check_axe(page)
    page.locator("[name=verdict][value=met]").check()
    page.locator("[name=reason]").fill("Vastgesteld door de directie op 12 januari.")
    until = clock.today() + timedelta(days=100)
    page.locator("[name=valid_until]").fill(until.isoformat())
    page.locator("main form [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Vastgesteld door de directie")


def test_report_is_made_and_taken_along(browser_as: BrowserAs, alice: User) -> None:
    page = browser_as(alice)
    page.goto(f"{HOME}/raad/nieuw/")
    today = clock.today()
    page.locator("[name=first]").fill((today - timedelta(days=90)).isoformat())
    page.locator("[name=last]").fill(today.isoformat())
    named = f"Digitale veiligheid, {date_words(today - timedelta(days=90))} tot en met"
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/werk/*/")
    do_all_jobs_elsewhere()
    page.get_by_role("link", name="Bekijk het resultaat").click()
    page.wait_for_url("**/raad/*/")
    expect(page.get_by_role("heading", level=1).first).to_contain_text(named)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_charlie_finds_nothing_of_alice(
    browser_as: BrowserAs, alice: User, charlie: User, acting: Acting
) -> None:
    register_domain(acting, alice)
    page = browser_as(charlie)
    page.goto("/o/waterhoek/internetmeting/")
    expect(page.locator("main")).not_to_contain_text(NAME)
    response = page.goto(f"{HOME}/internetmeting/")
    assert response is not None
    assert response.status == 404
