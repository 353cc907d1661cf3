# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Judgements that newer facts contradict: their author renews them, or maintains them."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max

from dijkring.controls.catalogue import Catalogue
from dijkring.evidence.models import Fact, Judgement
from dijkring.evidence.selectors.standings import LeafStanding

GOOD = ("met", "partly")


def contradicted(
    organisation_id: int, known: Catalogue, stood: dict[int, LeafStanding]
) -> list[Judgement]:
    """Return the current judgements that say met or partly while a newer measured fact fails.

    `stood` holds the standings as they are now. A new judgement with a reason is newer than the
    fact, and so ends the contradiction.
    """
    broken = {place for leaf in stood.values() for place in _broken(leaf)}
    if not broken:
        return []
    failing = _failing(organisation_id)
    rows = Judgement.objects.filter(
        organisation_id=organisation_id,
        superseded_at=None,
        verdict__in=GOOD,
        requirement__in={requirement for requirement, _ in broken},
    ).select_related("requirement", "judged_by")
    return [
        row
        for row in rows.order_by("judged_at", "id")
        if (row.requirement_id, row.layer) in broken and _is_older(row, known, failing)
    ]


def _broken(leaf: LeafStanding) -> Iterator[tuple[int, str]]:
    """Yield the layers that a rule on facts breaks."""
    for part in leaf.layers:
        if any(reason[0] == "rule" and reason[2] == "not_met" for reason in part["reasons"]):
            yield leaf.requirement, part["layer"]


def _failing(organisation_id: int) -> dict[str, datetime]:
    """Return per kind since when its newest failing fact fails."""
    rows = Fact.objects.filter(organisation_id=organisation_id, state="fail", until=None)
    return dict(rows.values_list("kind").annotate(Max("state_since")).order_by())


def _is_older(row: Judgement, known: Catalogue, failing: dict[str, datetime]) -> bool:
    kinds = [
        k for rule in known.rules[row.requirement_id] if rule.layer == row.layer for k in rule.kinds
    ]
    return any(failing[kind] > row.judged_at for kind in kinds if kind in failing)
