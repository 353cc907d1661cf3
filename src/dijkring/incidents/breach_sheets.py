# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of breaches on paper, so that the AP can verify it (AVG art. 33(5))."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.documents.blocks import Block, Document, Facts, Heading, Paragraph
from dijkring.incidents import breach_words as said
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.breaches import entry
from dijkring.organisations.models import Organisation
from dijkring.ui import words
from dijkring.workplace.files import hand_out


def hand_out_register(
    rows: Iterable[Incident], kind: str, organisation: Organisation
) -> HttpResponse:
    """Return these entries as PDF, ODT or HTML; Http404 for another kind."""
    document = Document(
        title=_("Register of personal data breaches"),
        subtitle=_("as it stood on %(at)s") % {"at": words.moment_words(clock.now())},
        language=words.language(),
        author_organisation=organisation.name,
        date=clock.today(),
        marking=_("Confidential"),
        blocks=tuple(_blocks(list(rows))),
    )
    return hand_out(document, kind, organisation.pk)


def _blocks(rows: list[Incident]) -> Iterator[Block]:
    yield Paragraph(_("Kept under art. 33(5) of the GDPR: the facts of each breach, its effects and"
                      " the measures taken. Nobody concerned is named in it."))  # fmt: skip
    if not rows:
        yield Paragraph(_("No breach stands in this register."))
    for row in rows:
        found = entry(row)
        yield Heading(1, str(row))
        pairs: list[tuple[Any, Any]] = [(_("Noticed"), row.detected_at), *said.rows(found)]
        yield Facts(tuple((str(label), _plain(value)) for label, value in pairs))


def _plain(value: Any) -> str:
    return str(words.moment_words(value) if hasattr(value, "tzinfo") else words.shown(value))
