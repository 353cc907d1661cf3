# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What both parts of the report share: the cover, and counts in words."""

from collections.abc import Sequence

from dijkring.accountability.models import Report
from dijkring.documents.blocks import Block, Document
from dijkring.ui.charts.tones import STATES, State
from dijkring.ui.dutch import date_words

ORDER: tuple[State, ...] = (
    "met",
    "partly",
    "not_met",
    "show_again",
    "not_measured",
    "not_assessed",
    "not_applicable",
)


def document(
    report: Report, organisation: str, marking: str, title: str, blocks: Sequence[Block]
) -> Document:
    """Return a part of the report with its cover."""
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


def word(state: State) -> str:
    """Return the Dutch word of a verdict."""
    return STATES[state]["nl"]


def in_words(counts: dict[str, int]) -> str:
    """Say counts per verdict: '31 voldaan, 2 niet voldaan'."""
    return ", ".join(f"{counts[state]} {word(state)}" for state in ORDER if counts.get(state))


def counted(number: int, one: str, more: str) -> str:
    """Return a number with its noun in the right form."""
    return f"{number} {one if number == 1 else more}"
