# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public part: counts and words of norms, nothing that names a subject."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from dijkring.accountability.blocks.shared import ORDER, counted, document, in_words, word
from dijkring.accountability.figures import difference
from dijkring.accountability.models import Report
from dijkring.documents.blocks import (
    Align,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from dijkring.ui import charts
from dijkring.ui.dutch import date_words, moment_words, number_words, percent_words

UNKNOWN = ("not_assessed", "not_measured", "show_again")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
CATEGORIES = {
    "web-dnssec": "Ondertekende domeinnamen (websites)",
    "web-tls": "Beveiligde verbinding (websites)",
    "web-appsecpriv": "Beveiligingsinstellingen (websites)",
    "mail-auth": "Echtheid van e-mail",
    "mail-dnssec": "Ondertekende domeinnamen (e-mail)",
    "mail-tls": "Beveiligde verbinding (e-mail)",
    "web-ipv6": "Bereikbaar over IPv6 (websites)",
    "mail-ipv6": "Bereikbaar over IPv6 (e-mail)",
    "web-rpki": "Beveiligde routes (websites)",
    "mail-rpki": "Beveiligde routes (e-mail)",
    "web-extra": "Wat wij verder meten (websites)",
    "mail-extra": "Wat wij verder meten (e-mail)",
    "easm": "Wat een scan van buiten zag",
    "register": "Namen in het register van systemen",
    "rio": "Namen in het Register Internetdomeinen Overheid",
}
OTHER = "Overige metingen"
MEASURED = ("pass", "fail", "not_measured", "not_applicable")
POPULATIONS = {
    "surface.web": ("website", "websites"),
    "surface.mail": ("maildomein", "maildomeinen"),
}
LAYERS = (
    "Een maatregel telt pas als voldaan wanneer is aangetoond dat hij is vastgelegd (opzet), is "
    "ingevoerd (bestaan) en over een periode werkt (werking). Wat niemand heeft beoordeeld of "
    "gemeten, telt niet als goed."
)
FIRST = "Dit is het eerste rapport. Het volgende laat zien wat er sinds dit rapport veranderde."
LAW = (
    "De wet vraagt passende en evenredige maatregelen. Een onderdeel van de wet heeft daarom geen "
    "eigen cijfer: de tabel laat zien welke maatregelen het dragen. De verdeling over de "
    "onderdelen is een voorstel van Dijkring."
)
SILENCE = (
    "Onbekend is niet hetzelfde als goed of fout. Deze maatregelen tellen mee in het totaal, maar "
    "niet als voldaan."
)
METHOD = (
    "De cijfers zijn op {moment} berekend uit waarnemingen en oordelen, elk met bron, tijdstip en "
    "persoon. Niemand heeft een cijfer overgetypt. Namen van systemen, leveranciers en personen "
    "staan niet in dit openbare deel."
)


def public_document(report: Report, organisation: str) -> Document:
    """Build the public part; it reads counts and words of norms, nothing that names a subject."""
    figures = report.figures
    blocks = [
        *_summary(figures),
        *_standing(figures),
        *_changed(figures, report.previous),
        *_law(figures),
        *_measured(figures),
        *_doing(figures),
        *_unknown(figures),
        Heading(1, "Hoe dit rapport is gemaakt"),
        Paragraph(METHOD.format(moment=moment_words(datetime.fromisoformat(figures["moment"])))),
    ]
    title = "Digitale veiligheid: rapport aan de raad"
    return document(report, organisation, "Openbaar", title, blocks)


def _summary(figures: dict[str, Any]) -> list[Block]:
    first = figures["frameworks"][0]
    end, doing = first["end"], figures["actions"]
    applicable = first["total"] - end.get("not_applicable", 0)
    unknown = sum(end.get(verdict, 0) for verdict in UNKNOWN)
    better = counted(first["better"], "maatregel", "maatregelen")
    runs = counted(doing["open"], "verbetering", "verbeteringen")
    lines = (
        f"Van de {applicable} maatregelen van de {first['title']['nl']} die gelden, is van "
        f"{end.get('met', 0)} aangetoond dat wij eraan voldoen.",
        f"Aan {end.get('not_met', 0)} voldoen wij niet, aan {end.get('partly', 0)} deels.",
        f"Van {unknown} weten wij het niet zeker: niet beoordeeld, niet gemeten of opnieuw aan te "
        "tonen.",
        f"Vooruit in deze periode: {better}; achteruit: {first['worse']}.",
        f"In uitvoering: {runs}, waarvan {doing['late']} te laat.",
    )
    return [Heading(1, "In het kort"), Bullets(lines)]


def _standing(figures: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Waar wij staan"), Paragraph(LAYERS)]
    for one in figures["frameworks"]:
        blocks += _framework(one)
    return blocks


def _framework(one: dict[str, Any]) -> list[Block]:
    name = f"{one['title']['nl']}, versie {one['version']}"
    bar = charts.StackedBar(
        title=f"Stand aan het eind: {name}",
        description=in_words(one["end"]),
        parts=_parts(one["end"]),
    )
    return [
        Heading(2, name),
        Chart(bar, f"Stand aan het eind van de periode, {name}"),
        Chart(_trend(one, name), f"Verloop per maand, {name}"),
        _chapters(one, name),
    ]


def _parts(counts: dict[str, int]) -> tuple[charts.Part, ...]:
    return tuple(charts.Part(state, counts[state]) for state in ORDER if counts.get(state))


def _trend(one: dict[str, Any], name: str) -> charts.StackedColumns:
    columns = [charts.Column(_month(p["day"]), _parts(p["counts"])) for p in one["trend"]]
    return charts.StackedColumns(
        title=f"Verloop over de periode: {name}",
        description="Aantal maatregelen per stand, aan het eind van elke maand.",
        columns=tuple(columns),
    )


def _month(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{MONTHS[found.month - 1]} {found:%y}"


def _chapters(one: dict[str, Any], name: str) -> Table:
    # A column of nothing but zeros only takes room.
    states = [state for state in ORDER if one["end"].get(state)]
    rows = [
        (_named(chapter), *(str(chapter["counts"].get(state, 0)) for state in states))
        for chapter in one["chapters"]
    ]
    header = ("Onderdeel", *map(word, states))
    return Table(f"Stand per onderdeel, {name}", header, tuple(rows), _figures(len(states)))


def _named(one: dict[str, Any]) -> str:
    return f"{one['ref']} {one['title']['nl']}"


def _figures(columns: int) -> tuple[Align, ...]:
    right: Align = "right"
    return ("left", *(right,) * columns)


def _changed(figures: dict[str, Any], previous: Report | None) -> list[Block]:
    heading = Heading(1, "Wat er veranderde")
    if previous is None:
        return [heading, Paragraph(FIRST)]
    until = date_words(previous.period_to)
    since = Paragraph(f"Vergeleken met het rapport over de periode tot en met {until}.")
    moved = difference(figures, previous.figures)
    return [heading, since, *(_difference(one) for one in moved)]


def _difference(one: dict[str, Any]) -> Table:
    before, after = one["before"], one["after"]
    rows = [
        (
            word(state),
            str(before.get(state, 0)),
            str(after.get(state, 0)),
            _signed(after.get(state, 0) - before.get(state, 0)),
        )
        for state in ORDER
    ]
    header = ("Stand", "Vorig rapport", "Dit rapport", "Verschil")
    return Table(f"Verschil: {one['title']['nl']}", header, tuple(rows), _figures(3))


def _signed(moved: int) -> str:
    return f"{moved:+d}" if moved else "0"


def _law(figures: dict[str, Any]) -> list[Block]:
    rows = [
        (
            _named(one),
            str(one["counts"].get("met", 0)),
            str(sum(one["counts"].values())),
            in_words(one["counts"]),
        )
        for one in figures["law"]
    ]
    if not rows:
        return []
    header = ("Onderdeel", "Aangetoond", "Van", "Alle standen")
    caption = "Maatregelen per onderdeel van artikel 21, derde lid"
    return [
        Heading(1, "De zorgplicht van de Cyberbeveiligingswet"),
        Paragraph(LAW),
        Table(caption, header, tuple(rows), ("left", "right", "right", "left")),
    ]


def _measured(figures: dict[str, Any]) -> list[Block]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in figures["measured"]:
        # A category that has no words here yet is counted all the same.
        found[CATEGORIES.get(one["category"], OTHER)].update(one["states"])
    if not found:
        return []
    rows = [
        (label, *(str(states[state]) for state in MEASURED))
        for label in (*CATEGORIES.values(), OTHER)
        if (states := found.get(label)) is not None
    ]
    header = ("Onderwerp", "Voldaan", "Niet voldaan", "Niet gemeten", "Niet van toepassing")
    caption = "Waarnemingen aan het eind van de periode"
    return [
        Heading(1, "Wat de metingen op internet laten zien"),
        Table(caption, header, tuple(rows), _figures(len(MEASURED))),
        *[Paragraph(_worked(one)) for one in figures["operation"] if one["population"]],
    ]


def _worked(one: dict[str, Any]) -> str:
    names = POPULATIONS.get(one["kind"], ("onderdeel", "onderdelen"))
    followed = (
        f"Gevolgd over de hele periode: {counted(one['population'], *names)}, "
        f"{percent_words(one['coverage'])} van de tijd met een geldige meting. "
    )
    if one["met"] is None:
        return followed + "Er is niets waargenomen; over de werking is dus niets te zeggen."
    margin = f"tussen {percent_words(one['at_least'])} en {percent_words(one['at_most'])}"
    return (
        f"{followed}Van de gemeten tijd was {percent_words(one['met'])} in orde; met de ongemeten "
        f"tijd erbij ligt dat {margin}. {_repaired(one)}"
    )


def _repaired(one: dict[str, Any]) -> str:
    if not one["exceptions"]:
        return "Er waren geen afwijkingen."
    found = counted(one["exceptions"], "afwijking", "afwijkingen")
    words = f"Gevonden: {found}, waarvan {one['mended']} hersteld"
    if one["median_days"] is None:
        return f"{words}."
    return f"{words}, doorgaans binnen {number_words(one['median_days'], 1)} dagen."


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
        unknown = {v: one["end"][v] for v in UNKNOWN if one["end"].get(v)}
        if unknown:
            lines.append(f"{one['title']['nl']}: {in_words(unknown)}.")
    lines = lines or ["Van alle maatregelen is bekend waar wij staan."]
    return [Heading(1, "Wat wij niet weten"), Paragraph(SILENCE), Bullets(tuple(lines))]
