# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about domains and what was measured of them; a fact that has lapsed is not measured."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dijkring.actions.models import ActionLine
from dijkring.core import clock
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import Deviation, Fact, PopulationMember, Round
from dijkring.evidence.selectors.lists import reason_of
from dijkring.surface import names
from dijkring.surface.engine import CHECKS
from dijkring.surface.engine.checks.model import Check
from dijkring.surface.facts import MAIL, SOURCE, WEB, kind_of
from dijkring.surface.models import Domain

KINDS = {kind_of(check.id): check for check in CHECKS.values()}
MANDATORY = [kind for kind, check in KINDS.items() if check.level == "mandatory"]
WORST_FIRST = ("fail", "not_measured", "pass", "not_applicable")
MOST_COLUMNS = 12


def domains(organisation_id: int) -> QuerySet[Domain]:
    """Return every domain, removed ones too, by name."""
    return Domain.objects.filter(organisation_id=organisation_id).order_by("name", "-id")


def measured_at(organisation_id: int, member: str = "") -> dict[str, datetime]:
    """Return when we last measured each domain, or only one."""
    rounds = Round.objects.filter(organisation_id=organisation_id, source=SOURCE)
    rounds = rounds.filter(scope=member) if member else rounds
    return dict(rounds.values_list("scope", "observed_at"))


# --- facts as they hold now ---------------------------------------------------------------------


def facts(organisation_id: int, of_kinds: Iterable[str] = KINDS) -> QuerySet[Fact]:
    """Return the current facts of our checks or other kinds, with `shown`: what holds now."""
    confirmed = Coalesce("confirmed_at", "round__observed_at")
    until = ExpressionWrapper(F("confirmed") + F("validity"), output_field=DateTimeField())
    lapsed = When(
        valid_until__lte=clock.now(),
        state__in=["pass", "not_applicable"],
        then=Value("not_measured"),
    )
    rows = Fact.objects.filter(organisation_id=organisation_id, until=None, kind__in=list(of_kinds))
    return (
        rows.annotate(confirmed=confirmed)
        .annotate(valid_until=until)
        .annotate(shown=Case(lapsed, default=F("state")))
    )


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One line of the overview: counts of facts, what is mandatory apart from what is advice."""

    pk: int
    name: str
    state: str
    not_met: int
    not_measured: int
    met: int
    advice: int
    measured_at: datetime | None
    responsible: str
    proposed: bool


def domain_rows(organisation_id: int) -> list[DomainRow]:
    """Return every domain with what its facts of ours add up to, in five questions."""
    counts = _counts(organisation_id)
    moments = measured_at(organisation_id)
    proposed = leaving(organisation_id)
    return [
        _row(domain, counts.get(domain.name, {}), moments, domain.name in proposed)
        for domain in domains(organisation_id)
    ]


def domain_row(domain: Domain) -> DomainRow:
    """Return one domain with what its facts of ours add up to."""
    organisation_id = domain.organisation_id
    counts = _counts(organisation_id, domain.name).get(domain.name, {})
    proposed = bool(proposals(domain))
    return _row(domain, counts, measured_at(organisation_id, domain.name), proposed)


# Of the web or of mail, mandatory or advice, and the state that holds now.
Counts = dict[tuple[str, bool, str], int]


def _counts(organisation_id: int, member: str = "") -> dict[str, Counts]:
    mandatory = Case(When(kind__in=MANDATORY, then=Value(True)), default=Value(False))
    side = Case(When(kind__startswith="surface.mail-", then=Value("mail")), default=Value("web"))
    rows = facts(organisation_id).filter(source=SOURCE).annotate(side=side, mandatory=mandatory)
    rows = rows.filter(member=member) if member else rows
    found: dict[str, Counts] = defaultdict(dict)
    grouped = rows.values("member", "side", "mandatory", "shown").annotate(n=Count("id"))
    columns = ("member", "side", "mandatory", "shown", "n")
    for name, of, must, state, n in grouped.values_list(*columns).order_by():
        found[name][of, must, state] = n
    return found


def _of(counts: Counts, mandatory: bool, state: str) -> int:
    return sum(counts.get((side, mandatory, state), 0) for side in ("web", "mail"))


def _row(domain: Domain, counts: Counts, moments: dict[str, datetime], proposed: bool) -> DomainRow:
    gone = domain.state == Domain.State.REMOVED
    counts = {} if gone else counts
    return DomainRow(
        pk=domain.pk,
        name=names.shown(domain.name),
        state=_state(domain, counts),
        not_met=_of(counts, True, "fail"),
        not_measured=_of(counts, True, "not_measured"),
        met=_of(counts, True, "pass"),
        advice=_of(counts, False, "fail"),
        measured_at=moments.get(domain.name),
        responsible=domain.responsible,
        proposed=proposed and not gone,
    )


def _state(domain: Domain, counts: Counts) -> str:
    if domain.state != Domain.State.AUTHORISED:
        return domain.state
    states = {state for (_side, mandatory, state) in counts if mandatory}
    seen = {side for (side, mandatory, _state) in counts if mandatory}
    carried = {"web": domain.carries_web, "mail": domain.carries_mail}
    if any(carried[side] and side not in seen for side in carried):
        # What was never measured is not good, however good the rest.
        states.add("not_measured")
    return next((state for state in WORST_FIRST if state in states), "not_measured")


def leaving(organisation_id: int) -> set[str]:
    """Return the names for which somebody proposed that they do not count any more."""
    rows = PopulationMember.objects.filter(
        organisation_id=organisation_id,
        population__in=[WEB, MAIL],
        until=None,
        taken_out_by__isnull=False,
    )
    return set(rows.values_list("member", flat=True))


def proposals(domain: Domain) -> list[PopulationMember]:
    """Return what somebody proposed to take out of the count of one domain."""
    rows = PopulationMember.objects.filter(
        organisation_id=domain.organisation_id,
        population__in=[WEB, MAIL],
        member=domain.name,
        until=None,
        taken_out_by__isnull=False,
    )
    return list(rows.select_related("taken_out_by"))


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands above the list, and on the page of today."""

    domains: int = 0
    without_proof: int = 0
    leaving: int = 0
    not_met: int = 0
    not_measured: int = 0
    met: int = 0
    advice: int = 0
    last: datetime | None = None
    longest_ago: datetime | None = None
    never: int = 0


