# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report to the council as blocks, in plain Dutch, from stored figures only.

The public part reads `figures` and nothing else. The annex reads `annex`.
"""

from datetime import date, datetime
from typing import Any

from dijkring.accountability.figures import difference
from dijkring.accountability.models import Report
from dijkring.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Signature,
    SignatureLine,
    StateCell,
    Table,
)
from dijkring.ui import charts
from dijkring.ui.charts.tones import STATES
from dijkring.ui.dutch import date_words, moment_words, number_words, percent_words

ORDER = ("met", "partly", "not_met", "show_again", "not_measured", "not_assessed", "not_applicable")
UNKNOWN = ("not_assessed", "not_measured", "show_again")
CATEGORIES = {
    "web-dnssec": "Ondertekende domeinnamen (websites)",
    "web-tls": "Beveiligde verbinding (websites)",
    "web-appsecpriv": "Beveiligingsinstellingen (websites)",
    "mail-auth": "Echtheid van e-mail",
    "mail-dnssec": "Ondertekende domeinnamen (e-mail)",
    "mail-tls": "Beveiligde verbinding (e-mail)",
}
STEPS = {
    "concept": "Concept CISO",
    "secretary": "Gemeentesecretaris",
    "portfolio_holder": "Portefeuillehouder",
    "college": "College",
    "council": "Gemeenteraad",
}
GROUND = (
    "Geheimhouding op grond van artikel 87 van de Gemeentewet, vanwege het belang in artikel 5.1, "
    "tweede lid, onder h, van de Wet open overheid: de beveiliging van personen en bedrijven en het "
    "voorkomen van sabotage. Deze bijlage noemt zwakke plekken die nog niet zijn hersteld."
)


def public_document(report: Report, organisation: str) -> Document:
    """Build the public part; it reads counts and words of norms, nothing that names a subject."""
    figures = report.figures
    previous = report.previous.figures if report.previous else None
    blocks: list[Block] = [
        *_summary(figures),
        *_standing(figures),
        *_changed(figures, previous, report.previous),
        *_law(figures),
        *_measured(figures),
        *_doing(figures),
        *_unknown(figures),
        *_method(figures),
    ]
    return _document(
        report, organisation, "Openbaar", "Digitale veiligheid: rapport aan de raad", blocks
    )


def annex_document(report: Report, organisation: str) -> Document:
    """Build the confidential annex, with the ground for secrecy on top and the steps below."""
    annex = report.annex
    blocks: list[Block] = [
        Notice("secret", report.secrecy_ground),
        *_not_met(annex["not_met"]),
        *_failing(annex["failing"]),
        *_actions(annex["actions"]),
        *_deviations(annex["deviations"]),
        *_taken_out(annex["taken_out"]),
        Heading(1, "Vaststelling"),
        Signature(_steps(report)),
    ]
    marking = "Geheim: artikel 87 Gemeentewet"
    return _document(
        report, organisation, marking, "Digitale veiligheid: vertrouwelijke bijlage", blocks
    )


def _document(
    report: Report, organisation: str, marking: str, title: str, blocks: list[Block]
) -> Document:
    period = f"{date_words(report.period_from)} tot en met {date_words(report.period_to)}"
    return Document(
        title=title,
        subtitle=f"{organisation}, {period}",
        language="nl",
        author_organisation=organisation,
        date=report.period_to,
        marking=marking,
        blocks=tuple(blocks),
    )


# --- public part --------------------------------------------------------------------------------


def _summary(figures: dict[str, Any]) -> list[Block]:
    first = figures["frameworks"][0]
    unknown = sum(first["end"].get(verdict, 0) for verdict in UNKNOWN)
    lines = [
        f"Van de {_applicable(first['end'], first['total'])} maatregelen van de {first['title']['nl']} die gelden, "
        f"is van {first['end'].get('met', 0)} aangetoond dat wij eraan voldoen.",
        f"Aan {first['end'].get('not_met', 0)} voldoen wij niet, aan {first['end'].get('partly', 0)} deels.",
        f"Van {unknown} weten wij het niet zeker: niet beoordeeld, niet gemeten of opnieuw aan te tonen.",
        f"In deze periode gingen {first['better']} maatregelen vooruit en {first['worse']} achteruit.",
        f"Er zijn {figures['actions']['open']} verbeteringen in uitvoering; {figures['actions']['late']} zijn te laat.",
    ]
    return [Heading(1, "In het kort"), Bullets(tuple(lines))]


def _applicable(counts: dict[str, int], total: int) -> int:
    return total - counts.get("not_applicable", 0)


def _parts(counts: dict[str, int]) -> tuple[charts.Part, ...]:
    return tuple(
        charts.Part(state, counts[state], STATES[state]["nl"])
        for state in ORDER
        if counts.get(state)
    )  # type: ignore[arg-type,index]


def _in_words(counts: dict[str, int]) -> str:
    return ", ".join(
        f"{counts[state]} {STATES[state]['nl']}" for state in ORDER if counts.get(state)
    )  # type: ignore[index]


def _standing(figures: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [
        Heading(1, "Waar wij staan"),
        Paragraph(
            "Een maatregel telt pas als voldaan wanneer is aangetoond dat hij is vastgelegd (opzet), is ingevoerd "
            "(bestaan) en over een periode werkt (werking). Wat niemand heeft beoordeeld of gemeten, telt niet als goed."
        ),
    ]
    for one in figures["frameworks"]:
        blocks += _framework(one)
    return blocks


def _framework(one: dict[str, Any]) -> list[Block]:
    title = f"{one['title']['nl']}, versie {one['version']}"
    rows = tuple(
        (
            f"{chapter['ref']} {chapter['title']['nl']}",
            *(str(chapter["counts"].get(state, 0)) for state in ORDER),
        )
        for chapter in one["chapters"]
    )
    header = ("Onderdeel", *(STATES[state]["nl"] for state in ORDER))  # type: ignore[index]
    return [
        Heading(2, title),
        Chart(
            charts.StackedBar(
                title="Stand aan het eind",
                description=_in_words(one["end"]),
                parts=_parts(one["end"]),
            ),
            "Stand aan het eind van de periode",
        ),
        Chart(_trend(one), "Verloop per maand"),
        Table("Stand per onderdeel", header, rows, ("left", *("right",) * len(ORDER))),
    ]


def _trend(one: dict[str, Any]) -> charts.StackedColumns:
    columns = tuple(
        charts.Column(_month(point["day"]), _parts(point["counts"])) for point in one["trend"]
    )
    return charts.StackedColumns(
        title="Verloop over de periode",
        description="Aantal maatregelen per stand, aan het eind van elke maand.",
        columns=columns,
    )


MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _month(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{MONTHS[found.month - 1]} {found:%y}"


def _changed(
    figures: dict[str, Any], previous: dict[str, Any] | None, last: Report | None
) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Wat er veranderde")]
    if previous is None or last is None:
        return [
            *blocks,
            Paragraph(
                "Dit is het eerste rapport. Het volgende laat zien wat er sinds dit rapport veranderde."
            ),
        ]
    blocks.append(
        Paragraph(
            f"Vergeleken met het rapport over de periode tot en met {date_words(last.period_to)}."
        )
    )
    for one in difference(figures, previous):
        rows = tuple(
            (
                STATES[state]["nl"],
                str(one["before"].get(state, 0)),
                str(one["after"].get(state, 0)),
                _signed(one, state),
            )  # type: ignore[index]
            for state in ORDER
        )
        blocks.append(
            Table(
                one["title"]["nl"],
                ("Stand", "Vorig rapport", "Dit rapport", "Verschil"),
                rows,
                ("left", "right", "right", "right"),
            )
        )
    return blocks


def _signed(one: dict[str, Any], state: str) -> str:
    moved = one["after"].get(state, 0) - one["before"].get(state, 0)
    return f"{moved:+d}" if moved else "0"


def _law(figures: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (
            f"{one['ref']} {one['title']['nl']}",
            str(one["counts"].get("met", 0)),
            str(sum(one["counts"].values())),
            _in_words(one["counts"]),
        )
        for one in figures["law"]
    )
    if not rows:
        return []
    return [
        Heading(1, "De zorgplicht van de Cyberbeveiligingswet"),
        Paragraph(
            "De wet vraagt passende en evenredige maatregelen. Een onderdeel van de wet heeft daarom geen eigen cijfer: "
            "de tabel laat zien welke maatregelen het dragen. De verdeling over de onderdelen is een voorstel van Dijkring."
        ),
        Table(
            "Maatregelen per onderdeel van artikel 21, derde lid",
            ("Onderdeel", "Aangetoond", "Van", "Alle standen"),
            rows,
            ("left", "right", "right", "left"),
        ),
    ]


def _measured(figures: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (
            CATEGORIES[one["category"]],
            *(
                str(one["states"].get(state, 0))
                for state in ("pass", "fail", "not_measured", "not_applicable")
            ),
        )
        for one in figures["measured"]
        if one["category"] in CATEGORIES
    )
    if not rows:
        return []
    header = ("Onderwerp", "Voldaan", "Niet voldaan", "Niet gemeten", "Niet van toepassing")
    return [
        Heading(1, "Wat de metingen op internet laten zien"),
        Table(
            "Waarnemingen aan het eind van de periode",
            header,
            rows,
            ("left", "right", "right", "right", "right"),
        ),
        *[Paragraph(_worked(one)) for one in figures["operation"] if one["population"]],
    ]


def _worked(one: dict[str, Any]) -> str:
    subject = f"Over de hele periode zijn {one['population']} onderdelen gevolgd, "
    coverage = f"{percent_words(one['coverage'])} van de tijd met een geldige meting. "
    if one["met"] is None:
        return (
            subject + coverage + "Er is niets waargenomen; over de werking is dus niets te zeggen."
        )
    margin = f"tussen {percent_words(one['at_least'])} en {percent_words(one['at_most'])}"
    met = f"Van de gemeten tijd was {percent_words(one['met'])} in orde; met de ongemeten tijd erbij ligt dat {margin}. "
    repaired = f"Er waren {one['exceptions']} afwijkingen, waarvan {one['mended']} hersteld"
    days = (
        f", doorgaans binnen {number_words(one['median_days'], 1)} dagen."
        if one["median_days"] is not None
        else "."
    )
    return subject + coverage + met + repaired + days


def _doing(figures: dict[str, Any]) -> list[Block]:
    found = figures["actions"]
    pairs = (
        ("Verbeteringen gestart", str(found["opened"])),
        ("Verbeteringen afgerond", str(found["closed"])),
        ("In uitvoering", str(found["open"])),
        ("Waarvan te laat", str(found["late"])),
        ("Waarvan zonder eigenaar", str(found["unowned"])),
        ("Begrote kosten van wat loopt", f"€ {number_words(round(float(found['cost'])))}"),
        ("Tijdelijk aanvaarde afwijkingen", str(figures["deviations"])),
        ("Onderdelen uit de telling gehaald", str(figures["taken_out"])),
    )
    return [Heading(1, "Wat wij doen"), Facts(pairs)]


def _unknown(figures: dict[str, Any]) -> list[Block]:
    lines = []
    for one in figures["frameworks"]:
        unknown = {
            verdict: one["end"].get(verdict, 0) for verdict in UNKNOWN if one["end"].get(verdict)
        }
        if unknown:
            lines.append(f"{one['title']['nl']}: {_in_words(unknown)}.")
    lines = lines or ["Van alle maatregelen is bekend waar wij staan."]
    intro = "Onbekend is niet hetzelfde als goed of fout. Deze maatregelen tellen mee in het totaal, maar niet als voldaan."
    return [Heading(1, "Wat wij niet weten"), Paragraph(intro), Bullets(tuple(lines))]


def _method(figures: dict[str, Any]) -> list[Block]:
    moment = moment_words(datetime.fromisoformat(figures["moment"]))
    return [
        Heading(1, "Hoe dit rapport is gemaakt"),
        Paragraph(
            f"De cijfers zijn op {moment} berekend uit waarnemingen en oordelen, elk met bron, tijdstip en persoon. "
            "Niemand heeft een cijfer overgetypt. Namen van systemen, leveranciers en personen staan niet in dit openbare deel."
        ),
    ]


# --- confidential annex -------------------------------------------------------------------------


def _listed(
    title: str, caption: str, header: tuple[str, ...], rows: list[Any], empty: str
) -> list[Block]:
    if not rows:
        return [Heading(1, title), Paragraph(empty)]
    return [Heading(1, title), Table(caption, header, tuple(tuple(row) for row in rows))]


def _not_met(rows: list[dict[str, Any]]) -> list[Block]:
    lines = [
        (f"{row['ref']} {row['title']['nl']}", row["framework"]["nl"], StateCell(row["verdict"]))
        for row in rows
    ]
    return _listed(
        "Waaraan wij niet voldoen",
        "Maatregelen",
        ("Maatregel", "Norm", "Stand"),
        lines,
        "Er zijn geen maatregelen waaraan wij niet voldoen.",
    )


def _failing(rows: list[dict[str, Any]]) -> list[Block]:
    lines = [
        (
            row["label"]["nl"],
            row["subject"],
            date_words(datetime.fromisoformat(row["since"]).date()),
            row["text"],
        )
        for row in rows
    ]
    return _listed(
        "Wat de metingen vonden",
        "Waarnemingen die niet voldoen",
        ("Wat", "Waar", "Sinds", "Toelichting"),
        lines,
        "Geen verplichte meting voldoet niet.",
    )


def _actions(rows: list[dict[str, Any]]) -> list[Block]:
    lines = [
        (
            row["title"],
            row["owner"] or "niemand",
            date_words(date.fromisoformat(row["due_on"])) if row["due_on"] else "geen datum",
            row["responsible"] or "-",
            str(row["lines"]),
        )
        for row in rows
    ]
    return _listed(
        "Wat wij doen",
        "Verbeteringen in uitvoering",
        ("Verbetering", "Eigenaar", "Klaar op", "Uitvoerder", "Open regels"),
        lines,
        "Er zijn geen verbeteringen in uitvoering.",
    )


def _deviations(rows: list[dict[str, Any]]) -> list[Block]:
    lines = [
        (
            row["about"],
            row["reason"],
            row["by"],
            date_words(datetime.fromisoformat(row["ends"]).date()),
        )
        for row in rows
    ]
    return _listed(
        "Aanvaarde afwijkingen",
        "Wat tijdelijk mag afwijken",
        ("Waarvan", "Reden", "Aanvaard door", "Tot"),
        lines,
        "Er zijn geen aanvaarde afwijkingen.",
    )


def _taken_out(rows: list[dict[str, Any]]) -> list[Block]:
    lines = [(row["member"], row["reason"], row["by"], row["confirmed"]) for row in rows]
    return _listed(
        "Uit de telling gehaald",
        "Wat niet meer meetelt",
        ("Wat", "Reden", "Voorgesteld door", "Bevestigd door"),
        lines,
        "Er is niets uit de telling gehaald.",
    )


def _steps(report: Report) -> tuple[SignatureLine, ...]:
    done = {
        step.before: step for step in report.steps.select_related("by") if step.after != "concept"
    }
    return tuple(
        SignatureLine(
            STEPS[status],
            str(done[status].by) if status in done else None,
            done[status].at.date() if status in done else None,
            "akkoord"
            if status in done
            else ("nu aan zet" if report.status == status else "nog niet"),
        )
        for status in STEPS
        if status != "council"
    )
