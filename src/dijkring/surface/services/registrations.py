# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording a registration under the Cbw as it was submitted, and how its data are now."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.surface import addresses, names
from dijkring.surface.models import CbwDetails, CbwRegistration
from dijkring.surface.selectors import registrations as selectors
from dijkring.surface.selectors.registrations import FIELDS

RIGHT = "surface.registration"
MOST = 5000


def record(
    *,
    actor: Actor,
    details: Mapping[str, str],
    domains: Sequence[str],
    ranges: Sequence[str],
    submitted_on: date,
    reference: str = "",
) -> CbwRegistration:
    """Record a registration as it was submitted; from now on it is what changes are held against.

    Raises Refused, with the number of the line, for a name or range that is none, and for a day to
    come. The first time its data are also how they are now.
    """
    actor.require(RIGHT)
    _check_day(submitted_on, "submitted_on")
    made = CbwRegistration.objects.create(
        organisation_id=actor.organisation_id,
        **{field: details.get(field, "").strip() for field in FIELDS},
        domains=_each(domains, names.checked, "domains"),
        ranges=_each(ranges, lambda text: str(addresses.network(text)), "ranges"),
        submitted_on=submitted_on,
        reference=reference.strip(),
        recorded_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    if selectors.details(actor.organisation_id) is None:
        keep_details(actor=actor, details=details, changed_on=submitted_on)
    return made


def _each(lines: Sequence[str], read: Callable[[str], str], field: str) -> list[str]:
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(read(line.strip()))
        except Refused as refused:
            words = _("Line %(number)d: %(why)s")
            wrong.append(words % {"number": number, "why": refused.message})
    if wrong:
        raise Refused(" ".join(wrong[:20]), field)
    if len(found) > MOST:
        raise Refused(_("Give at most %(most)d at once.") % {"most": MOST}, field)
    return list(dict.fromkeys(found))


def keep_details(*, actor: Actor, details: Mapping[str, str], changed_on: date) -> CbwDetails:
    """Say how the data of the entity are now; what differs from before holds since a day."""
    actor.require(RIGHT)
    _check_day(changed_on, "changed_on")
    known = selectors.details(actor.organisation_id)
    row = known or CbwDetails(organisation_id=actor.organisation_id)
    for field in FIELDS:
        value = details.get(field, "").strip()
        if known is None or value != getattr(row, field):
            row.changed[field] = changed_on.isoformat()
            setattr(row, field, value)
    row.save()
    return row


def _check_day(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(_("Choose today or a day in the past."), field)
