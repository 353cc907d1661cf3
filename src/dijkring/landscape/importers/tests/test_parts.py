# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists of parts in CycloneDX, and sheets with parts of the landscape."""

import io

import openpyxl

from dijkring.landscape.importers import Asked, Component, read

from .samples import needs, real, refusals

_XML = """<bom xmlns="http://cyclonedx.org/schema/bom/1.6" xmlns:x="urn:x" serialNumber="u-1">
<metadata><component type="application"><name>Zaaksysteem</name><version>4.2</version></component>
</metadata><components>
<component type="library" bom-ref="a"><group>org.apache</group><name>log4j-core</name>
<version>2.14.1</version><licenses><license><id>Apache-2.0</id></license></licenses>
<purl>pkg:maven/org.apache/log4j-core@2.14.1</purl><x:note>hallo</x:note><components>
<component type="file"><name>binnen</name><licenses><expression>MIT OR EUPL-1.2</expression>
</licenses><purl>geen purl</purl></component></components></component></components></bom>"""


def test_xml_with_parts_inside_parts() -> None:
    report = read(_XML.encode())
    assert (report.format, report.about) == ("cyclonedx-xml", "Zaaksysteem 4.2")
    log4j = Component(
        "org.apache/log4j-core", "2.14.1", "pkg:maven/org.apache/log4j-core@2.14.1",
        "Apache-2.0", "library", 4,
    )  # fmt: skip
    assert report.components == [
        log4j, Component("binnen", licence="MIT OR EUPL-1.2", kind="file", line=7)
    ]  # fmt: skip
    assert [one.line for one in report.warnings] == [7]


def test_the_real_lists() -> None:
    report = read(real("cyclonedx/dropwizard.json"))
    assert (report.about, len(report.components)) == ("dropwizard-parent 1.3.15", 167)
    assert report.components[1] == Component(
        "com.google.guava/guava", "24.1.1-jre",
        "pkg:maven/com.google.guava/guava@24.1.1-jre?type=jar", "Apache-2.0", "library", 126,
    )  # fmt: skip
    assert len(read(real("cyclonedx/cern-lhc-vdm-editor.json")).components) == 43


def test_a_sheet_of_reference_components_with_columns_guessed_or_chosen() -> None:
    text = (
        "Referentiecomponent;Beschikbaarheid;Integriteit;Vertrouwelijkheid;BBN\n"
        "Zaakregistratie;Hoog;Midden;Laag;2\nBurgerzaken;3;x;;1\nZAAKREGISTRATIE;;;;\n;Hoog;;;\n"
    )
    report = read(text.encode())
    assert report.assets[0].values == {
        "availability": 3, "integrity": 2, "confidentiality": 1
    }  # fmt: skip
    assert refusals(report) == [
        (3, "'x' is no level. Choose from: laag, midden, hoog."),
        (4, "This part stands there already (line 2)."),
        (5, "Name is missing."),
    ]
    odd = b"wat,hoe erg\nKlok,hoog\n"
    assert read(odd).missing == ("name",)
    asked = Asked({"name": 0, "availability": 1}, kind="ot")
    (asset,) = read(odd, asked=asked).assets
    assert (asset.kind, asset.name, asset.values) == ("ot", "Klok", {"availability": 3})


def test_a_workbook_with_dependencies() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Naam", "Soort", "RTO (uren)", "Laatst bevestigd"])
    for row in (["Balie", "proces", 4, "1-2-2026"], ["Zaken", "systeem", "2 dagen", None],
                ["Hal A", "locatie", None, None], ["Hal B", "locatie", None, None]):  # fmt: skip
        book.worksheets[0].append(row)
    second = book.create_sheet("Wat wat nodig heeft")
    second.append(["Onderdeel", "Heeft nodig", "Groep", "Nodig van de groep"])
    pairs = [
        ("balie", "Zaken"), ("Zaken", "Hal A", "Hallen", 3), ("Zaken", "Hal B", "Hallen", 3),
        ("Balie", "Balie"), ("Balie", "Weg"), ("Balie", "Zaken"),
    ]  # fmt: skip
    for pair in pairs:
        second.append(list(pair))
    stream = io.BytesIO()
    book.save(stream)
    report = read(stream.getvalue())
    assert needs(report) == {
        ("Balie", "needs", "Zaken"), ("Zaken", "group", "Hal A"), ("Zaken", "group", "Hal B")
    }  # fmt: skip
    assert [str(one.values.get("rto_hours")) for one in report.assets[:2]] == ["4.00", "48.00"]
    assert refusals(report) == [
        (5, "A part cannot need itself."),
        (6, "This part is not in the file."),
        (7, "Duplicate dependency (line 2)."),
        (3, "This group asks 3 of 2."),
    ]


def test_values_that_cannot_be_are_refused_by_their_cell() -> None:
    table = {
        "RTO": ("-4", "vier", "nan", "99999999"),
        "Inwoners": ("-1", "veel", "9999999999999"),
        "Breedtegraad": ("91", "nan", "inf"),
        "Persoonsgegevens": ("misschien",),
        "Wettelijk": ("soms",),
        "Rechtsgebied": ("Nederland",),
        "Laatst bevestigd": ("gisteren",),
        "Plaats": ('"=1+1"', "x" * 200),
    }
    for column, wrong in table.items():
        for value in wrong:
            report = read(f"Naam,{column}\nBalie,{value}\n".encode())
            assert [one.line for one in report.refused] == [2], (column, value)
            assert "B2" in report.refused[0].where
