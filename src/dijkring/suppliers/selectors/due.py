# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of suppliers has a date: notice, ends, reviews, assurance, promises, questionnaires."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.suppliers.judging import YEAR
from dijkring.suppliers.models import (
    AssuranceReport,
    Contract,
    Inquiry,
    Procurement,
    Promise,
    Supplier,
)
from dijkring.suppliers.selectors.register import running

KIND = "suppliers"


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return everything with a date before a moment, late things too; seven queries."""
    last = clock.day_of(until)
    found: list[DueItem] = []
    for find in (_contracts, _reviews, _reports, _promises, _inquiries, _procurements):
        found += find(organisation_id, last)
    return found


def _item(at: date, words: str, supplier: Supplier, owner: object = None) -> DueItem:
    title = f"{supplier.name}: {words}"
    return DueItem(at, title, "suppliers:supplier", (supplier.pk,), KIND, str(owner or ""))


def _contracts(organisation_id: int, last: date) -> Iterable[DueItem]:
    """Give notice before a day; else a contract that really ends on one."""
    rows = Contract.objects.filter(
        running(clock.today()),
        organisation_id=organisation_id,
        supplier__retired_at=None,
    ).select_related("supplier__owner")
    for row in rows:
        owner = row.supplier.owner
        if row.ended_on:
            if row.ended_on <= last:
                words = _("%(name)s ends") % {"name": row.name}
                yield _item(row.ended_on, words, row.supplier, owner)
            continue
        if row.notice_on and clock.today() <= row.notice_on <= last:
            words = _("give notice or let %(name)s go on") % {"name": row.name}
            yield _item(row.notice_on, words, row.supplier, owner)
        if row.ends_on and not row.renews and row.ends_on <= last:
            yield _item(row.ends_on, _("%(name)s ends") % {"name": row.name}, row.supplier, owner)


def _reviews(organisation_id: int, last: date) -> Iterable[DueItem]:
    rows = Supplier.objects.filter(organisation_id=organisation_id, retired_at=None)
    rows = rows.select_related("owner").annotate(
        latest=Max("reviews__on", filter=Q(reviews__removed_at=None))
    )
    for row in rows:
        at = clock.months_after(row.latest or clock.day_of(row.added_at), YEAR)
        if at <= last:
            yield _item(at, _("yearly review"), row, row.owner)


def _reports(organisation_id: int, last: date) -> Iterable[DueItem]:
    rows = AssuranceReport.objects.filter(
        organisation_id=organisation_id, removed_at=None, supplier__retired_at=None
    ).select_related("supplier__owner")
    latest: dict[int, AssuranceReport] = {}
    for row in rows.order_by("until_on", "pk"):
        latest[row.supplier_id] = row
    for row in latest.values():
        if row.until_on <= last:
            words = _("%(kind)s expires") % {"kind": row.get_kind_display()}
            yield _item(row.until_on, words, row.supplier, row.supplier.owner)


def _promises(organisation_id: int, last: date) -> Iterable[DueItem]:
    rows = Promise.objects.filter(
        organisation_id=organisation_id, removed_at=None, kept_on=None, due_on__lte=last,
        supplier__retired_at=None,
    )  # fmt: skip
    return [
        _item(row.due_on, row.what, row.supplier, row.supplier.owner)
        for row in rows.select_related("supplier__owner")
    ]


def _inquiries(organisation_id: int, last: date) -> Iterable[DueItem]:
    rows = Inquiry.objects.filter(
        organisation_id=organisation_id, submitted_at=None, withdrawn_at=None,
        expires_at__gt=clock.now(),
    ).select_related("supplier", "asked_by")  # fmt: skip
    for row in rows:
        if clock.day_of(row.expires_at) <= last:
            title = _("%(supplier)s: answers to the questionnaire") % {"supplier": row.supplier}
            owner = str(row.asked_by or "")
            yield DueItem(row.expires_at, title, "suppliers:inquiry", (row.pk,), KIND, owner)


def _procurements(organisation_id: int, last: date) -> Iterable[DueItem]:
    rows = Procurement.objects.filter(
        organisation_id=organisation_id, state=Procurement.State.PLANNED, publish_on__lte=last
    ).select_related("owner")
    for row in rows:
        if row.publish_on:
            title = _("Request goes out: %(name)s") % {"name": row.name}
            page = ("suppliers:procurement", (row.pk,))
            yield DueItem(row.publish_on, title, *page, KIND, str(row.owner or ""))
