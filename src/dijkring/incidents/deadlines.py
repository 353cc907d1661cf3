# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""By when a report is due: from what was known and done, to exact instants. No database.

A term in hours is an exact number of hours and runs through nights, weekends and the change of the
clock. A month is a calendar month by the clock of Amsterdam, ending on the last day of the month
where the day does not exist. How a term is counted beyond that is a policy; the default is the
strictest, so that who keeps to it is in time by every reading of the law.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from dijkring.core.clock import AMSTERDAM, months_after
from dijkring.core.working_days import DAY, working_day_from
from dijkring.incidents.obligations import AWARE, REQUESTED, Duration, Obligation, Words

HOUR = timedelta(hours=1)
LAST_SECOND = time(23, 59, 59)
FIRST_YEAR, LAST_YEAR = 2000, 2100
# Algemene termijnenwet art. 4: longer terms end on the day on which they end.
LONGEST = {"weeks": 12, "months": 3}


class Policy(StrEnum):
    """How terms are counted.

    `STRICTEST`: to the same time of day, whatever day that is. `REGULATION`: Regulation (EEC,
    Euratom) 1182/71 art. 3: the hour or day of the event does not count, a term in days or months
    ends with its last day, or with the next working day. `TERMIJNENWET`: the Algemene termijnenwet
    art. 1 and 4, which lets a term go on until the next working day, but leaves hours alone, and
    terms of more than twelve weeks or three months.
    """

    STRICTEST = "strictest"
    REGULATION = "regulation_1182_71"
    TERMIJNENWET = "termijnenwet"


class Status(StrEnum):
    """How an obligation stands at a moment."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    # Nobody asked for it yet.
    WAITING = "waiting"
    # Only when handling still goes on at that moment.
    CONDITIONAL = "conditional"
    # Handling went on at its moment; it is due a while after the end.
    FOLLOWS = "follows"
    NOT_APPLICABLE = "not_applicable"


class CaseError(Exception):
    """A case that cannot be: in Dutch and in English."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(dutch)
        self.dutch = dutch
        self.english = english


