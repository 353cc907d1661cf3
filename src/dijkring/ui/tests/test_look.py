# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sample pages in a real browser: accessible, within the policy, at every width."""

from collections.abc import Iterator
from typing import Any

import pytest

from dijkring.tests.harness.browser import Inspection, axe_faults, wait_until
from dijkring.ui.tests.test_markup import PAGES


@pytest.fixture
def desk(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="nl-NL", viewport={"width": 1360, "height": 900})
    yield context.new_page()
    context.close()


def test_pages_are_accessible_and_keep_to_the_policy(desk: Any, address: str) -> None:
    refused: list[str] = []
    desk.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    desk.on("pageerror", lambda error: refused.append(str(error)))
    inspection, faults = Inspection(desk), []
    for path in PAGES:
        desk.goto(address + path)
        faults += inspection.faults()
    assert faults == []
    assert refused == []


def test_the_first_tab_leads_past_the_navigation(desk: Any, address: str) -> None:
    desk.goto(address + PAGES[0])
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.getAttribute('href')") == "#content"
    desk.keyboard.press("Enter")
    assert desk.evaluate("location.hash") == "#content"


def test_sorting_changes_only_the_results_and_the_address(desk: Any, address: str) -> None:
    desk.goto(address + PAGES[0])
    desk.evaluate("window.sameVisit = true")
    desk.click("#sort-state")
    desk.wait_for_selector("th[aria-sort]")
    assert "sort=state" in desk.url
    assert desk.evaluate("window.sameVisit") is True
    assert desk.evaluate("document.activeElement.id") == "sort-state"


def test_errors_are_told_first(desk: Any, address: str) -> None:
    desk.goto(address + "/o/dijkerveen/kit/form/")
    desk.click("main .nl-button--primary")
    desk.wait_for_selector("#errors")
    assert desk.evaluate("document.activeElement.id") == "errors"
    assert axe_faults(desk) == []


def test_what_was_typed_survives_an_expired_login(desk: Any, address: str) -> None:
    form = address + "/o/dijkerveen/kit/form/"
    desk.goto(form)
    desk.fill("#id_name", "www.dijkerveen.example")
    desk.check("#id_verdict_1")
    desk.route(form, lambda route: _to_login(route, address))
    desk.click("main .nl-button--primary")
    desk.wait_for_selector("form[data-login]")
    wait_until(desk, "sessionStorage.getItem('dijkring-bounced')")
    desk.unroute(form)
    desk.goto(form)
    assert desk.input_value("#id_name") == "www.dijkerveen.example"
    assert desk.is_checked("#id_verdict_1")
    assert desk.is_visible("#kept")
    desk.goto(form)
    assert desk.input_value("#id_name") == ""


def _to_login(route: Any, address: str) -> None:
    route.fulfill(status=302, headers={"Location": f"{address}/accounts/login/"})


def test_without_javascript_lists_and_forms_work(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(address + PAGES[0])
    page.click("#sort-state")
    assert "sort=state" in page.url
    page.goto(address + "/o/dijkerveen/kit/form/")
    page.click("main .nl-button--primary")
    page.wait_for_selector("#errors")
    context.close()


def test_paper_has_neither_frame_nor_buttons(desk: Any, address: str) -> None:
    desk.goto(address + "/o/dijkerveen/kit/detail/1/")
    desk.emulate_media(media="print", color_scheme="dark")
    assert not desk.is_visible(".frame")
    assert not desk.is_visible(".actions")
    paper = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
