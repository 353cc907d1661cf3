# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others share with us, read inside `looking`: the database shows their rows only."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dijkring.actions.models import Action
from dijkring.controls.models import Framework, Requirement
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.models import Judgement, Standing
from dijkring.evidence.selectors import lists
from dijkring.evidence.selectors.standings import Profile

MAIN = "bio2"
WORST = ("not_met", "partly")


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one organisation on one framework, and when they were made."""

    framework: Framework
    profile: Profile
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One line of something that is shared."""

    name: str
    about: str
    state: Any
    since: date | None
    until: date | None = None
    note: str = ""
    count: int = 1


_COUNTED = """
SELECT s.organisation_id, s.framework_id, s.counts, s.computed_at FROM evidence_summary s
WHERE s.organisation_id = ANY(%s) AND s.framework_id = ANY(%s)
"""


def counted(organisations: Collection[int], framework: str = "") -> dict[int, list[Counted]]:
    """Return the counts per framework of some organisations; absent: none there or not shared."""
    known = Framework.objects.filter(organisation=None)
    norms = {one.pk: one for one in (known.filter(key=framework) if framework else known)}
    order = {id: place for place, id in enumerate(sorted(norms, key=lambda id: norms[id].age))}
    found: dict[int, list[Counted]] = defaultdict(list)
    rows = fetch(_COUNTED, [list(organisations), list(norms)])
    for organisation, norm, counts, at in sorted(rows, key=lambda row: order[row[1]]):
        profile = Profile(counts, sum(counts.values()), ())
        found[organisation].append(Counted(norms[norm], profile, at))
    return found


def frameworks() -> list[tuple[str, str]]:
    """Return the frameworks that everybody has, as (key, name)."""
    rows = Framework.objects.filter(organisation=None, requirements__leaf=True).distinct()
    names = {row.key: str(row) for row in rows.order_by("key")}
    return sorted(names.items(), key=lambda one: (one[0] != MAIN, one[0]))


def standings(giver_id: int, framework: Framework) -> list[Row]:
    """Return every leaf of a framework with the giver's verdict, by the clock of now."""
    now = clock.now()
    stood = {
        row.requirement_id: row
        for row in Standing.objects.filter(
            organisation_id=giver_id, requirement__framework=framework
        )
    }
    leaves = Requirement.objects.filter(framework=framework, leaf=True, status="active")
    return [_standing(leaf, stood.get(leaf.pk), now) for leaf in leaves.order_by("position")]


def _standing(leaf: Requirement, row: Standing | None, now: datetime) -> Row:
    if row is None:
        return Row(leaf.ref, leaf.label, "not_assessed", None)
    if row.lapses_at is not None and row.lapses_at <= now:
        # What it has become is not reckoned here where several things change at once; what is not
        # met does not become good, or less bad, by the passing of time alone.
        became = row.becomes or (row.verdict if row.verdict in WORST else "not_measured")
        return Row(leaf.ref, leaf.label, became, row.lapses_at)
    return Row(leaf.ref, leaf.label, row.verdict, row.since, row.lapses_at)


def facts(giver_id: int) -> list[Row]:
    """Return the current facts of the giver."""
    return [
        Row(
            lists.kind_label(fact.kind),
            fact.subject,
            fact.held,  # type: ignore[attr-defined]  # annotated
            fact.state_since,
            fact.valid_until,  # type: ignore[attr-defined]  # annotated
            lists.reason_of(fact),
        )
        for fact in lists.facts(giver_id)
    ]


def judgements(giver_id: int) -> list[Row]:
    """Return the current judgements of the giver, with their reasons."""
    rows = Judgement.objects.filter(organisation_id=giver_id, superseded_at=None)
    return [
        Row(
            f"{row.requirement.ref} {row.requirement.label}",
            f"{row.get_layer_display()}, {row.get_line_display()}",
            row.held,
            row.judged_at,
            row.valid_until,
            row.reason,
        )
        for row in rows.select_related("requirement").order_by("requirement__position", "pk")
    ]


def actions(giver_id: int) -> list[Row]:
    """Return the actions of the giver."""
    rows = Action.objects.filter(organisation_id=giver_id)
    return [
        Row(
            row.title,
            row.responsible,
            row.state if row.state != Action.State.CANCELLED else row.get_state_display(),
            row.opened_at,
            row.due_on,
            row.close_reason,
        )
        for row in rows.order_by("due_on", "pk")
    ]


def exposure(giver_id: int) -> list[Row]:
    """Return what was measured of the giver on the internet; nothing without an agreement."""
    rows = fetch(
        "SELECT kind, subject, state, since, confirmed, detail FROM door_exposure(%s, %s)",
        [giver_id, clock.now()],
    )
    return [
        Row(lists.kind_label(kind), subject, state, since, confirmed, lists.reason_in(detail))
        for kind, subject, state, since, confirmed, detail in rows
    ]


def exposure_counts(giver_id: int) -> list[Row]:
    """Return how many measurements of each kind stand how; nothing without an agreement."""
    rows = fetch(
        "SELECT kind, state, facts FROM door_exposure_counts(%s, %s)", [giver_id, clock.now()]
    )
    return [
        Row(lists.kind_label(kind), "", state, None, count=count) for kind, state, count in rows
    ]
