# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the spine, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

Ref = int | str


class State(StrEnum):
    """What one observation found."""

    PASS = "pass"  # noqa: S105 -- a state, not a password
    FAIL = "fail"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """What may be said of a rule, a layer or a requirement."""

    NOT_MET = "not_met"
    PARTLY = "partly"
    SHOW_AGAIN = "show_again"
    NOT_MEASURED = "not_measured"
    NOT_ASSESSED = "not_assessed"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


class Layer(StrEnum):
    """Laid down, in place, working over time (opzet, bestaan, werking).

    What another carries out keeps a part of one's own: agreement, oversight, yearly review.
    """

    DESIGN = "design"
    EXISTENCE = "existence"
    OPERATION = "operation"
    OWN_PART = "own_part"


class Line(StrEnum):
    """Who judged: the owner, the CISO's review, the independent audit."""

    OWNER = "owner"
    CISO = "ciso"
    AUDIT = "audit"


class Source(StrEnum):
    """What kind of voice a reason comes from."""

    RULE = "rule"
    JUDGEMENT = "judgement"
    PROVISION = "provision"
    CARRIED = "carried"
    SCOPE = "scope"


class Note(StrEnum):
    """Why a voice says what it says; a judgement's note is its line."""

    FAILING = "failing"
    UNCONFIRMED = "unconfirmed"
    IN_REPAIR = "in_repair"
    NOT_MEASURED = "not_measured"
    EMPTY_POPULATION = "empty_population"
    NOTHING_APPLIES = "nothing_applies"
    ALL_PASS = "all_pass"  # noqa: S105 -- a note, not a password
    OWNER = "owner"
    CISO = "ciso"
    AUDIT = "audit"
    PUBLISHED = "published"
    LAPSED = "lapsed"
    CARRIES = "carries"
    PART = "part"


WORST_FIRST: tuple[Verdict, ...] = (
    Verdict.NOT_MET,
    Verdict.PARTLY,
    Verdict.SHOW_AGAIN,
    Verdict.NOT_MEASURED,
    Verdict.NOT_ASSESSED,
    Verdict.MET,
)
WORST_STATE_FIRST: tuple[State, ...] = (
    State.FAIL,
    State.NOT_MEASURED,
    State.PASS,
    State.NOT_APPLICABLE,
)
LAYERS: tuple[Layer, ...] = tuple(Layer)

# Looking up a place in a short tuple is twice as fast as hashing an enum member.
badness = (*WORST_FIRST, Verdict.NOT_APPLICABLE).index
state_badness = WORST_STATE_FIRST.index


@dataclass(frozen=True, slots=True)
class Observed:
    """One current fact: what one source last found about one subject."""

    subject: str
    member: str
    source: str
    state: State
    since: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class SubjectState:
    """The state of one kind and subject over all its sources."""

    state: State
    unconfirmed: bool
    since: datetime
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The subjects of one organisation and kind, counted; what rules read instead of facts.

    All tuples are sorted. `lapses` holds the end of validity of the passing subjects, fresh and
    lapsed alike; `failing_since` and `fail_lapses` the begin and the end of validity of the
    failing ones; `not_applicable_lapses` that of the subjects counted in `not_applicable` (left
    empty, those never lapse). `missing` counts members of the population without any fact.
    `exact_until` is the first moment that the tally would misjudge because several sources speak
    of one subject; None when it holds until a fact changes.
    """

    lapses: tuple[datetime, ...] = ()
    failing_since: tuple[datetime, ...] = ()
    fail_lapses: tuple[datetime, ...] = ()
    not_measured: int = 0
    not_applicable: int = 0
    missing: int = 0
    population: int = 0
    not_applicable_lapses: tuple[datetime, ...] = ()
    exact_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What facts say about one layer: it decides the layer, or can only break it."""

    id: Ref
    layer: Layer
    decides: bool
    tallies: tuple[Tally, ...]
    tolerance: int = 0
    repair_term: timedelta | None = None


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """A rule's verdict with the subjects behind it; `failed` includes those `in_repair`."""

    verdict: Verdict
    failed: int
    unconfirmed: int
    in_repair: int
    not_measured: int
    passed: int
    not_applicable: int
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's current verdict on one layer, in one line."""

    id: Ref
    layer: Layer
    line: Line
    verdict: Verdict
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """What the party that carries out the requirement publishes; withdrawn is not measured."""

    id: Ref
    layers: tuple[Layer, ...]
    verdict: Verdict
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that speaks about one requirement of one organisation.

    `layers` are those the requirement asks for; `carried_by` the verdicts of what carries it,
    for a requirement of another norm; `scopes` those of the systems, processes, locations and
    services that are judged apart.
    """

    layers: tuple[Layer, ...]
    rules: tuple[Rule, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    provisions: tuple[Provision, ...] = ()
    applicable: bool = True
    carried_by: tuple[tuple[Ref, Verdict], ...] = ()
    scopes: tuple[tuple[Ref, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One voice in a standing."""

    source: Source
    id: Ref
    verdict: Verdict
    note: Note


@dataclass(frozen=True, slots=True)
class LayerStanding:
    """The verdict on one layer, with every voice that decided it, the worst first."""

    layer: Layer
    verdict: Verdict
    in_repair: int
    unconfirmed: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on one requirement, when it lapses and what it then becomes.

    `lapses_at` is the next moment at which, if nothing else happens, the verdict of the whole or
    the verdict or number in repair of a layer differs; `becomes` is the verdict of the whole then.
    `carried` holds the requirements that carry this one, and `scopes` the scopes that are judged
    apart, the worst first.
    """

    verdict: Verdict
    layers: tuple[LayerStanding, ...]
    lapses_at: datetime | None = None
    becomes: Verdict | None = None
    carried: tuple[Reason, ...] = ()
    scopes: tuple[Reason, ...] = ()


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst verdict.

    Not applicable only when all are; not assessed when there are none.
    """
    return min(verdicts, key=badness, default=Verdict.NOT_ASSESSED)


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC, where adding days never meets a change of the clock.

    Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment has no time zone")
    return moment.astimezone(UTC)
