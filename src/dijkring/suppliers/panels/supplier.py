# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One supplier as a dossier, and one line of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dijkring.suppliers import countries, sovereignty, words
from dijkring.suppliers.lines import KINDS, LineKind
from dijkring.suppliers.models import (
    Contract,
    ParentCompany,
    SovereigntyAssessment,
    Supplier,
    SupplierLine,
)
from dijkring.suppliers.selectors import dossier
from dijkring.suppliers.selectors.dossier import Lines
from dijkring.suppliers.selectors.register import jurisdiction
from dijkring.suppliers.tables.asking import InquiryTable
from dijkring.suppliers.tables.suppliers import LineTable
from dijkring.ui import panels as slots
from dijkring.ui import words as ui_words
from dijkring.ui.panels import Facts, Markup, Panel, Part, RelatedTable

SLOT = "suppliers:supplier"
# In each part what is shown in the order in which one asks; owners stand in the chain.
AGREED = ("contract", "toezegging", "verwerking")
ASSURED = ("beoordeling", "assurance", "incident")
RELIED_ON = ("toeleverancier", "alternatief", "soevereiniteit")


def of_supplier(request: Any, supplier: Supplier) -> list[Part]:
    """Return what is known of a supplier, in parts."""
    kept = dossier.lines(supplier, [one.model for one in KINDS.values()])

    def lines(kinds: Iterable[str]) -> list[Panel]:
        return [_lines(request, kept, KINDS[kind]) for kind in kinds]

    tier = Markup(pgettext("supplier", "Level"), "suppliers/tier.html", _tier(supplier))
    law = _chain(supplier, kept.owners)
    reach = Markup(_("Whose law reaches it"), "suppliers/chain.html", law)
    asked = [_inquiries(request, supplier), *slots.for_slot(SLOT, request, supplier)]
    return [
        Part(
            "over",
            pgettext("part", "About"),
            [Facts(_("About this supplier"), _about(supplier)), tier],
        ),
        Part("afspraken", pgettext("part", "Agreements"), [*lines(AGREED), _taken_out(kept)]),
        Part("zekerheid", pgettext("part", "Assurance"), lines(ASSURED)),
        Part(
            "keten",
            pgettext("part", "Chain and exit"),
            [_delivered(supplier), reach, *lines(RELIED_ON)],
        ),
        Part("vragen", pgettext("part", "Questions"), asked),
    ]


def _about(supplier: Supplier) -> list[tuple[Any, Any]]:
    unknown = _("not known")
    return [
        (_("What it does for us"), supplier.delivers),
        (_("Process owner"), ui_words.person_words(supplier.owner)),
        (_("Contact"), supplier.contact),
        (_("E-mail address"), supplier.email),
        (_("Phone, also at night"), supplier.phone),
        (_("Number in the trade register (KvK)"), supplier.kvk),
        (_("Cloud service"), supplier.get_cloud_display() or unknown),
        (_("Processes personal data for us"), supplier.get_personal_data_display() or unknown),
        (_("Leans on others to serve us"), supplier.get_leans_display() or unknown),
        (_("Added"), supplier.added_at),
    ]


def _tier(supplier: Supplier) -> dict[str, Any]:
    return {
        "supplier": supplier,
        "look": words.tier_look(supplier),
        "found": words.TIERS.get(supplier.tier_found, words.UNKNOWN),
        "why": [words.why_words(row) for row in supplier.tier_why[:5]],
        "more": max(len(supplier.tier_why) - 5, 0),
    }


def _chain(supplier: Supplier, owners: list[ParentCompany]) -> dict[str, Any]:
    concerns = dossier.concerns(supplier.organisation_id)
    own = supplier.jurisdiction or (supplier.party.jurisdiction if supplier.party else "")
    steps = [(supplier.name, own, None), *((one.name, one.country, one) for one in owners)]
    return {
        "steps": [
            {
                "name": name,
                "country": words.country(code) or _("not known"),
                "outside": countries.in_eea(code) is False,
                "concern": concerns.get(code),
                "line": line,
            }
            for name, code, line in steps
        ],
        "last": words.country(jurisdiction(supplier, owners)),
    }


def _lines(request: Any, kept: Lines, kind: LineKind) -> Panel:
    table = LineTable(kept.there.get(kind.model, []), request=request, orderable=False)
    return RelatedTable(kind.label, table, empty=_("Nothing recorded yet."))


def _delivered(supplier: Supplier) -> Panel:
    context = {"assets": dossier.delivered(supplier)}
    return Markup(_("What it delivers in our landscape"), "suppliers/delivered.html", context)


def _inquiries(request: Any, supplier: Supplier) -> Panel:
    rows = list(dossier.inquiries(supplier))
    table = InquiryTable(
        rows, request=request, orderable=False, exclude=("supplier", "submitted_by", "taken_from")
    )
    return RelatedTable(_("Questionnaires"), table, empty=_("No questionnaire was sent yet."))


def _taken_out(kept: Lines) -> Panel:
    return Markup(_("Taken out"), "suppliers/taken_out.html", {"lines": kept.taken_out})


# --- one line -----------------------------------------------------------------------------------


def of_line(line: SupplierLine, kind: LineKind) -> list[Panel]:
    """Return the panels of one line: its fields, and what only this kind has."""
    found: list[Panel] = [Facts(kind.label, [_row(line, name) for name in kind.fields])]
    if isinstance(line, Contract):
        assets = [one.asset for one in line.deliveries.select_related("asset")]
        title = _("What it delivers in our landscape")
        found.append(Markup(title, "suppliers/delivered.html", {"assets": assets}))
    if isinstance(line, SovereigntyAssessment):
        found.append(
            Markup(_("Eight objectives"), "suppliers/sovereignty.html", sovereign(line.scores))
        )
    return found


def _row(line: SupplierLine, name: str) -> tuple[Any, Any]:
    column: Any = line._meta.get_field(name)
    label = str(column.verbose_name)
    value = getattr(line, name)
    if name == "country":
        value = words.country(value) or _("not known")
    elif column.choices:
        value = getattr(line, f"get_{name}_display")() or _("not known")
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    return label[:1].upper() + label[1:], value


def sovereign(scores: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the table of objectives: per objective, and per version the outcome."""
    versions = sovereignty.versions()
    outcomes = [(one, sovereignty.outcome(scores, one)) for one in versions]
    return {
        "versions": versions,
        "rows": [
            _objective(one, scores.get(one.id, {}), versions) for one in sovereignty.objectives()
        ],
        "outcomes": [
            {
                "version": version,
                "at_least": round(found.at_least),
                "at_most": round(found.at_most),
                "whole": not found.without_score,
                "unknown": len(found.without_score),
                "level": words.level_words(found.level, version.levels),
                "sure": found.level_sure,
            }
            for version, found in outcomes
        ],
    }


def _objective(
    one: sovereignty.Objective, row: dict[str, Any], versions: tuple[sovereignty.Version, ...]
) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": words.in_tongue(one.label),
        "level": words.level_words(row.get("seal"), versions[0].levels),
        "score": row.get("score"),
        "why": row.get("why", ""),
        "weights": [version.weights[one.id] for version in versions],
    }
