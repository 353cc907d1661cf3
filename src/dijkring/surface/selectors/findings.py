# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was found wrong on the internet, or could not be measured: current, and solved since.

A finding is a fact of this room, of any source. Everything is asked of the database, a page at a
time, so that thousands of findings cost no more than fifty.
"""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from dijkring.actions.models import ActionLine
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import Deviation, Fact
from dijkring.surface.models import Domain

PREFIX = "surface."
SEVERITIES = ("high", "normal", "low")
LEVELS = ("mandatory", "warning", "information")
WRONG = ("fail", "not_measured")
# Facts with what is annotated.
Rows = QuerySet[Any]


def kinds_of_room() -> list[FactKind]:
    """Return every kind of fact about what can be seen of us, also those that are imported."""
    return [kind for kind in kinds.all_kinds() if kind.id.startswith(PREFIX)]


def category_of(kind: str) -> str:
    """Return the category of a kind, such as web-tls."""
    return kind.removeprefix(PREFIX).partition(".")[0]


def of_room(organisation_id: int) -> Rows:
    """Return all facts of this room, ended ones too, with what stands beside each of them.

    Added are `confirmed`, `valid_until`, `shown` (the state that holds now), `severity`, `level`,
    `hoster`, `domain_pk`, `accepted_until`, and of the open action `action_pk`, `action_due` and
    `action_owner`.
    """
    of_kinds = [kind.id for kind in kinds_of_room()]
    rows = Fact.objects.filter(organisation_id=organisation_id, kind__in=of_kinds, withdrawal=None)
    return _beside(_now(rows))


def _now(rows: Rows) -> Rows:
    confirmed = Coalesce("confirmed_at", "round__observed_at")
    until = ExpressionWrapper(F("confirmed") + F("validity"), output_field=DateTimeField())
    lapsed = When(
        valid_until__lte=clock.now(),
        state__in=["pass", "not_applicable"],
        then=Value("not_measured"),
    )
    found: Rows = rows.annotate(confirmed=confirmed, valid_until=until).annotate(
        shown=Case(lapsed, default=F("state"), output_field=CharField())
    )
    return found


def _beside(rows: Rows) -> Rows:
    domain = Domain.objects.filter(
        organisation_id=OuterRef("organisation_id"), name=OuterRef("member")
    ).exclude(state=Domain.State.REMOVED)
    line = ActionLine.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        action__origin_kind=OuterRef("kind"),
        action__state="open",
        subject=OuterRef("subject"),
        closed_at=None,
    ).order_by("pk")
    found: Rows = rows.annotate(
        severity=_rank("severity", SEVERITIES),
        level=_rank("level", LEVELS),
        hoster=Subquery(domain.values("responsible")[:1]),
        domain_pk=Subquery(domain.values("pk")[:1]),
        accepted_until=Subquery(_accepted().values("ends_at")[:1]),
        action_pk=Subquery(line.values("action_id")[:1]),
        action_due=Subquery(line.values("action__due_on")[:1]),
        action_owner=Subquery(line.annotate(name=OWNER).values("name")[:1]),
    )
    return found


# Who has no name is known by the address to log in with.
OWNER = Coalesce(
    NullIf("action__owner__name", Value("")),
    F("action__owner__email"),
    output_field=CharField(),
)


def _accepted() -> QuerySet[Deviation]:
    return Deviation.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        kind=OuterRef("kind"),
        subject=OuterRef("subject"),
        ended_at=None,
        ends_at__gt=clock.now(),
    ).order_by("-ends_at")


def _rank(field: str, values: tuple[str, ...]) -> Case:
    """Return the place of what a kind declares among some values, the gravest first."""
    whens = [
        When(kind__in=[k.id for k in kinds_of_room() if getattr(k, field) == value], then=place)
        for place, value in enumerate(values)
    ]
    return Case(*whens, default=Value(len(values) - 1), output_field=IntegerField())


def findings(organisation_id: int) -> Rows:
    """Return what is wrong or not measured now; what is new and grave comes first."""
    rows = _one_of_each(of_room(organisation_id).filter(until=None, shown__in=WRONG))
    return rows.order_by("-shown", "level", "severity", "-state_since", "kind", "subject")


def _one_of_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Leave one row of what several sources say of one subject, and name them all in `sources`.

    The worst stays; of the same, our own measurement (its name comes first).
    """
    same = _now(
        Fact.objects.filter(
            organisation_id=OuterRef("organisation_id"),
            kind=OuterRef("kind"),
            subject=OuterRef("subject"),
            until=None,
        )
    ).filter(shown__in=WRONG)
    before = same.filter(
        Q(shown__lt=OuterRef("shown")) | Q(shown=OuterRef("shown"), source__lt=OuterRef("source"))
    )
    sources = ArraySubquery(same.order_by("source").values("source"))
    found: QuerySet[Any] = rows.filter(~Exists(before)).annotate(sources=sources)
    return found


