# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about requests to suppliers: how they stand, what can be asked, what others heard."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.core.rows import fetch
from dijkring.evidence import kinds
from dijkring.evidence.models import Deviation, Fact
from dijkring.notices.models import Ask
from dijkring.surface.models import AnswerSharing, MendRequest, RequestLine
from dijkring.surface.request_doors import PURPOSE
from dijkring.surface.selectors import systems
from dijkring.surface.selectors.findings import PREFIX

MEND, CANNOT, NOT_OURS = "mend", "cannot", "not_ours"
MOST_SHARED = 2000
# Our own register, and what we report to others, is nothing that a supplier can mend.
OWN_MATTER = r"^surface\.(register|rio)\."
# Requests with what is annotated.
Rows = QuerySet[Any]


def requests(organisation_id: int) -> Rows:
    """Return every request with `lines_all`, `lines_open` (failing still) and the last answer.

    Of the answer there are `choice`, `day`, `answered_at`; of the links `asked_until`.
    """
    failing = Fact.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        kind=OuterRef("lines__kind"),
        subject=OuterRef("lines__subject"),
        until=None,
        state="fail",
        # What failed anew after it was mended is not what was asked then.
        state_since__lte=OuterRef("made_at"),
    )
    asks = Ask.objects.filter(
        organisation_id=OuterRef("organisation_id"), purpose=PURPOSE, object_id=OuterRef("pk")
    ).order_by()
    answers = asks.filter(answered_at__isnull=False).order_by("-answered_at")
    waiting = asks.filter(answered_at=None, withdrawn_at=None).values("object_id")
    rows = MendRequest.objects.filter(organisation_id=organisation_id)
    found: Rows = rows.annotate(
        lines_all=Count("lines"),
        lines_open=Count("lines", filter=Exists(failing)),
        choice=Subquery(answers.values("choice")[:1]),
        day=Subquery(answers.values("day")[:1]),
        answered_at=Subquery(answers.values("answered_at")[:1]),
        asked_until=Subquery(waiting.annotate(last=Max("expires_at")).values("last")[:1]),
    )
    return found.order_by("-id")


def state(request: Any) -> str:
    """Return how a request stands: withdrawn, mended, the answer, open or without an answer."""
    if request.withdrawn_at is not None:
        return "withdrawn"
    if not request.lines_open:
        return "mended"
    if request.choice:
        return str(request.choice)
    waits = request.asked_until is not None and request.asked_until > clock.now()
    return "asked" if waits else "silent"


def due_on(request: Any) -> date:
    """Return when it should be mended: the day that the supplier gave, or the one we asked."""
    promised = request.day if request.choice == MEND else None
    day: date = promised or request.due_on
    return day


def is_open(request: Any) -> bool:
    """Tell whether a request waits for something still."""
    return state(request) not in ("withdrawn", "mended")


def open_requests(organisation_id: int) -> list[Any]:
    """Return the requests that wait for something still, by their day."""
    rows = requests(organisation_id).filter(withdrawn_at=None)
    return sorted((row for row in rows if is_open(row)), key=due_on)


