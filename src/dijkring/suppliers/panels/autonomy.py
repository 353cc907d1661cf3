# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of digital autonomy shows."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from dijkring.landscape.selectors import assets
from dijkring.landscape.selectors.graph import Landscape
from dijkring.suppliers import countries, sovereignty, words
from dijkring.suppliers.models import (
    Alternative,
    CountryOfConcern,
    SovereigntyAssessment,
)
from dijkring.suppliers.selectors import concentration, dossier, register
from dijkring.suppliers.selectors.concentration import Concentration, Weight

MOST = 10


def name_of(found: CountryOfConcern) -> str:
    """Name a country of our list."""
    return words.country(found.country)


def of_organisation(organisation_id: int, known: Landscape | None = None) -> dict[str, Any]:
    """Return everything that the page shows of an organisation; `known` as `measure` asks."""
    found = concentration.measure(organisation_id, known)
    concerns = dossier.concerns(organisation_id)
    ids = {one.name: one.pk for one in register.in_use(organisation_id)}
    suppliers = [{"pk": ids[one.key], **_weight(one)} for one in found.by_supplier[:MOST]]
    lands = [_land(one, concerns) for one in found.by_country]
    return {
        "by_supplier": suppliers,
        "by_country": lands,
        "by_place": [_weight(one) for one in found.by_place[:MOST]],
        "answers": _answers(found),
        "money": _money(found),
        "no_country": found.no_country,
        "most": assets.most_on_one(organisation_id),
        "concerns": [{"row": one, "name": words.country(code)} for code, one in concerns.items()],
        "services": _services(organisation_id),
        "alternatives": _alternatives(organisation_id),
    }


def _weight(one: Weight) -> dict[str, Any]:
    return {
        "key": one.key,
        "own": one.own,
        "assets": one.assets,
        "residents": one.residents,
        "tasks": one.tasks,
        "percent": round(one.percent),
    }


def _land(one: Weight, concerns: dict[str, CountryOfConcern]) -> dict[str, Any]:
    return {
        **_weight(one),
        "key": words.country(one.key),
        "code": one.key,
        "outside": countries.in_eea(one.key) is False,
        "concern": concerns.get(one.key),
        "what_if": what_if("country", one.key),
    }


def what_if(kind: str, value: str) -> str:
    """Return the query that asks the landscape what happens when something falls away."""
    return f"{kind}={value}"


def _answers(found: Concentration) -> list[str]:
    """Answer the question of the council: one supplier, one place, one jurisdiction."""
    said = []
    if found.by_supplier:
        top = found.by_supplier[0]
        values = {"name": top.key, "tasks": top.tasks, "assets": top.assets}
        said.append(
            _(
                "Most hangs on %(name)s. Statutory tasks that stop with it: %(tasks)d; things in "
                "all: %(assets)d."
            )
            % values
        )
    if found.by_place:
        top = found.by_place[0]
        values = {"name": top.key, "tasks": top.tasks, "assets": top.assets}
        said.append(
            _("Of places most hangs on %(name)s. Statutory tasks: %(tasks)d; things: %(assets)d.")
            % values
        )
    outside = [one for one in found.by_country if countries.in_eea(one.key) is False]
    said += [_outside(one) for one in outside[:1]]
    if found.by_country and not outside and not found.no_country:
        said.append(_("Nothing that is known hangs on a jurisdiction outside the EEA."))
    if found.no_country:
        said.append(
            _("Suppliers of which it is not known whose law reaches them in the end: %(n)d.")
            % {"n": found.no_country}
        )
    return said


def _outside(one: Weight) -> str:
    values = {"name": words.country(one.key), "tasks": one.tasks, "assets": one.assets}
    return (
        _(
            "Outside the EEA most hangs on %(name)s. Statutory tasks that stop when that "
            "jurisdiction falls away: %(tasks)d; things in all: %(assets)d."
        )
        % values
    )


def _money(found: Concentration) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "count": one.count,
            "euros": round(one.weight),
            "percent": round(one.percent),
        }
        for one in found.value_by_supplier.shares[:MOST]
    ]


def _services(organisation_id: int) -> list[dict[str, Any]]:
    """Return the newest assessment of each service, with what it comes to under both versions."""
    rows = SovereigntyAssessment.objects.filter(
        organisation_id=organisation_id, removed_at=None, supplier__retired_at=None
    ).select_related("supplier")
    newest: dict[tuple[int, str], SovereigntyAssessment] = {}
    for row in rows.order_by("assessed_on", "pk"):
        newest[row.supplier_id, row.service.casefold()] = row
    return [
        {"row": row, "outcomes": [_outcome(row, one) for one in sovereignty.versions()]}
        for row in sorted(newest.values(), key=lambda one: one.service)
    ]


def _outcome(row: SovereigntyAssessment, version: sovereignty.Version) -> dict[str, Any]:
    found = sovereignty.outcome(row.scores, version)
    low, high = round(found.at_least), round(found.at_most)
    return {
        "version": version.id,
        "score": str(low) if not found.without_score else f"{low}–{high}",
        "level": words.level_words(found.level, version.levels) if version.lowest else "",
        "sure": found.level_sure,
    }


def _alternatives(organisation_id: int) -> list[dict[str, Any]]:
    """Return per supplier what could take its place, the quickest first."""
    rows = Alternative.objects.filter(
        organisation_id=organisation_id, removed_at=None, supplier__retired_at=None
    ).select_related("supplier")
    found: dict[str, list[Alternative]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.weeks is None, one.weeks or 0, one.name)):
        found[row.supplier.name].append(row)
    return [
        {"supplier": name, "rows": rows, "pk": rows[0].supplier_id}
        for name, rows in sorted(found.items())
    ]