@dataclass(frozen=True, slots=True)
class Case:
    """What the clocks run on: aware moments of any time zone.

    `submitted` and `requested` go by the id of an obligation: when its report was submitted, and by
    when somebody who may ask for it wants to have it.
    """

    aware: datetime
    submitted: Mapping[str, datetime] = field(default_factory=dict)
    requested: Mapping[str, datetime] = field(default_factory=dict)
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One obligation of one case: by which instant (UTC), counted from what, and how it stands.

    `due` is None where there is no fixed term; `term` then says what is asked. `anchor` is `aware`,
    `requested`, `ended`, or `submitted <id>`, or `due <id>` as long as that was not submitted.
    """

    obligation: Obligation
    article: str
    anchor: str
    anchor_at: datetime | None
    due: datetime | None
    status: Status
    term: Words
    submitted_at: datetime | None = None

    @property
    def stands_on_nothing(self) -> bool:
        """Whether it counts from a report that is not due, so that nothing is asked."""
        return self.term is STANDS_ON_NOTHING


# What is said beside an instant, where the instant alone would mislead.
STANDS_ON_DUE: Words = {
    "nl": "De melding is nog niet ingediend; tot dan telt de termijn van de melding zelf.",
    "en": "The notification was not submitted; until then its own deadline counts.",
}
IF_ONGOING: Words = {
    "nl": "Alleen als de afhandeling dan nog loopt; een maand na het einde volgt het eindverslag.",
    "en": "Only when handling still goes on then; the final report follows a month after its end.",
}
PROGRESS_WILL_DO: Words = {
    "nl": "Loopt de afhandeling dan nog, dan is een voortgangsverslag genoeg.",
    "en": "A progress report will do when handling still goes on then.",
}
AFTER_THE_END: Words = {
    "nl": "De afhandeling loopt nog; het eindverslag volgt een maand na het einde.",
    "en": "Handling goes on; the final report follows a month after its end.",
}
ENDED_BEFORE: Words = {
    "nl": "Niet nodig: de afhandeling was toen al beëindigd.",
    "en": "Not needed: handling had ended by then.",
}
STANDS_ON_NOTHING: Words = {
    "nl": "Telt vanaf een melding die hier niet hoeft; spreek zelf af wanneer.",
    "en": "Counts from a report that is not due here; agree yourself by when.",
}


def deadlines(
    case: Case, obligations: Iterable[Obligation], now: datetime, policy: Policy = Policy.STRICTEST
) -> list[Deadline]:
    """Return what is due of a case, in the order of the obligations.

    One that counts from an obligation not among these has no instant, and says so. Raises CaseError
    for a moment without time zone or out of 2000 to 2100, an end or a report before the moment of
    becoming aware, and obligations that count from each other in a circle.
    """
    obligations = list(obligations)
    check(case, now)
    reckoning = _Reckoning(case, {one.id: one for one in obligations}, now, policy)
    return [reckoning.deadline(one) for one in obligations]


def check(case: Case, now: datetime) -> None:
    """Refuse a case that cannot be; raises CaseError."""
    moments = {"aware": case.aware, "now": now, **case.submitted, **case.requested}
    moments |= {"ended": case.ended} if case.ended else {}
    for name, moment in moments.items():
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise CaseError(f"{name}: de tijdzone ontbreekt.", f"{name}: the time zone is missing.")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise CaseError(
                f"{name}: het jaar ligt buiten {FIRST_YEAR} tot {LAST_YEAR}.",
                f"{name}: the year is not between {FIRST_YEAR} and {LAST_YEAR}.",
            )
    for name, moment in moments.items():
        if name != "now" and moment < case.aware:
            raise CaseError(
                f"{name}: ligt voor het moment van kennisname.",
                f"{name}: lies before the moment of becoming aware.",
            )


def later(moment: datetime, term: Duration, policy: Policy = Policy.STRICTEST) -> datetime:
    """Return the last instant (UTC) of a term that starts at an aware moment."""
    local = moment.astimezone(AMSTERDAM)
    if term.unit == "hours":
        return _hours(moment.astimezone(UTC), term.number, policy)
    day = _DAYS[term.unit](local.date(), term.number)
    if policy is Policy.STRICTEST:
        return _at(day, local.time())
    return _at(day if _is_long(term, policy) else working_day_from(day), LAST_SECOND)


def _is_long(term: Duration, policy: Policy) -> bool:
    """Tell whether the Algemene termijnenwet leaves a term alone for its length (art. 4)."""
    return policy is Policy.TERMIJNENWET and term.number > LONGEST.get(term.unit, term.number)


def _weeks_after(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def _working_days_after(day: date, number: int) -> date:
    for _one in range(number):
        day = working_day_from(day + DAY)
    return day


_DAYS: dict[str, Callable[[date, int], date]] = {
    "months": months_after,
    "weeks": _weeks_after,
    "working_days": _working_days_after,
}


def _hours(moment: datetime, hours: int, policy: Policy) -> datetime:
    if policy is Policy.REGULATION:
        moment = moment.replace(minute=0, second=0, microsecond=0) + HOUR
    return moment + timedelta(hours=hours)


def _at(day: date, clock: time) -> datetime:
    """Return an instant by the clock of Amsterdam.

    A time that comes twice is the first one; a time that is skipped is the moment of the skip.
    """
    local = datetime.combine(day, clock.replace(fold=0), AMSTERDAM)
    instant = local.astimezone(UTC)
    if instant.astimezone(AMSTERDAM).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # The clock was put forward over this time: the offset of before gives too late an instant.
    return instant.replace(minute=0, second=0, microsecond=0)


class _Reckoning:
    """The deadlines of one case, each reckoned from the one it follows."""

    def __init__(
        self, case: Case, known: Mapping[str, Obligation], now: datetime, policy: Policy
    ) -> None:
        self.case, self.known, self.now, self.policy = case, known, now, policy

    def deadline(self, one: Obligation, chain: Sequence[str] = ()) -> Deadline:
        if one.id in chain:
            raise CaseError(
                f"{one.id}: telt uiteindelijk vanaf zichzelf.",
                f"{one.id}: counts from itself in the end.",
            )
        anchor, anchor_at = self._anchor(one, chain)
        due = self._due(one, anchor_at)
        if one.ongoing and self.case.ended and due and self.case.ended > due:
            ended = later(self.case.ended, one.ongoing.duration, self.policy)
            return self._found(one, one.ongoing.article, "ended", self.case.ended, ended)
        return self._found(one, one.article, anchor, anchor_at, due)

    def _anchor(self, one: Obligation, chain: Sequence[str]) -> tuple[str, datetime | None]:
        if one.anchor == AWARE:
            return AWARE, self.case.aware
        if one.anchor == REQUESTED:
            return REQUESTED, self.case.requested.get(one.id)
        if one.follows in self.case.submitted:
            return one.anchor, self.case.submitted[one.follows]
        if one.follows not in self.known:
            return one.anchor, None
        before = self.deadline(self.known[one.follows], (*chain, one.id))
        return f"due {one.follows}", before.due

    def _due(self, one: Obligation, anchor_at: datetime | None) -> datetime | None:
        if one.anchor == REQUESTED and one.duration is None:
            return anchor_at
        if anchor_at is None or one.duration is None:
            return None
        return later(anchor_at, one.duration, self.policy)

    def _found(
        self,
        one: Obligation,
        article: str,
        anchor: str,
        anchor_at: datetime | None,
        due: datetime | None,
    ) -> Deadline:
        needless = one.only_ongoing and due and self.case.ended and self.case.ended <= due
        submitted = self.case.submitted.get(one.id)
        due = None if needless and submitted is None else due
        status = Status.NOT_APPLICABLE if needless else self._status(one, due, submitted)
        term = ENDED_BEFORE if needless else self._term(one, anchor, status)
        return Deadline(
            one, article, anchor, _utc(anchor_at), _utc(due), status, term, _utc(submitted)
        )

    def _status(self, one: Obligation, due: datetime | None, done: datetime | None) -> Status:
        over = due is not None and (done or self.now) > due
        if done is not None:
            return Status.LATE if over and not self._goes_on(one) else Status.MET
        if one.anchor == REQUESTED and due is None:
            return Status.WAITING
        if self._goes_on(one) and over:
            return Status.FOLLOWS
        if one.only_ongoing and self.case.ended is None and not over:
            return Status.CONDITIONAL
        return Status.OVERDUE if over else Status.OPEN

    def _goes_on(self, one: Obligation) -> bool:
        """Tell whether the end of handling, which has not come, sets the instant of this one."""
        return one.ongoing is not None and self.case.ended is None

    def _term(self, one: Obligation, anchor: str, status: Status) -> Words:
        if one.only_ongoing and self.case.ended is None:
            return IF_ONGOING
        if one.follows and one.follows not in {*self.known, *self.case.submitted}:
            return STANDS_ON_NOTHING
        if anchor.startswith("due "):
            return STANDS_ON_DUE
        if status is Status.FOLLOWS:
            return AFTER_THE_END
        return PROGRESS_WILL_DO if status is Status.OPEN and self._goes_on(one) else one.term


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)
