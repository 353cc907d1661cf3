# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the pictures of the documentation, from a running site with the demo region.

Start `make run` first. Pictures are made in headless Chromium, in one size for a desktop and one
for a telephone, and stored as PNG with a palette.
"""

import argparse
import os
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from palette import with_palette
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

HOME = os.environ.get("DIJKRING_HOME", "./.dijkring")
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
TALL: ViewportSize = {"width": 1280, "height": 1360}
PHONE: ViewportSize = {"width": 390, "height": 844}
PERSON = "alice@dijkerveen.example"
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LARGEST = 150_000


FIRST = ""


class Picture(NamedTuple):
    """One picture: its file, the list it starts from, and the links to follow from there.

    The words of a link, or `FIRST` for the first row of a list.
    """

    name: str
    path: str
    follow: tuple[str, ...] = ()
    size: ViewportSize = DESKTOP


PICTURES = (
    Picture("vandaag", "vandaag/", size=TALL),
    Picture("vandaag-telefoon", "vandaag/", size=PHONE),
    Picture("internetmeting", "internetmeting/"),
    Picture("domein", "internetmeting/", ("formulieren.dijkerveen.example",)),
    Picture("actie", "acties/", ("TLS-versie",)),
    Picture("stand", "standen/", ("5.14.01",)),
    Picture("crisis", "crisis/oefeningen/", (FIRST,), size=TALL),
    Picture("crisis-telefoon", "crisis/oefeningen/", (FIRST,), size=PHONE),
    Picture("incident", "incidenten/oefeningen/", (FIRST,)),
    Picture("rapport", "raad/", ("Digitale veiligheid, eerste rapport",)),
)


def main() -> int:
    """Make all pictures; 2 when no site answers, 1 when a picture became too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    parser.add_argument("--logins", type=Path, default=Path(HOME) / "demo-logins.txt")
    parser.add_argument("--into", type=Path, default=Path("docs/images"))
    args = parser.parse_args()
    if not answers(args.address) or not args.logins.exists():
        print(
            f"Er draait geen Dijkring met voorbeeldregio op {args.address}; geef eerst `make run`. "
            "| No site with the demo region runs there; start `make run` first.",
            file=sys.stderr,
        )
        return 2
    sizes = make_all(args.address, password_of(args.logins), args.into)
    print("\n".join(f"{size:>8} {path}" for path, size in sizes.items()))
    return int(any(size > LARGEST for size in sizes.values()))


def answers(address: str) -> bool:
    """Tell whether a site lives there."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def password_of(logins: Path) -> str:
    """Return the password of the person in the pictures."""
    rows = [line.split() for line in logins.read_text(encoding="utf-8").splitlines()]
    return next(row[1] for row in rows if row and row[0] == PERSON)


def make_all(address: str, password: str, folder: Path) -> dict[Path, int]:
    """Make every picture; returns the files with their sizes in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        state = logged_in(browser, address, password)
        return {folder / f"{one.name}.png": make(state, one, folder) for one in PICTURES}


def logged_in(browser: Browser, address: str, password: str) -> BrowserContext:
    """Return a browser in which the person has logged in and seen the first page."""
    context = browser.new_context(
        base_url=address, locale="nl-NL", timezone_id="Europe/Amsterdam", color_scheme="light"
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", PERSON)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.locator("form[data-login] [type=submit]").click()
    page.close()
    return context


def make(context: BrowserContext, picture: Picture, folder: Path) -> int:
    """Make one picture and return its size in bytes."""
    page = context.new_page()
    page.set_viewport_size(picture.size)
    page.goto(f"/o/dijkerveen/{picture.path}")
    for words in picture.follow:
        follow(page, words)
    content = with_palette(page.screenshot(animations="disabled"))
    (folder / f"{picture.name}.png").write_bytes(content)
    page.close()
    return len(content)


def follow(page: Page, words: str) -> None:
    """Open the first link with exactly these words, or the first row."""
    link = page.get_by_role("link", name=words, exact=True) if words else page.locator("tbody a")
    with page.expect_navigation():
        link.first.click()


if __name__ == "__main__":
    sys.exit(main())