def due_requests(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the open requests with their day, for the calendar."""
    last = clock.day_of(until)
    return [
        DueItem(due_on(row), row.supplier, "surface:request", (row.pk,), "surface.request")
        for row in open_requests(organisation_id)
        if due_on(row) <= last
    ]


# --- what can be asked --------------------------------------------------------------------------


@dataclass(slots=True)
class Finding:
    """One thing that fails with a supplier; `asked` is the open request that is about it."""

    fact: Fact
    supplier: str
    asked: int | None = None

    @property
    def key(self) -> str:
        """What stands in a form."""
        return str(self.fact.pk)

    @property
    def mandatory(self) -> bool:
        """Whether a norm demands it."""
        return kinds.get(self.fact.kind).level == "mandatory"


def failing(organisation_id: int) -> list[Finding]:
    """Return what fails with a supplier and was not accepted; each subject of a check once."""
    accepted = Deviation.objects.filter(
        organisation_id=organisation_id,
        kind=OuterRef("kind"),
        subject=OuterRef("subject"),
        ended_at=None,
        ends_at__gt=clock.now(),
    )
    rows = Fact.objects.filter(
        ~Exists(accepted),
        organisation_id=organisation_id,
        kind__startswith=PREFIX,
        until=None,
        state="fail",
    ).exclude(kind__regex=OWN_MATTER)
    suppliers = systems.suppliers_of(organisation_id)
    asked = _asked(organisation_id)
    found: dict[tuple[str, str], Finding] = {}
    for fact in rows.order_by("member", "kind", "subject", "state_since"):
        key, supplier = (fact.kind, fact.subject), suppliers.get(fact.member, "")
        if supplier and key not in found:
            pk, made_at = asked.get(key, (None, None))
            # What failed anew after it was mended can be asked again.
            since = made_at is not None and fact.state_since <= made_at
            found[key] = Finding(fact, supplier, pk if since else None)
    return list(found.values())


def _asked(organisation_id: int) -> dict[tuple[str, str], tuple[int, datetime]]:
    rows = RequestLine.objects.filter(organisation_id=organisation_id, request__withdrawn_at=None)
    values = rows.order_by("request_id").values_list(
        "kind", "subject", "request_id", "request__made_at"
    )
    return {(kind, subject): (pk, made_at) for kind, subject, pk, made_at in values}


def by_supplier(found: Sequence[Finding]) -> dict[str, int]:
    """Count per supplier what fails and was not asked yet."""
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        counts[one.supplier] += one.asked is None
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def lines(request: MendRequest) -> list[Any]:
    """Return the lines of a request with `fact`: the failing fact of now, or nothing."""
    rows: list[Any] = list(request.lines.all())
    found = Fact.objects.filter(
        organisation_id=request.organisation_id,
        kind__in={row.kind for row in rows},
        subject__in={row.subject for row in rows},
        until=None,
        state="fail",
        state_since__lte=request.made_at,
    )
    facts = {(fact.kind, fact.subject): fact for fact in found.order_by("-id")}
    for row in rows:
        row.fact = facts.get((row.kind, row.subject))
    return rows


def answers(request: MendRequest) -> list[Ask]:
    """Return what was answered to a request, the newest first."""
    rows = Ask.objects.filter(
        organisation_id=request.organisation_id, purpose=PURPOSE, object_id=request.pk
    )
    return list(rows.exclude(answered_at=None).order_by("-answered_at"))


# --- what others heard --------------------------------------------------------------------------


def shares(organisation_id: int) -> AnswerSharing | None:
    """Return since when, and by whom, the organisation shares answers; None when it does not."""
    rows = AnswerSharing.objects.filter(organisation_id=organisation_id, ended_at=None)
    return rows.select_related("agreed_by").first()


@dataclass(slots=True)
class Shared:
    """A request of another organisation about names that are ours as well, with its answer."""

    pk: int
    organisation: str
    supplier: str
    asked_at: datetime
    due_on: date
    choice: str
    day: date | None
    answer: str
    answered_at: datetime | None
    about: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names that it is about."""
        return sorted({member for member, _kind, _subject in self.about})


_SHARED = (
    "SELECT request_id, organisation, supplier, member, kind, subject, asked_at, due_on, choice, "
    "day, answer, answered_at FROM door_shared_answers(%s)"
)


def shared() -> list[Shared]:
    """Return what others asked and heard about names that are ours as well, the newest first.

    Only of who agreed to share, to who agreed to share: the database asks for both.
    """
    found: dict[int, Shared] = {}
    for pk, organisation, supplier, *about, asked_at, due, choice, day, answer, at in fetch(
        _SHARED, [MOST_SHARED]
    ):
        if pk not in found:
            found[pk] = Shared(
                pk, organisation, supplier, asked_at, due, choice or "", day, answer or "", at
            )
        member, kind, subject = about
        found[pk].about.append((member, kind, subject))
    return list(found.values())
