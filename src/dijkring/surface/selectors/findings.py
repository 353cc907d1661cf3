# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was found wrong on the internet, or could not be measured: current, and solved since.

A finding is a fact of this room, of any source. What stands beside it (its domain, the open action,
what was accepted) is read in a question of its own and laid beside it here: simple questions stay
quick with thousands of findings, whatever the database thinks of its tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from dijkring.actions.models import ActionLine
from dijkring.core import clock
from dijkring.core.rows import fetch, id_of
from dijkring.evidence import kinds
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import Deviation, Fact
from dijkring.evidence.selectors.lists import kind_label, reason_in
from dijkring.surface.models import Domain

PREFIX = "surface."
SEVERITIES = ("high", "normal", "low")
LEVELS = ("mandatory", "warning", "information")
_FEW = 1000


def kinds_of_room() -> list[FactKind]:
    """Return every kind of fact about what can be seen of us, also those that are imported."""
    return [kind for kind in kinds.all_kinds() if kind.id.startswith(PREFIX)]


def category_of(kind: str) -> str:
    """Return the category of a kind, such as web-tls."""
    return kind.removeprefix(PREFIX).partition(".")[0]


class Work(NamedTuple):
    """The open action of a finding."""

    pk: int
    due_on: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with what stands beside it; `until` is set when it was solved.

    `shown` is the state that holds now; `sources` are all who say so, of whom `source` is shown.
    `severity` and `level` are places in their orders.
    """

    pk: int
    kind: str
    subject: str
    source: str
    state: str
    shown: str
    since: datetime
    confirmed: datetime
    valid_until: datetime
    until: datetime | None
    why: dict[str, Any]
    severity: int
    level: int
    hoster: str
    domain_pk: int | None
    accepted_until: datetime | None
    work: Work | None
    sources: tuple[str, ...]

    @property
    def label(self) -> str:
        """What was found, in words."""
        return kind_label(self.kind)

    @property
    def reason(self) -> str:
        """Why it is so, in words."""
        return reason_in({key: value for key, value in self.why.items() if value})

    @property
    def owner(self) -> str:
        """Who is busy with it; empty for nobody."""
        return self.work.owner if self.work else ""

    @property
    def due_on(self) -> date | None:
        """Before when it should be mended."""
        return self.work.due_on if self.work else None

    @property
    def failing(self) -> bool:
        """Whether it is wrong now."""
        return self.until is None and self.state == "fail"

    @property
    def unconfirmed(self) -> bool:
        """Whether it was wrong, and nobody has looked since its validity ended."""
        return self.failing and self.valid_until <= clock.now()


# --- reading ------------------------------------------------------------------------------------

CONFIRMED = "coalesce(f.confirmed_at, r.observed_at)"
_COLUMNS = f"""SELECT f.id, f.kind, f.subject, f.source, f.state, f.state_since, {CONFIRMED},
  {CONFIRMED} + f.validity, f.until, f.member,
  jsonb_build_object('text', f.detail -> 'text', 'reason', f.detail -> 'reason')
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE f.organisation_id = %s AND f.kind = ANY(%s)
  AND NOT EXISTS (SELECT FROM evidence_withdrawal w WHERE w.fact_id = f.id)
"""  # noqa: S608 -- constants
_NOW = f"""{_COLUMNS} AND f.until IS NULL AND (f.state IN ('fail', 'not_measured')
  OR f.state IN ('pass', 'not_applicable') AND {CONFIRMED} + f.validity <= %s)"""
_SAME = f"""{_NOW} AND (f.kind, f.subject) IN
  (SELECT kind, subject FROM evidence_fact WHERE id = ANY(%s))"""  # noqa: S608 -- constants
_ENDED = f"{_COLUMNS} AND f.until >= %s AND f.state = 'fail'"
_THESE = f"{_COLUMNS} AND f.id = ANY(%s)"


def read(organisation_id: int, ids: Sequence[int], *, ended: bool = False) -> list[Finding]:
    """Return findings by their numbers, in that order; unless `ended`, only what is so now.

    What several sources say of one subject is one finding, that names them all.
    """
    if ended:
        found = _read(organisation_id, _THESE, list(ids))
    else:
        found = _one_of_each(_read(organisation_id, _SAME, clock.now(), list(ids)))
    by_number = {one.pk: one for one in found}
    return [by_number[pk] for pk in ids if pk in by_number]


def _one_of_each(rows: Iterable[Finding]) -> list[Finding]:
    """Leave one row of what several sources say of one subject: the worst, and of those our own."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.subject].append(row)
    ordered = [
        sorted(same, key=lambda one: (one.shown != "fail", one.source)) for same in found.values()
    ]
    return [
        replace(first, sources=(first.source, *(one.source for one in others))) if others else first
        for first, *others in ordered
    ]


def solved(organisation_id: int, since: datetime) -> list[Finding]:
    """Return what failed and ended since a moment: mended, or not there any more."""
    failing = Fact.objects.filter(
        organisation_id=organisation_id, kind__in=_ids(), until=None, state="fail"
    )
    still = set(failing.values_list("kind", "subject", "source"))
    last: dict[tuple[str, str, str], Finding] = {}
    for one in _read(organisation_id, _ENDED, since):
        key = (one.kind, one.subject, one.source)
        before = last.get(key)
        if key not in still and (before is None or _end(before) < _end(one)):
            last[key] = one
    return sorted(last.values(), key=_end, reverse=True)


def finding(organisation_id: int, pk: int) -> Finding | None:
    """Return one finding, current or solved, or None when there is no such fact of this room."""
    return next(iter(_read(organisation_id, _THESE, [pk])), None)


