# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's way in: with a password, then with a second factor that they set up themselves."""

import base64
import hashlib
import hmac
import re
import time

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from dijkring.organisations.models import User
from dijkring.tests.harness.browser import check_axe, log_in
from dijkring.tests.harness.people import PASSWORD


def code_of(secret: str) -> str:
    """Return the six digits of this half minute (RFC 6238 with SHA-1), as a telephone would."""
    counter = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"


def wait_for_a_fresh_code() -> None:
    """Stay away from the last seconds of a half minute; a code would be too old on arrival."""
    if (left := 30 - time.time() % 30) < 4:
        time.sleep(left)


def open_set_up(page: Page) -> None:
    """Go to the set-up of the second factor; it asks for the password once more."""
    page.goto("/accounts/2fa/totp/activate/")
    check_axe(page)
    page.locator("input[name=password]").fill(PASSWORD)
    send(page, "input[name=password]")
    check_axe(page)


def set_up_second_factor(page: Page) -> str:
    open_set_up(page)
    found = re.search(r"\b[A-Z2-7]{32}\b", page.content())
    assert found, "the page shows no secret"
    wait_for_a_fresh_code()
    page.locator("input[name=code]").fill(code_of(found.group()))
    send(page, "input[name=code]")
    return found.group()


def send(page: Page, field: str) -> None:
    with page.expect_navigation():
        page.locator("form", has=page.locator(field)).locator("[type=submit]").first.click()


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    with page.expect_navigation():
        page.locator("main [type=submit]").first.click()


def test_wrong_password_keeps_the_address(page: Page, alice: User) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(alice.email)
    page.locator("input[name=password]").fill("verkeerd")
    send(page, "input[name=password]")
    expect(page.locator("input[name=login]")).to_have_value(alice.email)
    check_axe(page)


def test_password_and_second_factor(page: Page, alice: User) -> None:
    log_in(page, alice)
    page.wait_for_url("**/o/dijkerveen/**")
    secret = set_up_second_factor(page)
    expect(page.locator("input[name=code]")).to_have_count(0)
    log_out(page)
    # A code counts once; the test does not wait half a minute for the next one.
    cache.clear()
    log_in(page, alice)
    page.wait_for_url("**/2fa/authenticate/**")
    check_axe(page)
    wait_for_a_fresh_code()
    page.locator("input[name=code]").fill(code_of(secret))
    send(page, "input[name=code]")
    page.wait_for_url("**/o/dijkerveen/**")


def test_wrong_code_is_refused(page: Page, alice: User) -> None:
    log_in(page, alice)
    open_set_up(page)
    page.locator("input[name=code]").fill("000000")
    send(page, "input[name=code]")
    expect(page.locator("input[name=code]")).to_have_count(1)


@pytest.mark.parametrize(
    ("secret", "moment", "code"),
    [
        ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59, "287082"),
        ("GEZDGNBVGY3TQOJQ" * 2, 1111111109, "081804"),
    ],
)
def test_codes_are_those_of_the_standard(
    monkeypatch: pytest.MonkeyPatch, secret: str, moment: int, code: str
) -> None:
    monkeypatch.setattr(time, "time", lambda: moment)
    assert code_of(secret) == code
