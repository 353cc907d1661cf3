# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import io
import zipfile
from xml.etree import ElementTree as ET

import odfdo
import pytest

from dijkring.documents.blocks import Document
from dijkring.documents.odt import to_odt
from dijkring.documents.tests.samples import MARK, full, hostile

NAMES = {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
PARTS = {
    "content.xml": "document-content",
    "styles.xml": "document-styles",
    "meta.xml": "document-meta",
}


def parts(document: Document) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(to_odt(document)))


def tree(document: Document, part: str = "content.xml") -> ET.Element:
    return ET.fromstring(parts(document).read(part))  # noqa: S314  our own file


def name(space: str, local: str) -> str:
    return f"{{{NAMES[space]}}}{local}"


@pytest.mark.parametrize("document", [full(), hostile()], ids=["full", "hostile"])
def test_the_package_is_as_the_standard_asks(document: Document) -> None:
    archive = parts(document)
    assert archive.testzip() is None
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    listed = {
        entry.attrib[name("manifest", "full-path")]
        for entry in tree(document, "META-INF/manifest.xml")
    }
    assert listed == set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"} | {"/"}
    for part, root in PARTS.items():
        assert tree(document, part).tag.endswith(f"}}{root}")


def test_it_opens_with_title_and_language() -> None:
    opened = odfdo.Document(io.BytesIO(to_odt(full())))
    assert opened.get_type() == "text"
    assert opened.meta.title == "Digitale veiligheid van Dijkerveen"
    assert opened.language == "nl-NL"
    assert [str(h).strip() for h in opened.body.headers] == [
        "Waar wij staan",
        "Verloop",
        "Vaststelling",
    ]


def test_every_style_that_is_used_exists() -> None:
    key = name("style", "name")
    known = {
        each.attrib[key]
        for part in ("styles.xml", "content.xml")
        for each in tree(full(), part).iter()
        if key in each.attrib
    }
    used = {
        value
        for each in tree(full()).iter()
        for attribute, value in each.attrib.items()
        if attribute.endswith("}style-name")
    }
    assert used <= known


def test_tables_have_real_header_rows_and_columns() -> None:
    content = tree(full())
    tables = list(content.iter(name("table", "table")))
    assert len(tables) == 6  # the facts are one too
    assert len(list(content.iter(name("table", "table-header-rows")))) == 5
    assert len(list(content.iter(name("table", "table-header-columns")))) == 6


def test_pictures_say_what_they_show_and_are_in_the_package() -> None:
    archive = parts(full())
    frames = list(tree(full()).iter(name("draw", "frame")))
    assert len(frames) == 2
    said = frames[0].find("svg:desc", NAMES)
    assert said is not None
    assert said.text == "Stand. De meeste maatregelen zijn voldaan."
    for image in tree(full()).iter(name("draw", "image")):
        assert archive.read(image.attrib[name("xlink", "href")]).startswith(b"\x89PNG")


def test_marking_and_page_number_are_on_every_page() -> None:
    styles = tree(full(), "styles.xml")
    header = styles.find(".//style:header", NAMES)
    assert header is not None
    assert "Openbaar" in "".join(header.itertext())
    assert styles.find(".//style:footer//text:page-number", NAMES) is not None


def test_lines_stay_lines() -> None:
    assert tree(full()).find(".//text:p/text:line-break", NAMES) is not None


def test_hostile_text_stays_text() -> None:
    text = "".join(tree(hostile()).itertext())
    assert text.count("<script>alert(1)</script>") >= 10
    assert MARK in text
    assert MARK in "".join(tree(hostile(), "styles.xml").itertext())


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_odt(full()) == to_odt(full())
