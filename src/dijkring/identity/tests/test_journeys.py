# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Login in a real browser: through the organisation's provider, and with a passkey."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from dijkring.identity.services import duty
from dijkring.identity.tests import objects
from dijkring.identity.tests.makers import in_use
from dijkring.identity.tests.practice import PEOPLE, Practice
from dijkring.organisations.models import User
from dijkring.tests.harness.browser import WATCH_POLICY, check_axe
from dijkring.tests.harness.people import PASSWORD, Acting

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def visitor(
    browser: Browser, live_server: LiveServer, faults: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrowserContext]:
    """A visitor who reaches us by a name, as passkeys need, and trusts the practice authority."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
    found = browser.new_context(
        base_url=f"http://localhost:{urlsplit(live_server.url).port}",
        locale="nl-NL",
        ignore_https_errors=True,
    )
    found.set_default_timeout(15_000)
    found.expose_binding("report", lambda _source, line: faults.append(line))
    found.add_init_script(WATCH_POLICY)
    yield found
    found.close()
    assert faults == [], "the content-security policy was broken"


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    return visitor.new_page()


def log_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    press(page, "form[data-login] [type=submit]")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def choose(page: Page, subject: str) -> None:
    """Find the own organisation from the login page, and log in at the provider."""
    page.goto("/accounts/login/")
    press(page, "a[href='/inloggen/']")
    press(page, "a[href='/inloggen/bij/dijkerveen/']")
    press(page, "a[href='/inloggen/bij/dijkerveen/naar/']")
    press(page, f"button[value='{subject}']")


def test_in_and_out_through_the_provider(
    page: Page, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    for path in ("/inloggen/", "/inloggen/bij/dijkerveen/"):
        page.goto(path)
        check_axe(page)
    choose(page, "s-anna")
    page.wait_for_url("**/o/dijkerveen/vandaag/")
    page.goto("/o/dijkerveen/mijn-aanmelding/")
    expect(page.locator("main")).to_contain_text("Dijkerveen")
    page.goto("/accounts/2fa/")
    expect(page.locator("main")).to_contain_text("Dijkerveen")
    page.goto("/accounts/logout/")
    press(page, "main [type=submit]")
    page.wait_for_url("**/inloggen/bij/dijkerveen/uit/")
    check_axe(page)
    press(page, f"a[href^='{practice_provider.issuer}/logout']")
    page.wait_for_url("**/accounts/login/")
    page.goto("/inloggen/bij/dijkerveen/naar/")
    expect(page.locator("button[value='s-anna']")).to_be_visible()


def test_keys_that_change_meanwhile(
    page: Page, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    practice_provider.order(rotate=True)
    choose(page, "s-bert")
    page.wait_for_url("**/o/dijkerveen/vandaag/")


@pytest.mark.parametrize("subject", ["s-niemand", "s-liar"])
def test_who_fits_no_rule_reads_why(
    page: Page, practice_provider: Practice, acting: Acting, alice: User, subject: str
) -> None:
    """A liar with the address of the CISO is as much a stranger as somebody without a rule."""
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    liar = {"email": alice.email, "email_verified": True, "name": "Alice Bakker"}
    practice_provider.order(people={**PEOPLE, "s-liar": liar})
    choose(page, subject)
    assert urlsplit(page.url).path == "/inloggen/bij/dijkerveen/terug/"
    expect(page.locator("a[href='/accounts/login/']")).to_be_visible()
    check_axe(page)
    page.goto("/o/dijkerveen/vandaag/")
    page.wait_for_url("**/accounts/login/**")


def test_a_replayed_way_back(
    page: Page, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    seen: list[str] = []
    page.on("request", lambda one: seen.append(one.url) if "/terug/" in one.url else None)
    choose(page, "s-anna")
    page.wait_for_url("**/o/dijkerveen/vandaag/")
    answer = page.goto(seen[0])
    assert answer is not None
    assert answer.status == 400
    check_axe(page)


def test_a_provider_that_is_down_leaves_the_other_ways(
    page: Page, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    practice_provider.order(mode="down")
    cache.clear()
    page.goto("/inloggen/bij/dijkerveen/")
    press(page, "a[href='/inloggen/bij/dijkerveen/naar/']")
    check_axe(page)
    press(page, "main a[href='/accounts/login/']")
    log_in(page, alice)
    page.wait_for_url("**/o/dijkerveen/vandaag/")


def test_a_passkey_is_made_and_opens_without_password(
    visitor: BrowserContext, page: Page, acting: Acting, alice: User
) -> None:
    """The organisation demands a second step; the passkey is one, and later the only one."""
    with acting(alice) as actor:
        duty.decide(actor=actor, required=True)
    give_authenticator(visitor, page)
    log_in(page, alice)
    page.wait_for_url("**/inloggen/tweede-stap/")
    check_axe(page)
    press(page, "a[href='/accounts/2fa/webauthn/add/']")
    confirm_password(page)
    check_axe(page)
    page.locator("input[name=passwordless]").check()
    press(page, "#mfa_webauthn_add")
    page.goto("/o/dijkerveen/mijn-aanmelding/")
    page.wait_for_url("**/mijn-aanmelding/")
    log_out(page)
    page.goto("/accounts/login/")
    check_axe(page)
    press(page, "#passkey_login")
    page.wait_for_url("**/o/dijkerveen/vandaag/")


def test_a_passkey_is_a_second_step(visitor: BrowserContext, page: Page, alice: User) -> None:
    give_authenticator(visitor, page)
    log_in(page, alice)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_password(page)
    press(page, "#mfa_webauthn_add")
    page.goto("/accounts/2fa/webauthn/")
    check_axe(page)
    log_out(page)
    log_in(page, alice)
    page.wait_for_url("**/2fa/authenticate/**")
    check_axe(page)
    press(page, "#mfa_webauthn_authenticate")
    page.wait_for_url("**/o/dijkerveen/vandaag/")


def test_signing_out_elsewhere(
    browser: Browser, visitor: BrowserContext, page: Page, alice: User
) -> None:
    log_in(page, alice)
    elsewhere = browser.new_context(base_url=page.url.partition("/o/")[0]).new_page()
    log_in(elsewhere, alice)
    elsewhere.wait_for_url("**/o/dijkerveen/vandaag/")
    page.goto("/accounts/sessions/")
    check_axe(page)
    press(page, "main [type=submit]")
    elsewhere.goto("/o/dijkerveen/vandaag/")
    elsewhere.wait_for_url("**/accounts/login/**")
    page.goto("/o/dijkerveen/vandaag/")
    page.wait_for_url("**/vandaag/")


def give_authenticator(context: BrowserContext, page: Page) -> None:
    """Give the browser an authenticator that says yes by itself."""
    devtools: Any = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def confirm_password(page: Page) -> None:
    """Give the password again where the page asks for it."""
    if page.locator("input[name=password]").count():
        page.locator("input[name=password]").fill(PASSWORD)
        press(page, "form:has(input[name=password]) [type=submit]")


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    press(page, "main [type=submit]")


def test_the_pages_of_the_administrator_are_accessible(
    page: Page, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
        objects.make(actor, 1)
    log_in(page, alice)
    for place in ("", "aanbieder/", "aanbieder/regels/", "tweede-stap/", "noodtoegang/nieuw/"):
        page.goto(f"/o/dijkerveen/inloggen/{place}")
        check_axe(page)
