# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium before a real server; whatever the content-security policy reports is a fault.

The browser lives as long as one module: while it runs, its event loop occupies the thread, and a
test that runs an event loop of its own must not come after it.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from dijkring.tests.harness.database import memory_is_roomy
from dijkring.tests.harness.people import PASSWORD, logged_in

if TYPE_CHECKING:
    from dijkring.organisations.models import User

NO_BROWSER = "no Chromium on this machine"
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    # Passkeys need a name. The site stands on 127.0.0.1; on ::1 another may have the same port.
    "--host-resolver-rules=MAP localhost 127.0.0.1",
    "--no-first-run",
    "--no-sandbox",
]
WATCH_POLICY = """
addEventListener("securitypolicyviolation", event =>
    report(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}`))
"""
RUN_AXE = """
async ([within, options]) =>
    "axe" in window ? (await axe.run(within, options)).violations : null
"""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}
# What changes with the colours and the width; the other rules see the same page.
OF_COLOUR_AND_WIDTH = ("color-contrast", "target-size", "scrollable-region-focusable")
OWN_PART = "main"
# The own part of a page, its style sheets, the elements that hold it, and its shapes: colours
# follow from what an element is and stands in; what scripts do, from that and its attributes.
SHAPE = """
    const drawn = one => one.tagName + one.getAttribute("class")
    const shape = one => drawn(one.parentElement) + ">" + drawn(one)
    const taken = read => {
        const own = read.querySelector("main")
        // Scripts may style an element; written in a page the policy refuses it.
        const plain = own.cloneNode(true)
        plain.querySelectorAll("[style]").forEach(one => one.removeAttribute("style"))
        const sheets = [...read.querySelectorAll("link[rel=stylesheet]:not([disabled])")]
        const around = []
        for (let one = own.parentElement; one; one = one.parentElement)
            around.push(one.tagName + one.className)
        const all = [...own.querySelectorAll("*")]
        const hooks = one => one.getAttributeNames().map(name => drawn(one) + "[" + name)
        const scripts = [...read.querySelectorAll("script")].map(one => "script " + one.src)
        return {
            headings: read.querySelectorAll("h1").length,
            around: around.join(" "),
            shapes: [...new Set(all.map(shape))],
            hooks: [...new Set([...all.flatMap(hooks), ...scripts])],
            own: {
                title: read.title,
                html: plain.outerHTML,
                sheets: sheets.map(one => new URL(one.getAttribute("href"), location).href)
            },
        }
    }
"""
TAKE = "() => {" + SHAPE + "return taken(document)}"
# Read a page without opening it; of an address that gives a file or only takes a form: nothing.
READ = (
    """
async path => {"""
    + SHAPE
    + """
    const answer = await fetch(path)
    const html = (answer.headers.get("content-type") || "").startsWith("text/html")
    if (answer.status !== 200 || !html) return null
    const read = new DOMParser().parseFromString(await answer.text(), "text/html")
    return {url: answer.url, ...taken(read)}
}
"""
)
# Put the own part of another page in the place of this one's, under its own style sheets, and mark
# some elements of each new shape: a table of a thousand cells has the colours of its first ones.
# Tells whether it is wider than the window.
SOME = 10
PUT = (
    """
async ([{title, html, sheets}, shapes, some]) => {"""
    + SHAPE
    + """
    const known = [...document.querySelectorAll("link[rel=stylesheet]")]
    for (const one of known) one.disabled = !sheets.includes(one.href)
    for (const href of sheets.filter(href => !known.some(one => one.href === href))) {
        const link = Object.assign(document.createElement("link"), {rel: "stylesheet", href})
        document.head.append(link)
        await new Promise((done, wrong) => { link.onload = done; link.onerror = wrong })
    }
    document.title = title
    const read = new DOMParser().parseFromString(html, "text/html").querySelector("main")
    document.querySelector("main").replaceWith(document.adoptNode(read))
    const sought = new Map(shapes.map(one => [one, some]))
    for (const one of read.querySelectorAll("*")) {
        const left = sought.get(shape(one))
        if (left) one.setAttribute("data-new", "")
        if (left) sought.set(shape(one), left - 1)
    }
    return document.documentElement.scrollWidth > window.innerWidth + 1
}
"""
)
NEW = "main [data-new]"

