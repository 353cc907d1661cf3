# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sample page is sound HTML that a strict content-security policy lets through."""

from html.parser import HTMLParser

import pytest
from django.test import Client

PAGES = (
    "/o/dijkerveen/kit/list/",
    "/o/dijkerveen/kit/empty/",
    "/o/dijkerveen/kit/detail/1/",
    "/o/dijkerveen/kit/form/",
    "/o/dijkerveen/kit/confirm/",
    "/o/dijkerveen/kit/job/running/",
    "/o/dijkerveen/kit/job/failed/",
    "/o/dijkerveen/kit/notices/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/nowhere/",
)
VOID = {"meta", "link", "input", "img", "hr", "br"}


class Reader(HTMLParser):
    """Notes what is wrong with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and not given.keys() & {"src", "type"}):
            self.faults.append(f"inline {tag}")
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        self._note_ids(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def _note_ids(self, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references |= set(given.get(name, "").split())
        if given.get("href", "").startswith("#") and len(given["href"]) > 1:
            self.references.add(given["href"][1:])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def all_faults(self) -> list[str]:
        double = {id for id in self.ids if self.ids.count(id) > 1}
        dangling = self.references - set(self.ids)
        return [*self.faults, *self.open, *sorted(double), *sorted(dangling)]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_sound(client: Client, path: str) -> None:
    reader = Reader()
    reader.feed(client.get(path).content.decode())
    assert reader.all_faults() == []


def test_a_form_with_errors_is_sound(client: Client) -> None:
    reader = Reader()
    reader.feed(client.post("/o/dijkerveen/kit/form/", {}).content.decode())
    assert reader.all_faults() == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<p style="color:red">x</p>', "p style"),
        ("<script>1</script>", "inline script"),
        ('<a onclick="1">x</a>', "a onclick"),
        ('<label for="gone">x</label>', "gone"),
        ("<p><b>x</p>", "</p> closes nothing"),
    ],
)
def test_the_reader_sees_faults(html: str, fault: str) -> None:
    reader = Reader()
    reader.feed(html)
    assert fault in reader.all_faults()