def solved(organisation_id: int, since: datetime) -> Rows:
    """Return what failed and ended since a moment: mended, or not there any more."""
    same = Fact.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        kind=OuterRef("kind"),
        subject=OuterRef("subject"),
        source=OuterRef("source"),
        withdrawal=None,
    )
    later = same.filter(Q(until=None) | Q(since__gt=OuterRef("since")), state="fail")
    rows = of_room(organisation_id).filter(state="fail", until__gte=since)
    return rows.exclude(Exists(later)).order_by("-until", "kind", "subject")


def hosters(organisation_id: int) -> list[str]:
    """Return the names of who hosts domains, in order."""
    rows = Domain.objects.filter(organisation_id=organisation_id)
    rows = rows.exclude(state=Domain.State.REMOVED).exclude(responsible="")
    return list(rows.order_by("responsible").values_list("responsible", flat=True).distinct())


def chosen(organisation_id: int, ids: list[str], most: int) -> list[Fact]:
    """Return the current failing findings among some ids; at most so many, odd ids left out."""
    numbers = [int(one) for one in ids if one.isdigit() and len(one) < 18][:most]
    return list(findings(organisation_id).filter(pk__in=numbers, state="fail"))


def accepted(fact: Fact) -> Deviation | None:
    """Return what somebody accepted about one finding, as long as it holds."""
    rows = Deviation.objects.filter(
        organisation_id=fact.organisation_id,
        kind=fact.kind,
        subject=fact.subject,
        ended_at=None,
        ends_at__gt=clock.now(),
    )
    return rows.select_related("accepted_by").order_by("-ends_at").first()


def changes(organisation_id: int, since: datetime) -> tuple[int, int]:
    """Return how many findings of weight are new since a moment, and how many were solved.

    Only what asks for work counts: what fails, and is mandatory or advice.
    """
    weighty = [kind.id for kind in kinds_of_room() if kind.level != "information"]
    now = Fact.objects.filter(
        organisation_id=organisation_id,
        kind__in=weighty,
        until=None,
        state="fail",
        state_since__gt=since,
        withdrawal=None,
    )
    # What broke and was mended in between is no news.
    mended = solved(organisation_id, since).filter(kind__in=weighty, state_since__lte=since)
    return now.count(), mended.count()


def counted(organisation_id: int) -> dict[str, int]:
    """Return the figures above the list; empty when there is nothing."""
    fails = Q(shown="fail")
    open_ = fails & Q(accepted_until=None)
    found = findings(organisation_id).aggregate(
        mandatory=Count("pk", filter=fails & Q(level=0)),
        nobody=Count("pk", filter=open_ & Q(action_owner=None)),
        not_measured=Count("pk", filter=Q(shown="not_measured")),
        accepted=Count("pk", filter=Q(accepted_until__isnull=False)),
    )
    return found if any(found.values()) else {}
