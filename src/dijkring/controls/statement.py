# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability as a document."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from dijkring.controls.models import Framework
from dijkring.controls.selectors.applicability import ApplicabilityLine
from dijkring.controls.tables import STATES
from dijkring.core import clock
from dijkring.documents.blocks import Block, Document, Facts, Heading, Paragraph, Table
from dijkring.documents.house import House
from dijkring.documents.pdf import to_pdf
from dijkring.ui import words


def title(organisation: str) -> str:
    """Return the title of the statement with the organisation and the date."""
    day = words.date_words(clock.today())
    return _("Statement of applicability of %(organisation)s, %(day)s") % {
        "organisation": organisation,
        "day": day,
    }


def file_name(slug: str) -> str:
    """Return the name of the file, with the day in Amsterdam."""
    day = clock.now().astimezone(clock.AMSTERDAM)
    return f"{_('statement-of-applicability')}-{slug}-{day:%Y-%m-%d}"


def pdf(
    organisation: str, framework: Framework, lines: Sequence[ApplicabilityLine], house: House
) -> bytes:
    """Return the statement as PDF/UA-1, in the look of the organisation."""
    day = clock.today()
    return to_pdf(
        Document(
            title=title(organisation),
            subtitle=str(framework),
            language=words.language(),
            author_organisation=organisation,
            date=day,
            marking="",
            blocks=tuple(_blocks(lines)),
            house=house,
        )
    )


def _blocks(lines: Sequence[ApplicabilityLine]) -> list[Block]:
    counts = Counter(line.state for line in lines)
    pairs = [(str(STATES[state].word), str(counts[state])) for state in STATES if counts[state]]
    waiting = _(
        "Every requirement applies until the organisation decided otherwise. 'Not applicable' "
        "counts only after a second person has approved it."
    )
    return [
        Paragraph(waiting),
        Facts((*pairs, (_("together"), str(len(lines))))),
        Heading(1, _("Requirements")),
        _table(lines),
    ]


def _table(lines: Sequence[ApplicabilityLine]) -> Table:
    header = (_("Number"), _("Requirement"), _("Decision"), _("Reason"), _("Owner"), _("Approved"))
    rows = [
        (
            line.ref,
            line.title,
            str(STATES[line.state].word),
            line.reason or words.NOTHING,
            str(line.owner or words.NOTHING),
            _approved(line),
        )
        for line in lines
    ]
    return Table(_("What applies, and why"), header, tuple(rows))


def _approved(line: ApplicabilityLine) -> str:
    if line.approved_at is None:
        return words.NOTHING
    return f"{words.person_words(line.approved_by)}, {words.date_words(line.approved_at)}"
