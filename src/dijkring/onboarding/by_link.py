# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A verdict from before can be put to a process owner by link: does it still hold, and for what?

A verdict from before has no layer, so the answer names one. It is a proposal: who takes it over
judges under their own name, in the first line, for at most a year.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices import by_link
from dijkring.notices.by_link import DISAGREE, Description, Offer
from dijkring.notices.models import Ask
from dijkring.onboarding import selectors
from dijkring.onboarding.models import TakenOver
from dijkring.onboarding.services import taken_over

SUBJECT, PURPOSE, LINE = "requirement", "taken-over", "owner"
YEAR = timedelta(days=365)
LAYERS = {
    "design": ("design",),
    "existence": ("existence",),
    "operation": ("operation",),
    "all": ("design", "existence", "operation"),
}
CHOICES = [
    ("design", _("Yes, for what is laid down")),
    ("existence", _("Yes, for what is in place")),
    ("operation", _("Yes, for how it works over time")),
    ("all", _("Yes, for all three")),
    (DISAGREE, _("No, this has changed")),
]


def register() -> None:
    """Register the purpose and offer it on the page of a requirement."""
    by_link.register(
        PURPOSE,
        label=_("Say whether a verdict from before still holds"),
        right="evidence.judge",
        describe=describe,
        choices=CHOICES,
        settle=settle,
        settle_label=_("Confirm the verdict from before"),
    )
    by_link.offer(SUBJECT, "evidence:requirement", offers)


def offers(actor: Actor, requirement_id: int) -> list[Offer]:
    """Return the verdicts from before on a leaf that still wait for somebody."""
    rows = selectors.to_confirm(actor.organisation_id, requirement_id)
    return [Offer(PURPOSE, row.pk, _title(row)) for row in rows]


def _title(row: TakenOver) -> str:
    return gettext("Does this from before still hold: %(was)s %(verdict)s") % {
        "was": row.was,
        "verdict": row.get_verdict_display(),
    }


def describe(organisation_id: int, taken_over_id: int) -> Description | None:
    """Return what a receiver sees of a verdict; None when it does not wait any more."""
    row = selectors.to_confirm(organisation_id).filter(pk=taken_over_id).first()
    if row is None:
        return None
    shown: list[tuple[Any, Any]] = [
        (gettext("What it asks"), row.requirement.description),
        (gettext("Verdict from before"), row.get_verdict_display()),
        (gettext("Explanation"), row.reason),
        (gettext("About"), row.about),
        (gettext("Said by"), row.said_by),
        (gettext("Said on"), row.said_on),
    ]
    page = ("evidence:requirement", (row.requirement_id,))
    return Description(str(row.requirement), *page, [pair for pair in shown if pair[1]])


def settle(actor: Actor, ask: Ask) -> None:
    """Make a judgement of the verdict, on the layers that the answer names."""
    row = selectors.to_confirm(actor.organisation_id).filter(pk=ask.object_id).first()
    if row is None:
        raise Refused(gettext("Somebody has dealt with this verdict already."))
    reason = gettext("Confirmed by %(name)s, by a link. %(text)s") % {
        "name": ask.answered_by,
        "text": ask.answer,
    }
    outcome = taken_over.confirm(
        actor=actor,
        rows=[row],
        layers=LAYERS[ask.choice],
        line=LINE,
        reason=reason.strip()[:2000],
        valid_until=_until(row),
    )
    for _row, why in outcome.refused:
        raise Refused(why)


def _until(row: TakenOver) -> datetime:
    """Return until when it holds: a year, or the day from before when that comes sooner."""
    year = clock.now() + YEAR
    if row.valid_until is None:
        return year
    end = datetime.combine(row.valid_until, time(23, 59, 59), clock.AMSTERDAM)
    return min(year, end) if end > clock.now() else year