def overview(rows: list[DomainRow]) -> Overview:
    """Add up the rows of the overview; removed domains are left out."""
    rows = [row for row in rows if row.state != Domain.State.REMOVED]
    counted = [row for row in rows if row.state != Domain.State.REGISTERED]
    moments = [row.measured_at for row in counted if row.measured_at is not None]
    return Overview(
        domains=len(rows),
        without_proof=len(rows) - len(counted),
        leaving=sum(row.proposed for row in rows),
        not_met=sum(row.not_met for row in counted),
        not_measured=sum(row.not_measured for row in counted),
        met=sum(row.met for row in counted),
        advice=sum(row.advice for row in counted),
        last=max(moments, default=None),
        longest_ago=min(moments, default=None),
        never=len(counted) - len(moments),
    )


# --- one domain ---------------------------------------------------------------------------------


@dataclass(slots=True)
class FactLine:
    """One fact of one check, with what hangs on it."""

    fact: Any
    address: str
    action: int | None = None
    deviation: Deviation | None = None

    @property
    def shown(self) -> str:
        """The state that holds now."""
        return str(self.fact.shown)

    @property
    def text(self) -> str:
        """Why it is so, in a sentence."""
        return reason_of(self.fact)


@dataclass(slots=True)
class CheckRow:
    """One check on one domain, with a line per subject and source; its state is the worst."""

    check: Check | FactKind
    lines: list[FactLine] = field(default_factory=list)

    @property
    def groups(self) -> list[list[FactLine]]:
        """The lines that say the same, together."""
        found: dict[Any, list[FactLine]] = defaultdict(list)
        for line in self.lines:
            found[line.shown, line.fact.source, line.text, line.action].append(line)
        return list(found.values())

    @property
    def state(self) -> str:
        """The worst state of the lines; not measured without any."""
        states = {line.shown for line in self.lines}
        return next((state for state in WORST_FIRST if state in states), "not_measured")


