# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about questionnaires: how they stand, what suppliers answered, what others share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.sharing.models import Handover
from dijkring.suppliers.models import Inquiry, Reply, SupplierSharing

MOST_SHARED = 500
# The kind of handover of answers.
KIND = "supplier.answers"
MOST_COMPARED = 8


class SharedInquiry(NamedTuple):
    """What a supplier of ours answered to another organisation; replies as (choice, words)."""

    supplier_id: int
    inquiry_id: int
    organisation: str
    pack: str
    version: str
    title: dict[str, str]
    demands: list[dict[str, str]]
    submitted_at: datetime
    submitted_by: str
    replies: dict[str, tuple[str, str]]


class SharedProcurement(NamedTuple):
    """What another organisation is going to buy."""

    pk: int
    organisation: str
    name: str
    state: str
    publish_on: date | None
    award_on: date | None
    start_on: date | None
    contact: str
    joint: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One demand with what each supplier says about it, in the order of the questionnaires."""

    demand: dict[str, str]
    replies: tuple[Reply | None, ...]


def inquiries(organisation_id: int) -> QuerySet[Any]:
    """Return every questionnaire with how many demands have an answer (`given`)."""
    rows = Inquiry.objects.filter(organisation_id=organisation_id)
    rows = rows.select_related("supplier", "asked_by")
    return rows.annotate(given=Count("replies", filter=~Q(replies__choice=""))).order_by("-pk")


def shares(organisation_id: int) -> dict[str, SupplierSharing]:
    """Return what the organisation shares now."""
    rows = SupplierSharing.objects.filter(organisation_id=organisation_id, ended_at=None)
    return {one.what: one for one in rows.select_related("agreed_by")}


def shared() -> list[SharedInquiry]:
    """Return what our suppliers answered to others that share; acts for one organisation."""
    rows = fetch("SELECT * FROM door_shared_inquiries(%s)", [MOST_SHARED])
    return [SharedInquiry(*row) for row in rows]


def handed_over(organisation_id: int) -> list[Handover]:
    """Return the answers that others handed over to us and that nobody here answered yet."""
    rows = Handover.objects.filter(
        receiver_id=organisation_id, kind=KIND, taken_at__isnull=False, refusal="", answer=""
    )
    return list(rows.select_related("organisation").order_by("pk"))


def shared_procurements() -> list[SharedProcurement]:
    """Return what others around us that share their calendar are going to buy."""
    rows = fetch("SELECT * FROM door_shared_procurements(%s, %s)", [clock.today(), MOST_SHARED])
    return [SharedProcurement(*row) for row in rows]


def compare(found: Sequence[Inquiry]) -> list[Compared]:
    """Put what suppliers answered side by side: a row for each demand that any of them got."""
    demands = {row["id"]: row for one in found for row in one.demands}
    rows = Reply.objects.filter(inquiry__in=found)
    given = {(one.inquiry_id, one.demand): one for one in rows}
    return [
        Compared(row, tuple(given.get((one.pk, id)) for one in found))
        for id, row in demands.items()
    ]


def answered(organisation_id: int, ids: Iterable[int]) -> list[Inquiry]:
    """Return the answered questionnaires among some ids, at most eight, by supplier."""
    rows = Inquiry.objects.filter(
        organisation_id=organisation_id, pk__in=list(ids), submitted_at__isnull=False
    )
    return list(rows.select_related("supplier").order_by("supplier__name", "pk")[:MOST_COMPARED])
