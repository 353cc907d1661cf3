# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rest of the file of an incident: indicators, costs, the police, who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import indicators
from dijkring.incidents.models import Contact, Cost, Incident, Indicator, PoliceReport
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.services import checking

MOST_AT_ONCE = 500
MOST_SHOWN = 5
# A thousand million euros.
MOST_CENTS = 100_000_000_000


@dataclass(frozen=True, slots=True)
class CostWanted:
    """What something costs, in cents; `certain` when it was billed or paid."""

    what: str
    cents: int
    budget_year: int
    certain: bool = False
    paid_to: str = ""


def add_indicators(
    *, actor: Actor, incident: Incident, lines: Sequence[str], kind: str = "", note: str = ""
) -> list[Indicator]:
    """Add traces, one per line, of the kind that their content says or of one that was chosen.

    What was there already is left alone. Raises Refused, naming them, for lines that are not
    recognised; then nothing is added.
    """
    found = _open(actor, incident)
    wanted = [line for line in lines if line.strip()]
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        words = _("Give one trace per line, at most %(most)d at once.") % {"most": MOST_AT_ONCE}
        raise Refused(words, "lines")
    if kind and kind not in indicators.KINDS:
        raise Refused(_("Choose a kind of the list."), "kind")
    read = {line: indicators.recognise(line, kind) for line in wanted}
    if unknown := [line.strip()[:60] for line, one in read.items() if one is None]:
        words = _("Not recognised: %(lines)s. Choose what kind they are, or leave them out.")
        raise Refused(words % {"lines": "; ".join(unknown[:MOST_SHOWN])}, "lines")
    there = set(found.indicators.filter(struck_at=None).values_list("kind", "value"))
    new = [one for one in dict.fromkeys(read.values()) if one is not None and one not in there]
    return [
        Indicator.objects.create(
            organisation_id=actor.organisation_id,
            incident=found,
            kind=kind_of,
            value=value,
            note=note.strip()[:500],
            added_at=clock.now(),
            added_by_id=actor.user_id,
        )
        for kind_of, value in new
    ]


def add_cost(*, actor: Actor, incident: Incident, wanted: CostWanted) -> Cost:
    """Write down what an incident costs; also after it was closed, since bills come late."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    if not 0 < wanted.cents <= MOST_CENTS:
        raise Refused(_("This amount cannot be right."), "euros")
    if not 2000 <= wanted.budget_year <= 2100:
        raise Refused(_("This year cannot be right."), "budget_year")
    return Cost.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        what=checking.needed(wanted.what, "what", _("Say what it is for."))[:200],
        cents=wanted.cents,
        certain=wanted.certain,
        paid_to=wanted.paid_to.strip()[:200],
        budget_year=wanted.budget_year,
        added_at=clock.now(),
        added_by_id=actor.user_id,
    )


def strike(*, actor: Actor, row: Indicator | Cost, reason: str) -> None:
    """Strike out an indicator or a cost that was wrong; it stays in the history."""
    actor.require(HANDLE)
    said = checking.needed(reason, "reason", _("Give a reason."))
    rows = type(row)._default_manager.select_for_update()
    found = rows.get(pk=row.pk, organisation_id=actor.organisation_id)
    if found.struck_at is None:
        tenancy.note_reason(said)
        found.struck_at, found.struck_because = clock.now(), said[:500]
        found.save(update_fields=["struck_at", "struck_because"])


def tell_police(
    *,
    actor: Actor,
    incident: Incident,
    done: bool,
    at: datetime | None = None,
    number: str = "",
    reason: str = "",
) -> PoliceReport:
    """State whether the police was told of a crime: when and under which number, or why not."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    if done:
        if at is None:
            raise Refused(_("Say when it was reported to the police."), "at")
        checking.past(at, "at")
    else:
        checking.needed(reason, "reason", _("Say why it is not reported to the police."))
    return PoliceReport.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        done=done,
        at=at if done else None,
        number=number.strip()[:80] if done else "",
        reason="" if done else reason.strip()[:2000],
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
    )


def write_contact(
    *,
    actor: Actor,
    incident: Incident,
    at: datetime,
    to: str,
    channel: str,
    text: str,
    by: str,
) -> Contact:
    """Write down to whom what was told by whom; nothing of it is ever changed."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    return Contact.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        at=checking.past(at, "at"),
        to=checking.needed(to, "to", _("Say to whom."))[:200],
        channel=checking.needed(channel, "channel", _("Say by which way."))[:80],
        text=checking.needed(text, "text", _("Say what was told."))[:4000],
        by=checking.needed(by, "by", _("Say by whom."))[:120],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def _open(actor: Actor, incident: Incident) -> Incident:
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    return found
