# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""At night on a phone: the parts of an incident, a login that ends, and reporting from outside."""

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from dijkring.core import clock
from dijkring.incidents.models import Incident
from dijkring.incidents.services import ways_in
from dijkring.incidents.tests import objects, objects_dossier
from dijkring.organisations.models import User
from dijkring.tests.harness.browser import (
    PHONE,
    BrowserAs,
    Inspection,
    axe_faults,
    sticks_out,
)
from dijkring.tests.harness.people import PASSWORD, Acting

PARTS = ["nu", "meldingen", "gevolgen", "onderzoek", "dossier"]
# Words that every Dutch page has and no English one.
DUTCH = {"de", "het", "een", "niet", "van", "uw", "zijn", "wordt", "naar", "voor"}


def shown(page: Page) -> list[str]:
    """Return which parts of a long page can be seen."""
    return [part for part in PARTS if page.locator(f"#{part}").is_visible()]


def test_an_incident_shows_one_part_at_a_time_and_all_on_paper(
    browser_as: BrowserAs, browser: Browser, live_server: LiveServer, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = objects.reported(actor, "Gijzelsoftware", hours=23)
        objects_dossier.make(actor, made, 1)
    address = f"/o/dijkerveen/incidenten/{made.pk}/"
    page = browser_as(alice)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address)
    assert shown(page) == ["nu"]
    # A report is due within the hour, so that comes before all the rest.
    expect(page.locator(".card .nl-button--primary").first).to_have_text("Rapport schrijven")
    page.locator(".parts__menu a[href='#gevolgen']").focus()
    page.keyboard.press("Enter")
    assert shown(page) == ["gevolgen"]
    expect(page.locator("[aria-current=true]")).to_have_text("Gevolgen")
    # What leads to something inside a part opens that part.
    page.goto(f"{address}#dossier-title")
    assert shown(page) == ["dossier"]
    for part in PARTS:
        page.goto(f"{address}#{part}")
        assert (shown(page), sticks_out(page)) == ([part], [])
    page.emulate_media(media="print")
    assert shown(page) == PARTS
    assert not page.locator(".parts__menu").is_visible()
    assert axe_faults(page) == []
    cookies = page.context.cookies()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    still = plain.new_page()
    still.goto(address)
    still.click(".parts__menu a[href='#meldingen']")
    assert shown(still) == ["meldingen"]
    plain.close()


def test_what_was_typed_in_the_triage_outlives_the_login(
    browser_as: BrowserAs, context: BrowserContext, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = objects.reported(actor, "Vreemde inlog")
    page = browser_as(alice)
    page.goto(f"/o/dijkerveen/incidenten/{made.pk}/triage/")
    page.fill("#id_title", "Gijzelsoftware op de bestandsserver")
    page.select_option("#id_severity", "critical")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.click("main .nl-button--primary")
    page.wait_for_selector("form[data-login]")
    with acting(alice):
        assert Incident.objects.get().title == "Vreemde inlog"
    page.locator("input[name=login]").wait_for()
    _log_in_here(page, alice)
    assert page.url.endswith("/triage/")
    assert page.input_value("#id_title") == "Gijzelsoftware op de bestandsserver"
    assert page.input_value("#id_severity") == "critical"
    assert page.is_visible("#kept")
    with page.expect_navigation():
        page.click("main .nl-button--primary")
    with acting(alice):
        assert Incident.objects.get().severity == "critical"


def _log_in_here(page: Page, user: User) -> None:
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("form[data-login] [type=submit]").click()


def test_reporting_from_outside_is_for_everybody_in_both_languages(
    page: Page, browser: Browser, live_server: LiveServer, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        _way, secret = ways_in.make(actor=actor, kind="page", phone="0123 456789")
    inspection, faults = Inspection(page), []
    page.goto(f"/melden/{secret}/")
    faults += inspection.faults()
    page.click("main [type=submit]")
    page.wait_for_selector(".errors, [aria-invalid=true]")
    faults += inspection.faults()
    page.fill("#id_title", "Mail die niet klopt")
    page.fill("#id_noticed_at", f"{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%dT00:00}")
    with page.expect_navigation():
        page.click("main [type=submit]")
    assert "/melden/volgen/" in page.url
    faults += inspection.faults()
    follow = page.url
    page.goto("/melden/bestaat-niet/")
    faults += inspection.faults()
    assert faults == []
    english = browser.new_context(base_url=live_server.url, locale="en-GB")
    other = english.new_page()
    for address in (f"/melden/{secret}/", follow, "/melden/bestaat-niet/"):
        other.goto(address)
        assert other.locator("html").get_attribute("lang") == "en"
        found = DUTCH & set(other.inner_text("body").lower().split())
        assert not found, address
    english.close()