BrowserAs = Callable[["User"], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one the test is skipped, or fails when REQUIRE_BROWSER=1."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(NO_BROWSER)
    if program is None:
        pytest.skip(NO_BROWSER)
    # Beside the browser's event loop Django keeps other connections; these would go stale.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django sees the event loop of the browser in this thread; nothing else runs in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # What its processes share is a file; Playwright keeps it on the disk, for small machines.
        not_wanted = ["--disable-dev-shm-usage"] if memory_is_roomy() else []
        started = playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS, ignore_default_args=not_wanted
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """Give one visitor; fails the test when a page broke its policy or its script."""
    faults: list[str] = []
    found = browser.new_context(
        base_url=live_server.url,
        viewport=DESKTOP,  # type: ignore[arg-type]
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    found.set_default_timeout(15_000)
    found.expose_binding(
        "report", lambda source, line: faults.append(f"{source['page'].url} {line}")
    )
    found.add_init_script(WATCH_POLICY)
    found.on("console", lambda message: faults.extend(complaint(message)))
    found.on("weberror", lambda error: faults.append(str(error.error)))
    yield found
    found.close()
    assert faults == []


def complaint(message: ConsoleMessage) -> list[str]:
    """Return what the browser says about a policy, or about a file that is not there."""
    wrong = message.type == "error" and "status of 4" not in message.text
    return [message.text] if wrong or "Content Security Policy" in message.text else []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give a page of somebody who is not logged in."""
    return context.new_page()


@pytest.fixture
def live_server_url(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture
def browser_as(context: BrowserContext, live_server: LiveServer) -> BrowserAs:
    """Give a page of somebody who has logged in already."""

    def enter(user: "User") -> Page:
        cookie = logged_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return context.new_page()

    return enter


def log_in(page: Page, user: "User") -> None:
    """Log in through the form, as people do."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("form[data-login] [type=submit]").click()


def axe_faults(page: Page, *rules: str, but: Sequence[str] = (), within: str = "html") -> list[str]:
    """Return what axe finds on a page, by all rules or some: the rule, how bad, the elements."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    options |= {"runOnly": list(rules)} if rules else {}
    options |= {"rules": {one: {"enabled": False} for one in but}}
    found = page.evaluate(RUN_AXE, [within, options])
    if found is None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(RUN_AXE, [within, options])
    return [
        f"{page.url} {one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def check_axe(page: Page) -> None:
    """Fail when axe finds anything on a page."""
    assert axe_faults(page) == []


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the window; a table may scroll within its own frame."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return [f"{page.url} is wider than the window"] if wide else []


def on_a_phone_in_the_dark(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")


class Inspection:
    """Looks at pages: at a desk by day, on a phone in the dark.

    A page with anything that scripts had not met yet is opened; of others only the text is fetched.
    The own part of each is put into a page that stays open with the same surroundings: in a new one
    axe first has to be read and warmed up, which takes longer than its work. What stands around it
    is looked at once, and colours where a page has shapes that were not seen before.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.visited: set[str] = set()
        self.hooks: set[str] = set()
        self.seen: set[str] = set()
        self.kept: dict[str, tuple[Page, Page]] = {}

    def faults_at(self, path: str) -> list[str]:
        """Return what is wrong with the page at an address, if there is a page."""
        read = self.page.evaluate(READ, path)
        if read is None or read["url"] in self.visited:
            return []
        self.visited.add(read["url"])
        if self.hooks.issuperset(read["hooks"]):
            return self._faults(read["url"], read)
        self.hooks |= set(read["hooks"])
        self.page.goto(path)
        return self.faults()

    def faults(self) -> list[str]:
        """Return what is wrong with the open page."""
        return self._faults(self.page.url, self.page.evaluate(TAKE))

    def _faults(self, url: str, taken: dict[str, Any]) -> list[str]:
        around = taken["around"]
        found = [] if taken["headings"] else ["there is no heading of the first level"]
        if around not in self.kept:
            self.kept[around] = self._opened(url), self._opened(url)
            on_a_phone_in_the_dark(self.kept[around][1])
            found += axe_faults(self.kept[around][0])
        new = sorted(set(taken["shapes"]) - self.seen)
        self.seen |= set(new)
        desk, phone = self.kept[around]
        wide = [one.evaluate(PUT, [taken["own"], new, SOME]) for one in (desk, phone)]
        found += ["it is wider than the window"] if any(wide) else []
        found += axe_faults(desk, but=OF_COLOUR_AND_WIDTH, within=OWN_PART)
        for one in (desk, phone) if new else ():
            found += axe_faults(one, *OF_COLOUR_AND_WIDTH, within=NEW)
        return [f"{url}: {line}" for line in found]

    def _opened(self, url: str) -> Page:
        page = self.page.context.new_page()
        page.goto(url)
        return page


def wait_until(page: Page, expression: str) -> None:
    """Wait until a script says yes; the page's own waiting would evaluate text, against its policy.

    Raises AssertionError after five seconds.
    """
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} never came to {expression}")