def _end(one: Finding) -> datetime:
    return one.until or one.confirmed


def _ids() -> list[str]:
    return [kind.id for kind in kinds_of_room()]


def _read(organisation_id: int, query: str, *values: Any) -> list[Finding]:
    rows = fetch(query, [organisation_id, _ids(), *values])
    beside = _Beside(organisation_id, rows) if rows else None
    return [_finding(row, beside) for row in rows if beside is not None]


class _Beside:
    """What stands beside some findings of one organisation, read at once."""

    def __init__(self, organisation_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
        self.now = clock.now()
        self.mine = {"organisation_id": organisation_id}
        self.places = {
            kind.id: (place(SEVERITIES, kind.severity), place(LEVELS, kind.level))
            for kind in kinds_of_room()
        }
        # So many subjects cost more to send than to read whatever there is.
        some = len(rows) <= _FEW
        about = {"subject__in": {row[2] for row in rows}} if some else {}
        self.domains = self._domains({"name__in": {row[9] for row in rows}} if some else {})
        self.work = self._work(about)
        self.accepted = self._accepted(about)

    def _domains(self, some: dict[str, Any]) -> dict[str, tuple[int, str]]:
        rows = Domain.objects.filter(**self.mine, **some).exclude(state=Domain.State.REMOVED)
        return {
            name: (pk, hoster) for name, pk, hoster in rows.values_list("name", "pk", "responsible")
        }

    def _work(self, some: dict[str, Any]) -> dict[tuple[str, str], Work]:
        open_ones = {"action__state": "open", "action__origin_kind__startswith": PREFIX}
        lines = ActionLine.objects.filter(**self.mine, **some, **open_ones, closed_at=None)
        found = lines.order_by("-pk").values_list(
            "action__origin_kind",
            "subject",
            "action_id",
            "action__due_on",
            "action__owner__name",
            "action__owner__email",
        )
        return {
            (kind, subject): Work(pk, due_on, name or email or "")
            for kind, subject, pk, due_on, name, email in found
        }

    def _accepted(self, some: dict[str, Any]) -> dict[tuple[str, str], datetime]:
        rows = Deviation.objects.filter(**self.mine, **some, ended_at=None, ends_at__gt=self.now)
        found = rows.exclude(kind="").order_by("ends_at")
        return {
            (kind, subject): ends_at
            for kind, subject, ends_at in found.values_list("kind", "subject", "ends_at")
        }


def _finding(row: tuple[Any, ...], beside: _Beside) -> Finding:
    pk, kind_id, subject, source, state, since, confirmed, valid_until, until, member, why = row
    severity, level = beside.places[kind_id]
    lapsed = state in ("pass", "not_applicable") and valid_until <= beside.now
    domain_pk, hoster = beside.domains.get(member, (None, ""))
    return Finding(
        pk=pk,
        kind=kind_id,
        subject=subject,
        source=source,
        state=state,
        shown="not_measured" if lapsed else state,
        since=since,
        confirmed=confirmed,
        valid_until=valid_until,
        until=until,
        why=why,
        severity=severity,
        level=level,
        hoster=hoster,
        domain_pk=domain_pk,
        accepted_until=beside.accepted.get((kind_id, subject)),
        work=beside.work.get((kind_id, subject)),
        sources=(source,),
    )


def place(order: tuple[str, ...], value: str) -> int:
    """Return the place of a word in its order; one that nobody knows comes last."""
    return order.index(value) if value in order else len(order) - 1


# --- what is made of them -----------------------------------------------------------------------


def chosen(organisation_id: int, ids: Iterable[str], most: int) -> list[Finding]:
    """Return the current failing findings among some ids; at most so many, odd ids left out."""
    numbers = sorted(set(filter(None, map(id_of, ids))))
    return [one for one in read(organisation_id, numbers) if one.failing][:most]


def accepted(one: Finding, organisation_id: int) -> Deviation | None:
    """Return what somebody accepted about one finding, as long as it holds."""
    rows = Deviation.objects.filter(
        organisation_id=organisation_id,
        kind=one.kind,
        subject=one.subject,
        ended_at=None,
        ends_at__gt=clock.now(),
    )
    return rows.select_related("accepted_by").order_by("-ends_at").first()


def hosters(organisation_id: int) -> set[str]:
    """Return who hosts or mends names of an organisation."""
    rows = Domain.objects.filter(organisation_id=organisation_id).exclude(responsible="")
    found = rows.exclude(state=Domain.State.REMOVED).values_list("responsible", flat=True)
    return set(found.order_by("responsible").distinct())


def changes(organisation_id: int, since: datetime) -> tuple[int, int]:
    """Return how many findings of weight are new since a moment, and how many were solved.

    Only what asks for work counts: what fails, and is mandatory or advice. What broke and was
    mended in between is no news.
    """
    light = LEVELS.index("information")
    now = Fact.objects.filter(
        organisation_id=organisation_id,
        kind__in=[kind.id for kind in kinds_of_room() if kind.level != "information"],
        until=None,
        state="fail",
        state_since__gt=since,
        withdrawal=None,
    )
    ended = solved(organisation_id, since)
    # What was taken out of the count, or is not there any more, was not mended.
    ended_gone = Fact.objects.filter(pk__in=[one.pk for one in ended], gone=True)
    gone = set(ended_gone.values_list("pk", flat=True))
    mended = [one for one in ended if one.pk not in gone]
    return now.count(), sum(one.level < light and one.since <= since for one in mended)
