# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Cbw tests that were done, what changed between two, and what a body told its participants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.cooperation.cbw import CANNOT_BE_SAID
from dijkring.cooperation.models import CbwTest, Cooperation
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.core.due import DueItem

AGAIN = timedelta(days=365)


def done(cooperation: Cooperation, organisation_id: int) -> QuerySet[CbwTest]:
    """Return the finished tests of an organisation about a co-operation, the newest first."""
    rows = CbwTest.objects.filter(
        cooperation=cooperation, organisation_id=organisation_id, finished_at__isnull=False
    )
    return rows.select_related("done_by").order_by("-finished_at", "-pk")


def in_hand(cooperation: Cooperation, organisation_id: int) -> CbwTest | None:
    """Return the test that was begun and not finished, or None."""
    return CbwTest.objects.filter(
        cooperation=cooperation, organisation_id=organisation_id, finished_at=None
    ).first()


def find(pk: int) -> CbwTest | None:
    """Return one test that is seen here, or None."""
    return CbwTest.objects.select_related("cooperation__body", "done_by").filter(pk=pk).first()


def before(test: CbwTest) -> CbwTest | None:
    """Return the finished test before a finished one, or None."""
    earlier = done(test.cooperation, test.organisation_id).filter(finished_at__lt=test.finished_at)
    return earlier.first()


def outcome_words(outcome: str) -> str:
    """Return an outcome in words; of an outcome that is no longer there its id."""
    try:
        return in_language(questionnaire().outcome(outcome).label)
    except KeyError:
        return outcome


def answer_words(answer: str) -> str:
    """Return an answer in words."""
    words = {"yes": _("yes"), "no": _("no"), "unknown": _("not known"), "": _("not asked")}
    return words.get(answer, answer)


@dataclass(frozen=True, slots=True)
class Change:
    """A question that was answered otherwise than before; empty where it was not asked."""

    question: dict[str, str]
    was: str
    became: str


def changes(earlier: CbwTest, later: CbwTest) -> list[Change]:
    """Return what was answered otherwise, in the order of the later test."""
    rows = {row["id"]: row for test in (earlier, later) for row in _findings(test)}
    was, became = _answers(earlier), _answers(later)
    return [
        Change(row["question"], was.get(id, ""), became.get(id, ""))
        for id, row in rows.items()
        if was.get(id, "") != became.get(id, "")
    ]


def _findings(test: CbwTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = test.result.get("findings", [])
    return found


def _answers(test: CbwTest) -> dict[str, str]:
    return {row["id"]: row["answer"] for row in _findings(test)}


@dataclass(frozen=True, slots=True)
class Told:
    """What a body tells its participants of its last published test."""

    cooperation_id: int
    outcome: str
    finished_at: datetime
    version: str

    @property
    def words(self) -> str:
        """The outcome in words."""
        return outcome_words(self.outcome)


def told() -> dict[int, Told]:
    """Return what bodies tell the organisations that are acted for, by co-operation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cooperation_id, outcome, finished_at, version FROM door_told_cbw()")
        return {row[0]: Told(*row) for row in cursor.fetchall()}


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the tests that should be done again: a year after the last, and while it is open."""
    rows = (
        CbwTest.objects.filter(organisation_id=organisation_id, finished_at__isnull=False)
        .order_by("cooperation_id", "-finished_at")
        .distinct("cooperation_id")
        .select_related("cooperation", "done_by")
    )
    items = [_due(row, row.finished_at) for row in rows if row.finished_at and _runs(row)]
    return [item for item in items if item.moment < until]


def _runs(row: CbwTest) -> bool:
    return not row.cooperation.has_ended


def _due(row: CbwTest, finished_at: datetime) -> DueItem:
    title = _("Cbw test again: %(cooperation)s") % {"cooperation": row.cooperation}
    wait = timedelta(days=30) if row.outcome == CANNOT_BE_SAID else AGAIN
    page = ("cooperation:cooperation", (row.cooperation_id,))
    return DueItem(finished_at + wait, title, *page, "cbw_test", str(row.done_by or ""))
