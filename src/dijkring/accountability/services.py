# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making a report to the council and signing it off, step by step; and noting a visit."""

from datetime import date, timedelta

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from dijkring.accountability import figures
from dijkring.accountability.blocks import GROUND
from dijkring.accountability.models import FLOW, Report, ReportStep, Visit
from dijkring.accountability.selectors import reporting
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused, disk_is_full
from dijkring.evidence.services import standings

VISIT_GAP = timedelta(minutes=30)
LONGEST = timedelta(days=3 * 366)


def make_report(
    *, actor: Actor, title: str, first: date, last: date, secrecy_ground: str = ""
) -> Report:
    """Make a report over a period of days and store it with its figures.

    Raises Refused for a period that ends before it begins, lies in the future or is over three
    years, and where no norm has been loaded.
    """
    actor.require("accountability.make")
    check_period(first, last)
    if reporting.of_everybody(figures.FRAMEWORKS[0]) is None:
        raise Refused(_("No norm has been loaded yet, so there is nothing to report."))
    standings.begin_change(actor.organisation_id)
    period, now = figures.Period(first, last), clock.now()
    return Report.objects.create(
        organisation_id=actor.organisation_id,
        title=title,
        period_from=first,
        period_to=last,
        figures=figures.public(actor.organisation_id, period, now),
        annex=figures.annex(actor.organisation_id, period, now),
        secrecy_ground=secrecy_ground or GROUND,
        previous=_previous(actor.organisation_id, last),
        made_at=now,
        made_by_id=actor.user_id,
    )


def check_period(first: date, last: date) -> None:
    """Raise Refused for a period that a report cannot cover."""
    today = clock.today()
    if first > last:
        raise Refused(_("The period ends before it begins."), "last")
    if last > today:
        raise Refused(_("The period ends in the future. Choose a day until today."), "last")
    if last - first > LONGEST:
        raise Refused(_("A report covers at most three years."), "first")


def _previous(organisation_id: int, last: date) -> Report | None:
    rows = Report.objects.filter(
        organisation_id=organisation_id, status=Report.Status.COUNCIL, period_to__lt=last
    )
    return rows.order_by("-period_to", "-made_at").first()


def move(*, actor: Actor, report: Report, to: str, note: str = "") -> Report:
    """Take a report to its next step, or back to concept with a reason."""
    step = FLOW.move(report.status, to)
    actor.require(step.right)
    if to == Report.Status.CONCEPT and not note.strip():
        raise Refused(_("Say what has to change before it comes back."), "reason")
    tenancy.note_reason(note)
    ReportStep.objects.create(
        organisation_id=actor.organisation_id,
        report=report,
        before=report.status,
        after=to,
        by_id=actor.user_id,
        at=clock.now(),
        note=note,
    )
    report.status = to
    report.save(update_fields=["status"])
    return report


def visit(*, actor: Actor) -> Visit | None:
    """Note that a person looks at today's page; looks close together count as one visit.

    On a full disk nothing is noted, and the page can still be read.
    """
    if actor.user_id is None:
        return None
    mine = {"organisation_id": actor.organisation_id, "user_id": actor.user_id}
    try:
        return _note(mine)
    except OperationalError as error:
        if not disk_is_full(error):
            raise
        return Visit.objects.filter(**mine).first()


def _note(mine: dict[str, int]) -> Visit:
    now = clock.now()
    found, created = Visit.objects.get_or_create(**mine, defaults={"at": now})
    if not created and now - found.at > VISIT_GAP:
        found.before, found.at = found.at, now
        with transaction.atomic():
            found.save(update_fields=["before", "at"])
    return found
