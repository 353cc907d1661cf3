# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of an organisation in its documents: readable on paper, accessible, its own logo."""

import io
import re
import zipfile
from dataclasses import replace

import pypdf
import pytest

from dijkring.documents.blocks import Document
from dijkring.documents.house import ACCENT, GROUNDS, NEUTRAL, House
from dijkring.documents.html import to_html
from dijkring.documents.odt import to_odt
from dijkring.documents.pdf import to_pdf
from dijkring.documents.tests.samples import full
from dijkring.documents.tests.test_pdf import elements
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting
from dijkring.workplace.look import paper
from dijkring.workplace.look.contrast import ratio
from dijkring.workplace.selectors import house
from dijkring.workplace.services import theme
from dijkring.workplace.tests.objects import picture

PURPLE = "#5b2a86"
OWN = House(PURPLE, picture(80, 40))


@pytest.fixture
def document() -> Document:
    return replace(full(), house=OWN)


@pytest.mark.parametrize(
    ("light", "accent"),
    [
        ({}, ACCENT),
        ({"water-deep": PURPLE}, PURPLE),
        ({"water": PURPLE}, PURPLE),
        ({"frame": PURPLE}, PURPLE),
        ({"water-deep": "#ffe600", "water": PURPLE}, PURPLE),
        ({"water-deep": "#ffe600"}, ACCENT),
        ({"water-deep": "red; } body { display: none"}, ACCENT),
    ],
)
def test_the_accent_can_be_read_on_paper(light: dict[str, str], accent: str) -> None:
    assert paper.accent(light) == accent
    assert all(ratio(accent, ground) >= 4.5 for ground in GROUNDS)


def test_what_is_no_colour_or_picture_is_refused() -> None:
    for wrong in ("red", "#FFF", '#000000"', ""):
        with pytest.raises(ValueError, match="accent"):
            House(wrong)
    with pytest.raises(ValueError, match="logo"):
        House(logo=b"<svg onload='alert(1)'/>")


def test_a_logo_keeps_its_shape() -> None:
    for wide, tall in ((80, 40), (1200, 16), (16, 1200)):
        shown = House(logo=picture(wide, tall)).centimetres()
        assert shown[0] / shown[1] == pytest.approx(wide / tall)
        assert shown[0] <= 7.0 + 1e-9
        assert shown[1] <= 1.6 + 1e-9


def test_the_pdf_stays_accessible_and_bears_logo_and_colour(document: Document) -> None:
    made = to_pdf(document)
    reader = pypdf.PdfReader(io.BytesIO(made))
    metadata = reader.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "pdfuaid:part" in metadata
    figures = elements(reader.root_object["/StructTreeRoot"], "/Figure")
    assert "Logo Gemeente Dijkerveen" in [str(one.get("/Alt")) for one in figures]
    assert to_pdf(document) == made
    assert to_pdf(replace(document, house=NEUTRAL)) != made
    drawn = reader.pages[0].get_contents()
    assert drawn is not None
    purple = b"0.35686275 0.16470589 0.5254902"
    assert purple in drawn.get_data()


def test_the_file_holds_its_logo_and_loads_nothing(document: Document) -> None:
    made = to_html(document)
    assert f"--dijkring-water-deep: {PURPLE}" in made
    assert 'alt="Logo Gemeente Dijkerveen"' in made
    assert "img-src data:;" in made
    assert re.findall(r'src="(data:image/png;base64|[^"]{1,20})', made) == ["data:image/png;base64"]
    neutral = to_html(replace(document, house=NEUTRAL))
    assert "<img" not in neutral
    assert "img-src" not in neutral


def test_the_odt_holds_its_logo_and_colour(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(to_odt(document))) as archive:
        logo = archive.read("Pictures/logo.png")
        styles, content = archive.read("styles.xml").decode(), archive.read("content.xml").decode()
        assert "Pictures/logo.png" in archive.read("META-INF/manifest.xml").decode()
    assert House(logo=logo).pixels() == (80, 40)
    assert "<svg:title>Logo Gemeente Dijkerveen</svg:title>" in content
    for part in (styles, content):
        assert PURPLE in part
        assert ACCENT not in part
        assert "$accent" not in part


def test_an_organisation_without_a_look_has_the_neutral_one(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        assert house(actor.organisation_id) == NEUTRAL
        theme.change(actor=actor, light={"water-deep": PURPLE}, dark={}, logo=picture())
        found = house(actor.organisation_id)
        assert found.accent == PURPLE
        assert found.logo.startswith(b"\x89PNG")
        theme.reset(actor=actor)
        assert house(actor.organisation_id) == NEUTRAL
