# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of one finding shows."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.panels import shown
from dijkring.evidence.selectors.lists import reason_of
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.tables import findings as tables
from dijkring.surface.templatetags.surface import method, seen_label
from dijkring.ui.panels import Facts, Markup, Panel


def of_finding(fact: Any) -> list[Panel]:
    """Return the panels: what it is, how to mend it, what was seen, who is busy, what it helps.

    `fact` is one of the rows of the findings, with what stands beside it.
    """
    means = _meaning(fact.kind)
    seen = [(seen_label(key), shown(value)) for key, value in _seen(fact).items()]
    requirements = Requirement.objects.filter(
        pk__in=catalogue(clock.now()).by_kind.get(fact.kind, ())
    ).select_related("framework")
    counts_for = {"requirements": requirements}
    work = {"fact": fact, "accepted": selectors.accepted(fact)}
    return [
        Facts(_("What was found"), _found(fact)),
        *([Facts(_("What it means"), means)] if means else []),
        *([Facts(_("What was seen"), seen)] if seen else []),
        Markup(_("What is being done"), "surface/finding_work.html", work),
        *(
            [Markup(_("What it counts for"), "surface/finding_counts_for.html", counts_for)]
            if requirements
            else []
        ),
    ]


def _seen(fact: Any) -> dict[str, Any]:
    found = fact.detail.get("seen")
    return found if isinstance(found, dict) else {}


def _meaning(kind_id: str) -> list[tuple[str, str]]:
    kind = kinds.get(kind_id)
    words = ((_("What"), kind.what), (_("Why"), kind.why), (_("How to mend"), kind.mend))
    return [(label, in_language(text)) for label, text in words if text]


def _found(fact: Any) -> list[tuple[str, Any]]:
    level = tables.LEVEL_WORDS[fact.level]
    return [
        (_("In words"), reason_of(fact)),
        (_("About"), tables.subject_words(fact.subject)),
        (_("Hosted by"), fact.hoster),
        (_("Category"), tables.category_words(fact.kind)),
        (_("Severity"), f"{tables.severity_words(fact.severity)}, {level}"),
        (_("First seen"), fact.state_since),
        (_("Last seen"), fact.confirmed),
        *([(_("Solved"), fact.until)] if fact.until else [(_("Holds until"), fact.valid_until)]),
        (_("Source"), tables.source_words(fact.source)),
        (_("Method"), method(fact)),
    ]
