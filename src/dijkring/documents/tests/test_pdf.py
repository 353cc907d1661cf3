# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
import typst

from dijkring.documents.pdf import to_pdf
from dijkring.documents.tests.samples import MARK, full, hostile
from dijkring.documents.typesetting import accessible_pdf, displayable, picture
from dijkring.ui.charts import swatch

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_pdf(full())


@pytest.fixture(scope="module")
def reader(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(node: object) -> list[str]:
    """Walk the structure tree and give the tag of every element in reading order."""
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        return [tag for each in node for tag in tags(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + tags(node.get("/K", []))


def elements(node: object, tag: str) -> list[pypdf.generic.DictionaryObject]:
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        return [found for each in node for found in elements(each, tag)]
    if not isinstance(node, pypdf.generic.DictionaryObject):
        return []
    own = [node] if node.get("/S") == tag else []
    return own + elements(node.get("/K", []), tag)


def test_the_file_says_that_it_is_accessible(reader: pypdf.PdfReader) -> None:
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean
    assert root["/Lang"] == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_title_author_and_date_are_in_the_metadata(reader: pypdf.PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Digitale veiligheid van Dijkerveen"
    assert reader.metadata.author == "Gemeente Dijkerveen"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-21"


def test_the_structure_has_headings_tables_lists_and_figures(reader: pypdf.PdfReader) -> None:
    found = tags(reader.root_object["/StructTreeRoot"])
    assert found.count("/H1") == 2
    assert found.count("/H2") == 1
    assert found.count("/Table") == 5
    assert found.count("/TH") == 3 + 2 + 3 + 1 + 4
    assert {"/L", "/LI", "/Figure", "/Caption", "/P"} <= set(found)


def test_every_figure_has_words_for_who_cannot_see_it(reader: pypdf.PdfReader) -> None:
    said = [
        str(each.get("/Alt", ""))
        for each in elements(reader.root_object["/StructTreeRoot"], "/Figure")
    ]
    assert "Stand. De meeste maatregelen zijn voldaan." in said
    assert all(said)


def test_headings_are_bookmarks(reader: pypdf.PdfReader) -> None:
    first = reader.outline[0]
    assert isinstance(first, pypdf.generic.Destination)
    assert first.title == "Waar wij staan"


def test_every_page_has_marking_and_number(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)
    assert count >= 2
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "Openbaar" in text
        assert f"Pagina {number} van {count}" in text


def test_what_was_written_is_there(reader: pypdf.PdfReader) -> None:
    text = text_of(reader)
    for words in ("Tweede regel.", "niet voldaan", "opnieuw aan te tonen", "Geen regels.", "79,8"):
        assert words in text
    assert "20 november 2026" in text


def test_only_built_in_fonts_are_used(made: bytes, reader: pypdf.PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in cast(Any, page)["/Resources"]["/Font"].values()
    }
    assert all(font.startswith(("LibertinusSerif", "DejaVuSansMono")) for font in fonts)


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    assert to_pdf(full()) == made


def test_hostile_text_is_shown_and_not_run() -> None:
    text = text_of(pypdf.PdfReader(io.BytesIO(to_pdf(hostile()))))
    assert '#import "@preview/x:1.0.0": * #read("/etc/hostname") $ x^2 $ \\u{41}' in text
    assert MARK in text
    assert "[grinning face]" in text
    hostname = Path("/etc/hostname")
    if hostname.exists() and len(hostname.read_text().strip()) > 3:
        assert hostname.read_text().strip() not in text


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/hostname")',
        '#read("../../../../etc/hostname")',
        '#image("/etc/hostname")',
        '#include "/etc/hostname"',
        '#import "@local/example:0.1.0": add',
    ],
)
def test_the_typesetter_reads_no_files_and_fetches_nothing(source: str) -> None:
    with pytest.raises(typst.TypstError, match=r"not found|escape"):
        accessible_pdf(f"#set document(title: [x])\n{source}".encode(), {}, MOMENT)


def test_a_picture_in_a_picture_is_not_fetched() -> None:
    outside = '<image href="/etc/hostname" width="9" height="9"/>'
    with pytest.raises(typst.TypstError, match="not allowed"):
        picture(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{outside}</svg>')


def test_signs_that_the_fonts_lack_get_their_name() -> None:
    assert displayable("é € → \u05e9 \u0645") == "é € → \u05e9 \u0645"
    assert displayable("a\U0001f9a6b") == "a[otter]b"
    assert displayable("漢") == "[cjk unified ideograph-6f22]"


def test_a_picture_is_a_png() -> None:
    assert picture(swatch("not_met", mode="document")).startswith(b"\x89PNG")
