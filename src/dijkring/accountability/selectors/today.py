# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong and what is due, for one person of one organisation."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from dijkring.accountability.figures import moved
from dijkring.accountability.models import Visit
from dijkring.accountability.selectors.waiting import Line, waiting
from dijkring.actions.models import Action
from dijkring.controls.catalogue import Catalogue, catalogue, current_framework
from dijkring.controls.models import Requirement
from dijkring.core import clock, due
from dijkring.core.access import Actor, Role
from dijkring.evidence.models import StandingChange
from dijkring.evidence.selectors import standings
from dijkring.evidence.selectors.contradictions import contradicted
from dijkring.evidence.selectors.standings import LeafStanding, Profile

SOON = timedelta(days=7)
MOST = 12
FEW = 5
ACTIVE = "open"
RANKS = {"high": 0, "normal": 1, "low": 2}
# More late things of one kind stand together.
APART = 2
# Who does a part of the work sees that part, and of the rest how much there is.
OF_A_PART = {
    Role.PROCESS_OWNER,
    Role.PRIVACY_OFFICER,
    Role.PUBLIC_ORDER,
    Role.BUYER,
    Role.ADMINISTRATOR,
}


Stood = dict[int, LeafStanding]


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page of today shows.

    `others` counts the actions and requirements of others, `late_elsewhere` and `soon_elsewhere`
    what of them is late in a register and what is due this week.
    """

    now_first: list[Line]
    more: int
    others: int
    late_elsewhere: int
    soon_elsewhere: int
    due: list[due.DueItem]
    better: int
    worse: int
    since: datetime | None
    profile: Profile | None


def today(actor: Actor, visit: Visit | None, *, most: int | None) -> Today:
    """Return today's page with at most so many lines; None gives all, those of others as well."""
    known, stood = catalogue(clock.now()), standings.of_leaves(actor.organisation_id)
    dated = due.items(actor.organisation_id, clock.now() + SOON, actor.can)
    late = [item for item in dated if item.moment < clock.now() and item.has_keeper]
    soon = [item for item in dated if item.moment >= clock.now()]
    part = most is not None and actor.role in OF_A_PART
    own_late = [item for item in late if most is None or item.is_of(actor)]
    own_soon = [item for item in soon if not part or item.is_of(actor)]
    overdue = _each(own_late) if most is None else _together(own_late)
    lines, others = _first(actor, overdue, known, stood, part=part)
    since = visit.before if visit else None
    better, worse = _changes(actor.organisation_id, stood, since)
    return Today(
        lines[:most],
        len(lines) - len(lines[:most]),
        others,
        len(late) - len(own_late),
        len(soon) - len(own_soon),
        own_soon[:most],
        better,
        worse,
        since,
        _profile(known, stood),
    )


def _first(
    actor: Actor, overdue: list[Line], known: Catalogue, stood: Stood, *, part: bool
) -> tuple[list[Line], int]:
    """Return what comes first, what waits for a decision on top, and how much is of others."""
    rows = _actions(actor)
    mine = [row for row in rows if not part or row.owner_id == actor.user_id]
    lines = [_action(row) for row in mine]
    again, judges = _lapsed(stood), not part or actor.can("evidence.judge")
    first = [
        *waiting(actor),
        *(line for line in lines if line.state == "late"),
        *overdue,
        *(line for line in lines if line.state != "late"),
        *_contradicted(actor, known, stood),
        *(again if judges else ()),
    ]
    return first, len(rows) - len(mine) + (0 if judges else len(again))


def _actions(actor: Actor) -> list[Any]:
    """Return the open actions: what is late first, then by weight and date."""
    rows = Action.objects.filter(
        organisation_id=actor.organisation_id, state=ACTIVE
    ).select_related("owner")
    day = clock.today()
    return sorted(
        rows.annotate(open_lines=Count("lines", filter=Q(lines__closed_at=None))),
        key=lambda row: (
            row.due_on is None or row.due_on >= day,
            RANKS[row.priority],
            row.due_on or day,
            row.pk,
        ),
    )


def _action(row: Any) -> Line:
    late = row.due_on and row.due_on < clock.today()
    return Line(
        "late" if late else "not_met" if row.origin_kind else "open",
        row.title if row.open_lines < 2 else f"{row.title} ({row.open_lines}×)",
        ", ".join(filter(None, [row.responsible, str(row.owner or "")])),
        "actions:action",
        (row.pk,),
        row.due_on,
    )


def _together(items: list[due.DueItem]) -> list[Line]:
    """Return a line for each thing that is late; where there are many of a kind, one for all."""
    by_kind: dict[str, list[due.DueItem]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    lines = ([_all(one)] if len(one) > APART else _each(one) for one in by_kind.values())
    return [line for found in lines for line in found]


def _all(found: list[due.DueItem]) -> Line:
    words = {"kind": str(found[0].label), "count": len(found)}
    text, query = _("%(kind)s: %(count)s late") % words, f"month=all&due=late&kind={found[0].kind}"
    return Line("late", text, "", "actions:calendar", (), found[0].at, query)


def _each(found: list[due.DueItem]) -> list[Line]:
    return [
        Line(
            "late",
            item.title,
            ", ".join(filter(None, [str(item.label), item.owner])),
            item.url_name,
            item.args,
            item.at,
        )
        for item in found
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


def _changes(organisation_id: int, stood: Stood, since: datetime | None) -> tuple[int, int]:
    if since is None:
        return 0, 0
    rows = StandingChange.objects.filter(organisation_id=organisation_id, at__gt=since)
    ids = set(rows.values_list("requirement_id", flat=True))
    # What lapsed just now does not stand in the history yet.
    ids |= {id for id, leaf in stood.items() if leaf.since is not None and leaf.since > since}
    before = standings.at_moment(organisation_id, since, ids)
    moves = [moved(before.get(id), stood[id].verdict if id in stood else None) for id in ids]
    return sum(move > 0 for move in moves), sum(move < 0 for move in moves)


def _profile(known: Catalogue, stood: Stood) -> Profile | None:
    framework = current_framework("bio2")
    if framework is None:
        return None
    leaves = known.leaves_of(framework.pk)
    return standings.profile(leaves, stood)
