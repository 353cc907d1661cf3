# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the evidence has a date: judgements and deviations that end, standings that lapse."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.evidence.models import Deviation, Judgement, Standing
from dijkring.evidence.selectors import lists
from dijkring.ui.states import state_of


def judgements(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the requirements with a current judgement that ends, or has ended.

    What ends on one requirement together is one item: it asks for one new look.
    """
    rows = lists.ending_judgements(organisation_id, until)
    return list({item.args: item for item in reversed([_judgement(row) for row in rows])}.values())


def _judgement(row: Judgement) -> DueItem:
    title = _("Judge again: %(requirement)s") % {"requirement": row.requirement}
    page = ("evidence:requirement", (row.requirement_id,))
    return DueItem(_end(row.valid_until), title, *page, "judgement", str(row.judged_by or ""))


def deviations(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the accepted deviations that end."""
    rows = Deviation.objects.filter(
        organisation_id=organisation_id, ended_at=None, ends_at__gt=clock.now(), ends_at__lt=until
    )
    return [_deviation(row) for row in rows.select_related("requirement", "accepted_by")]


def _deviation(row: Deviation) -> DueItem:
    about = row.requirement or f"{lists.kind_label(row.kind)}: {row.subject}"
    title = _("Accepted deviation ends: %(about)s") % {"about": about}
    return DueItem(
        row.ends_at, title, "evidence:deviations", (), "deviation", str(row.accepted_by or "")
    )


def standings(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the standings that lapse by time to another verdict.

    Left out is what lapses because a judgement ends: that judgement is due already.
    """
    ending = Judgement.objects.filter(
        organisation_id=organisation_id,
        requirement=OuterRef("requirement"),
        superseded_at=None,
        valid_until=OuterRef("lapses_at"),
    )
    rows = Standing.objects.filter(
        organisation_id=organisation_id, lapses_at__gt=clock.now(), lapses_at__lt=until
    ).exclude(becomes__in=["", F("verdict")])
    return list(_standings(rows.exclude(Exists(ending)).select_related("requirement")))


def _standings(rows: Iterable[Standing]) -> Iterable[DueItem]:
    for row in rows:
        words = {"requirement": row.requirement, "state": state_of(row.becomes).word}
        title = _("%(requirement)s becomes: %(state)s") % words
        page = ("evidence:requirement", (row.requirement_id,))
        yield DueItem(_end(row.lapses_at), title, *page, "standing")


def _end(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("the queries ask for what has an end")
    return moment
