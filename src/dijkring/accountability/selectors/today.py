# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong and what is due, for one person of one organisation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from dijkring.accountability.models import Report, Visit
from dijkring.actions.models import Action
from dijkring.controls.catalogue import Catalogue, catalogue, current_framework
from dijkring.controls.models import Requirement
from dijkring.core import clock, due
from dijkring.core.access import Actor, Role
from dijkring.evidence.models import StandingChange
from dijkring.evidence.selectors import standings
from dijkring.evidence.selectors.contradictions import contradicted
from dijkring.evidence.selectors.standings import VERDICT_ORDER, LeafStanding, Profile

SOON = timedelta(days=7)
MOST = 12
FEW = 5
ACTIVE = "open"
RANKS = {"high": 0, "normal": 1, "low": 2}


Stood = dict[int, LeafStanding]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its state, what it is, what to do, and where that is done."""

    state: str
    text: str
    note: str
    url_name: str
    args: tuple[Any, ...]
    due_on: Any = None


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page of today shows."""

    now_first: list[Line]
    more: int
    due: list[due.DueItem]
    better: int
    worse: int
    since: datetime | None
    profile: Profile | None


def today(actor: Actor, visit: Visit | None, *, brief: bool) -> Today:
    """Return today's page; `brief` (for the board) keeps to five lines."""
    known, stood = catalogue(clock.now()), standings.of_leaves(actor.organisation_id)
    lines = [
        *_actions(actor),
        *_contradicted(actor, known, stood),
        *_lapsed(stood),
        *_reports(actor),
    ]
    most = FEW if brief else MOST
    since = visit.before if visit else None
    better, worse = _changes(actor.organisation_id, stood, since)
    return Today(
        lines[:most],
        max(0, len(lines) - most),
        [
            item
            for item in due.items(actor.organisation_id, clock.now() + SOON, actor.can)
            if item.moment >= clock.now()
        ][:most],
        better,
        worse,
        since,
        _profile(known, stood),
    )


def _actions(actor: Actor) -> list[Line]:
    # What is late goes first; a process owner sees the own actions before those of others.
    rows = Action.objects.filter(
        organisation_id=actor.organisation_id, state=ACTIVE
    ).select_related("owner")
    rows = rows.annotate(open_lines=Count("lines", filter=Q(lines__closed_at=None)))
    day = clock.today()
    own = actor.role == Role.PROCESS_OWNER
    found = sorted(
        rows,
        key=lambda row: (
            own and row.owner_id != actor.user_id,
            row.due_on is None or row.due_on >= day,
            RANKS[row.priority],
            row.due_on or day,
            row.pk,
        ),
    )
    return [
        Line(
            "late" if row.due_on and row.due_on < day else "not_met" if row.origin_kind else "open",
            row.title if row.open_lines < 2 else f"{row.title} ({row.open_lines}×)",
            ", ".join(filter(None, [row.responsible, str(row.owner or "")])),
            "actions:action",
            (row.pk,),
            row.due_on,
        )
        for row in found
    ]


def _contradicted(actor: Actor, known: Catalogue, stood: Stood) -> list[Line]:
    """Return the judgements that facts contradict: the own ones, and of all for who reviews."""
    rows = contradicted(actor.organisation_id, known, stood)
    mine = [
        row for row in rows if actor.can("evidence.review") or row.judged_by_id == actor.user_id
    ]
    words = _("Facts contradict this judgement. Renew it, or maintain it with a reason.")
    return [
        Line("not_met", str(row.requirement), words, "evidence:judge", (row.requirement_id,))
        for row in {row.requirement_id: row for row in mine}.values()
    ]


def _lapsed(stood: Stood) -> list[Line]:
    again = [id for id, leaf in stood.items() if leaf.verdict == "show_again"]
    rows = Requirement.objects.filter(pk__in=again).order_by("framework_id", "position")
    return [Line("show_again", str(row), "", "evidence:requirement", (row.pk,)) for row in rows]


def _reports(actor: Actor) -> list[Line]:
    rights = {
        "secretary": "accountability.secretary",
        "portfolio_holder": "accountability.board",
        "college": "accountability.board",
    }
    mine = [status for status, right in rights.items() if actor.can(right)]
    rows = Report.objects.filter(organisation_id=actor.organisation_id, status__in=mine)
    return [
        Line("open", row.title, str(row.get_status_display()), "accountability:report", (row.pk,))
        for row in rows
    ]


def _changes(organisation_id: int, stood: Stood, since: datetime | None) -> tuple[int, int]:
    if since is None:
        return 0, 0
    rows = StandingChange.objects.filter(organisation_id=organisation_id, at__gt=since)
    ids = set(rows.values_list("requirement_id", flat=True))
    # What lapsed just now does not stand in the history yet.
    ids |= {id for id, leaf in stood.items() if leaf.since is not None and leaf.since > since}
    before = standings.at_moment(organisation_id, since, ids)
    moves = [
        _rank(stood[id].verdict if id in stood else "not_assessed")
        - _rank(before.get(id, "not_assessed"))
        for id in ids
    ]
    return sum(move > 0 for move in moves), sum(move < 0 for move in moves)


def _rank(verdict: str) -> int:
    return VERDICT_ORDER.index(verdict)


def _profile(known: Catalogue, stood: Stood) -> Profile | None:
    framework = current_framework("bio2")
    if framework is None:
        return None
    leaves = known.leaves_of(framework.pk)
    return standings.profile(leaves, stood)
