# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from html.parser import HTMLParser

import pytest

from dijkring.documents.html import to_fragment, to_html
from dijkring.documents.tests.samples import full, hostile

VOID = {"meta", "br", "link", "img", "hr"}


class Strict(HTMLParser):
    """Keeps the open elements, so that a wrong nesting is noticed; collects tags and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data


@pytest.mark.parametrize("make", [to_html, to_fragment])
@pytest.mark.parametrize("document", [full(), hostile()], ids=["full", "hostile"])
def test_every_element_is_closed_in_order(make, document) -> None:  # type: ignore[no-untyped-def]
    assert Strict(make(document)).open == []


def test_the_page_has_language_title_and_one_main_heading() -> None:
    page = to_html(full())
    assert '<html lang="nl">' in page
    assert "<title>Digitale veiligheid van Dijkerveen</title>" in page
    assert page.count("<h1>") == 1
    assert "Openbaar" in page


def test_headings_follow_the_title() -> None:
    assert re.findall(r"<h(\d)>", to_fragment(full())) == ["1", "2", "3", "2"]
    assert re.findall(r"<h(\d)>", to_fragment(full(), title_level=2)) == ["2", "3", "4", "3"]


def test_the_page_loads_and_runs_nothing() -> None:
    names = [tag for tag, _ in Strict(to_html(hostile())).tags]
    assert not {"script", "link", "img", "iframe", "object"} & set(names)
    assert "default-src 'none'" in to_html(full())


def test_a_fragment_fits_a_strict_policy() -> None:
    for tag, attributes in Strict(to_fragment(hostile())).tags:
        assert tag not in ("script", "style")
        assert not {"style", "fill", "stroke"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)


def test_hostile_text_stays_text() -> None:
    assert Strict(to_html(hostile())).text.count("<script>alert(1)</script>") >= 10


def test_tables_have_a_caption_and_named_rows_and_columns() -> None:
    page = to_html(full())
    assert page.count("<table>") == page.count("<caption>") == 5
    assert '<th scope="col" class="document-right">Aantal</th>' in page
    assert '<th scope="row">5.14.01</th>' in page


def test_a_chart_is_followed_by_its_figures() -> None:
    page = to_html(full())
    assert page.index("</svg>") < page.index("Cijfers bij: Stand op 21 november 2026")
    assert '<td class="document-right">71</td>' in page


def test_a_state_is_a_sign_and_a_word() -> None:
    cell = re.search(r'<span class="document-state">(.*?)</span>', to_fragment(full()))
    assert cell
    assert "<svg" in cell[1]
    assert cell[1].endswith("niet voldaan")
