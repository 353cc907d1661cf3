# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of one finding shows."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact
from dijkring.evidence.panels import FACT_SLOT, shown
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings import Finding
from dijkring.surface.tables import findings as tables
from dijkring.surface.templatetags.surface import method, seen_label
from dijkring.ui.panels import Facts, Markup, Panel, for_slot


def of_finding(request: Any, finding: Finding, fact: Fact) -> list[Panel]:
    """Return the panels: what it is, how to mend it, what was seen, who is busy, what it helps."""
    means = _meaning(finding.kind)
    seen = [(seen_label(key), _shown(value)) for key, value in _seen(fact).items()]
    accepted = selectors.accepted(finding, fact.organisation_id)
    work = {"finding": finding, "accepted": accepted}
    return [
        Facts(_("What was found"), _found(finding, fact)),
        *([Facts(_("What it means"), means)] if means else []),
        *([Facts(_("What was seen"), seen)] if seen else []),
        Markup(_("What is being done"), "surface/finding_work.html", work),
        *_counts_for(finding.kind),
        *for_slot(FACT_SLOT, request, fact),
    ]


def _shown(value: Any) -> Any:
    return value if isinstance(value, bool) else shown(value)


def _counts_for(kind: str) -> list[Panel]:
    speaks_about = catalogue(clock.now()).by_kind.get(kind, ())
    found = list(Requirement.objects.filter(pk__in=speaks_about).select_related("framework"))
    panel = Markup(
        _("What it counts for"), "surface/finding_counts_for.html", {"requirements": found}
    )
    return [panel] if found else []


def _seen(fact: Fact) -> dict[str, Any]:
    found = fact.detail.get("seen")
    return found if isinstance(found, dict) else {}


def _meaning(kind_id: str) -> list[tuple[str, str]]:
    kind = kinds.get(kind_id)
    words = ((_("What"), kind.what), (_("Why"), kind.why), (_("How to mend"), kind.mend))
    return [(label, in_language(text)) for label, text in words if text]


def _found(finding: Finding, fact: Fact) -> list[tuple[str, Any]]:
    level = tables.LEVEL_WORDS[finding.level]
    end = (_("Solved"), finding.until) if finding.until else (_("Holds until"), finding.valid_until)
    return [
        (_("In words"), finding.reason),
        (_("About"), tables.subject_words(finding.subject)),
        (_("Hosted by"), finding.hoster),
        (_("Category"), tables.category_words(finding.kind)),
        (_("Severity"), f"{tables.severity_words(finding.severity)}, {level}"),
        (_("First seen"), finding.since),
        (_("Last seen"), finding.confirmed),
        end,
        (_("Source"), tables.sources_words(finding) or tables.source_words(finding.source)),
        (_("Method"), method(fact)),
    ]