def checks_of(domain: Domain, lines: Mapping[str, list[FactLine]]) -> dict[str, list[CheckRow]]:
    """Return, per category, every check on what a domain carries, with its facts of all sources."""
    found: dict[str, list[CheckRow]] = defaultdict(list)
    for kind, check in KINDS.items():
        mail = check.category.startswith("mail")
        if (domain.carries_mail if mail else domain.carries_web) or lines.get(kind):
            found[check.category].append(CheckRow(check, lines.get(kind, [])))
    return dict(found)


def lines_of(domain: Domain, of_kinds: Iterable[str]) -> dict[str, list[FactLine]]:
    """Return, per kind, what all sources say of a domain now."""
    rows = facts(domain.organisation_id, of_kinds).filter(member=domain.name)
    actions, deviations = _open_actions(domain, of_kinds), _deviations(domain, of_kinds)
    lines: dict[str, list[FactLine]] = defaultdict(list)
    for fact in rows.order_by("subject", "source"):
        key = (fact.kind, fact.subject)
        address = fact.subject.removeprefix(domain.name).removeprefix("/")
        lines[fact.kind].append(FactLine(fact, address, actions.get(key), deviations.get(key)))
    return lines


def _open_actions(domain: Domain, of_kinds: Iterable[str]) -> dict[tuple[str, str], int]:
    rows = ActionLine.objects.filter(
        organisation_id=domain.organisation_id,
        closed_at=None,
        action__origin_kind__in=list(of_kinds),
        action__state="open",
    ).filter(_about(domain))
    return {
        (kind, subject): action
        for kind, subject, action in rows.values_list("action__origin_kind", "subject", "action_id")
    }


def _deviations(domain: Domain, of_kinds: Iterable[str]) -> dict[tuple[str, str], Deviation]:
    rows = Deviation.objects.filter(
        organisation_id=domain.organisation_id,
        kind__in=list(of_kinds),
        ended_at=None,
        ends_at__gt=clock.now(),
    ).filter(_about(domain))
    return {(row.kind, row.subject): row for row in rows.select_related("accepted_by")}


def _about(domain: Domain) -> Q:
    return Q(subject=domain.name) | Q(subject__startswith=f"{domain.name}/")


# --- over time ----------------------------------------------------------------------------------

_TREND = """
SELECT m.at, CASE WHEN f.state IN ('pass', 'not_applicable')
                   AND coalesce(f.confirmed_at, r.observed_at) + f.validity <= m.at
                  THEN 'not_measured' ELSE f.state END AS shown, count(*)
FROM unnest(%(moments)s::timestamptz[]) AS m(at)
JOIN evidence_fact f ON f.organisation_id = %(organisation)s AND f.kind = ANY(%(kinds)s)
 AND f.source = %(source)s AND f.since <= m.at AND (f.until IS NULL OR f.until > m.at)
 AND (%(member)s = '' OR f.member = %(member)s)
LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE NOT EXISTS (SELECT FROM evidence_withdrawal w WHERE w.fact_id = f.id)
GROUP BY 1, 2
"""


def trend(organisation_id: int, member: str = "") -> list[tuple[datetime, dict[str, int]]]:
    """Return how many mandatory facts stood where, at up to twelve moments since the first."""
    moments = _moments(organisation_id, member)
    values: dict[str, Any] = {
        "moments": moments,
        "organisation": organisation_id,
        "kinds": MANDATORY,
        "source": SOURCE,
        "member": member,
    }
    found: dict[datetime, dict[str, int]] = {moment: {} for moment in moments}
    with connection.cursor() as cursor:
        cursor.execute(_TREND, values)
        for at, state, count in cursor.fetchall():
            found[at][state] = count
    return list(found.items())


def _moments(organisation_id: int, member: str) -> list[datetime]:
    rows = Fact.objects.filter(organisation_id=organisation_id, source=SOURCE, kind__in=MANDATORY)
    rows = rows.filter(member=member) if member else rows
    first = rows.aggregate(first=Min("since"))["first"]
    if first is None:
        return []
    now = clock.now()
    days = max(1, -(-(now - first) // timedelta(days=MOST_COLUMNS - 1)))
    steps = min(MOST_COLUMNS, (now - first) // timedelta(days=days) + 1)
    return [now - timedelta(days=days) * step for step in range(steps)][::-1]
