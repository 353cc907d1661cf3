# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents for the tests: one with every kind of block, and one full of hostile text."""

from datetime import date

from dijkring.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Signature,
    SignatureLine,
    StateCell,
    Table,
)
from dijkring.ui.charts import Lines, Part, Series, StackedBar

HOSTILE = (
    '#import "@preview/x:1.0.0": * #read("/etc/hostname") $ x^2 $ \\u{41} <label> @ref `raw` *b* '
    "= kop // noot /* nee */ <script>alert(1)</script> &amp; ]]> ${title} $title {{ x }} {% x %} "
    "emoji \U0001f600 漢字 שלום مرحبا \u202elabeled\u202c \x00\x01\x1b\x85 \ud800 \ufffe\uffff "
    + "W"
    * 300
)
MARK = "]]> ${title} $title {{ x }} {% x %}"

STATES = Chart(
    StackedBar(title="Stand", parts=(Part("met", 71), Part("not_met", 18))),
    "Stand op 21 november 2026",
    "De meeste maatregelen zijn voldaan.",
)
TREND = Chart(
    Lines(title="Verloop", labels=("mei", "juni"), series=(Series("voldaan", (60, 71)),)),
    "Verloop per maand",
)


def full(*extra: Block) -> Document:
    return Document(
        title="Digitale veiligheid van Dijkerveen",
        subtitle="Rapport aan de raad",
        language="nl",
        author_organisation="Gemeente Dijkerveen",
        date=date(2026, 11, 21),
        marking="Openbaar",
        blocks=(
            Heading(1, "Waar wij staan"),
            Paragraph("Eerste regel.\nTweede regel."),
            STATES,
            Heading(2, "Verloop"),
            TREND,
            Facts((("Periode", "het derde kwartaal van 2026"),)),
            Bullets(("Drie maatregelen zijn hersteld.", "Eén niet.")),
            Table(
                "Wat aandacht vraagt",
                ("Nummer", "Stand", "Aantal"),
                (("5.14.01", StateCell("not_met"), "2"), ("8.13.04", StateCell("show_again"), "1")),
                ("left", "left", "right"),
            ),
            Table("Leeg", ("Nummer",), ()),
            Notice("secret", "Geheim op grond van artikel 87 van de Gemeentewet."),
            PageBreak(),
            Heading(1, "Vaststelling"),
            Signature(
                (
                    SignatureLine("CISO", "A. Bakker", date(2026, 11, 20), "akkoord"),
                    SignatureLine("Gemeentesecretaris", None, None, "wacht"),
                )
            ),
            *extra,
        ),
    )


def hostile() -> Document:
    return Document(
        title=f"Titel {HOSTILE}",
        subtitle=HOSTILE,
        language="en",
        author_organisation=HOSTILE,
        date=date(2026, 11, 21),
        marking=HOSTILE,
        blocks=(
            Heading(1, HOSTILE),
            Paragraph(HOSTILE),
            Bullets((HOSTILE,)),
            Facts(((HOSTILE, HOSTILE),)),
            Table(HOSTILE, (HOSTILE, "b"), ((HOSTILE, HOSTILE), ("x", StateCell("met")))),
            Chart(StackedBar(title=HOSTILE, parts=(Part("met", 1, HOSTILE),)), HOSTILE, HOSTILE),
            Notice("info", HOSTILE),
            Signature((SignatureLine(HOSTILE, HOSTILE, None, HOSTILE),)),
        ),
    )
