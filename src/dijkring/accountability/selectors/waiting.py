# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for the decision of one person: a signature, an approval, a second person."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dijkring.accountability.models import Report
from dijkring.controls.models import Applicability
from dijkring.core.access import Actor
from dijkring.evidence.models import PopulationMember
from dijkring.surface.facts import MAIL, WEB
from dijkring.surface.models import Domain


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its state, what it is, what to do, and where that is done."""

    state: str
    text: str
    note: str
    url_name: str
    args: tuple[Any, ...]
    due_on: Any = None
    query: str = ""


def waiting(actor: Actor) -> list[Line]:
    """Return what others prepared and this person may decide, what goes to the council first."""
    return [*_reports(actor), *_not_applicable(actor), *_removals(actor)]


def _reports(actor: Actor) -> list[Line]:
    rights = {
        "secretary": "accountability.secretary",
        "portfolio_holder": "accountability.board",
        "college": "accountability.board",
    }
    mine = [status for status, right in rights.items() if actor.can(right)]
    rows = Report.objects.filter(organisation_id=actor.organisation_id, status__in=mine)
    return [
        Line("open", row.title, str(row.get_status_display()), "accountability:report", (row.pk,))
        for row in rows
    ]


def _not_applicable(actor: Actor) -> list[Line]:
    if not actor.can("controls.approve"):
        return []
    rows = Applicability.objects.filter(
        organisation_id=actor.organisation_id, applicable=False, approved_at=None, valid_until=None
    )
    count = rows.exclude(decided_by_id=actor.user_id).count()
    words = _("Statement of applicability: %(count)s wait for approval") % {"count": count}
    return [Line("open", words, "", "controls:applicability", ())] if count else []


def _removals(actor: Actor) -> list[Line]:
    if not actor.can("evidence.population"):
        return []
    proposed = PopulationMember.objects.filter(
        organisation_id=actor.organisation_id,
        population__in=[WEB, MAIL],
        until=None,
        taken_out_by__isnull=False,
    ).exclude(taken_out_by_id=actor.user_id)
    rows = Domain.objects.filter(
        organisation_id=actor.organisation_id, name__in=proposed.values("member")
    ).exclude(state=Domain.State.REMOVED)
    note = _("Somebody proposed that this no longer counts. A second person must confirm it.")
    return [
        Line("open", row.name, note, "surface:domain", (row.pk,)) for row in rows.order_by("name")
    ]
