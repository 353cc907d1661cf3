# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The confidential annex, with the ground for secrecy on top and the steps of signing below."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dijkring.accountability.blocks.shared import document
from dijkring.accountability.models import Report, ReportStep
from dijkring.documents.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    Notice,
    Paragraph,
    Signature,
    SignatureLine,
    StateCell,
    Table,
)
from dijkring.ui.dutch import date_words, local

GROUND = (
    "Geheimhouding op grond van artikel 87 van de Gemeentewet, vanwege het belang in artikel 5.1, "
    "tweede lid, onder h, van de Wet open overheid: de beveiliging van personen en bedrijven en "
    "het voorkomen van sabotage. Deze bijlage noemt zwakke plekken die nog niet zijn hersteld."
)
STEPS = {
    "concept": "Concept CISO",
    "secretary": "Gemeentesecretaris",
    "portfolio_holder": "Portefeuillehouder",
    "college": "College",
}
Rows = Sequence[dict[str, Any]]


def annex_document(report: Report, organisation: str) -> Document:
    """Build the confidential annex: requirements, subjects, actions, people and the steps."""
    annex = report.annex
    blocks = [
        Notice("secret", report.secrecy_ground),
        *_not_met(annex["not_met"]),
        *_failing(annex["failing"]),
        *_actions(annex["actions"]),
        *_deviations(annex["deviations"]),
        *_taken_out(annex["taken_out"]),
        Heading(1, "Vaststelling"),
        Signature(_steps(report)),
    ]
    title = "Digitale veiligheid: vertrouwelijke bijlage"
    return document(report, organisation, "Geheim: artikel 87 Gemeentewet", title, blocks)


def _listed(
    title: str, caption: str, header: tuple[str, ...], rows: list[tuple[Cell, ...]], empty: str
) -> list[Block]:
    if not rows:
        return [Heading(1, title), Paragraph(empty)]
    return [Heading(1, title), Table(caption, header, tuple(rows))]


def _day(moment: str) -> str:
    return date_words(local(datetime.fromisoformat(moment)).date())


def _not_met(rows: Rows) -> list[Block]:
    lines: list[tuple[Cell, ...]] = [
        (f"{r['ref']} {r['title']['nl']}", r["framework"]["nl"], StateCell(r["verdict"]))
        for r in rows
    ]
    return _listed(
        "Waaraan wij niet voldoen",
        "Maatregelen",
        ("Maatregel", "Norm", "Stand"),
        lines,
        "Van geen maatregel is vastgesteld dat wij er niet aan voldoen. Wat wij niet weten, "
        "staat in het openbare deel.",
    )


def _failing(rows: Rows) -> list[Block]:
    return _listed(
        "Wat de metingen vonden",
        "Waarnemingen die niet voldoen",
        ("Wat", "Waar", "Sinds", "Toelichting"),
        [(r["label"]["nl"], r["subject"], _day(r["since"]), r["text"]) for r in rows],
        "Van geen verplichte meting is gezien dat zij niet voldoet.",
    )


def _actions(rows: Rows) -> list[Block]:
    return _listed(
        "Wat wij doen",
        "Verbeteringen in uitvoering",
        ("Verbetering", "Eigenaar", "Klaar op", "Uitvoerder", "Open regels"),
        [_action(row) for row in rows],
        "Er zijn geen verbeteringen in uitvoering.",
    )


def _action(row: dict[str, Any]) -> tuple[Cell, ...]:
    due = date_words(date.fromisoformat(row["due_on"])) if row["due_on"] else "geen datum"
    owner = row["owner"] or "niemand"
    return (row["title"], owner, due, row["responsible"] or "-", str(row["lines"]))


def _deviations(rows: Rows) -> list[Block]:
    return _listed(
        "Aanvaarde afwijkingen",
        "Wat tijdelijk mag afwijken",
        ("Waarvan", "Reden", "Aanvaard door", "Tot"),
        [(r["about"], r["reason"], r["by"], _day(r["ends"])) for r in rows],
        "Er zijn geen aanvaarde afwijkingen.",
    )


def _taken_out(rows: Rows) -> list[Block]:
    return _listed(
        "Uit de telling gehaald",
        "Wat niet meer meetelt",
        ("Wat", "Reden", "Voorgesteld door", "Bevestigd door"),
        [(r["member"], r["reason"], r["by"], r["confirmed"]) for r in rows],
        "Er is niets uit de telling gehaald.",
    )


def _steps(report: Report) -> tuple[SignatureLine, ...]:
    """Return the steps since the report was last a concept: what was sent back starts anew."""
    done: dict[str, ReportStep] = {}
    for step in report.steps.select_related("by"):
        done = {} if step.after == Report.Status.CONCEPT else {**done, step.before: step}
    return tuple(
        _step(role, done.get(status), report.status == status) for status, role in STEPS.items()
    )


def _step(role: str, step: ReportStep | None, current: bool) -> SignatureLine:
    if step is None:
        return SignatureLine(role, None, None, "nu aan zet" if current else "nog niet")
    return SignatureLine(role, str(step.by), local(step.at).date(), "akkoord")
