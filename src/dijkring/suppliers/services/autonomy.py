# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding which countries worry us."""

from datetime import date

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.suppliers.models import CountryOfConcern
from dijkring.suppliers.services.suppliers import check_country

RIGHT = "suppliers.decide"


def add_country(*, actor: Actor, country: str, source: str, dated_on: date) -> CountryOfConcern:
    """Put a country on our own list, with the source and its day."""
    actor.require(RIGHT)
    if not country:
        raise Refused(_("Choose from the list."), "country")
    check_country(country, "country")
    if not source.strip():
        raise Refused(_("Name the source."), "source")
    if dated_on > clock.today():
        raise Refused(_("Choose today or a day in the past."), "dated_on")
    rows = CountryOfConcern.objects.filter(organisation_id=actor.organisation_id, removed_at=None)
    if rows.filter(country=country).exists():
        raise Refused(_("This country is on your list already."), "country")
    return CountryOfConcern.objects.create(
        organisation_id=actor.organisation_id,
        country=country,
        source=source.strip(),
        dated_on=dated_on,
        added_at=clock.now(),
    )


def remove_country(*, actor: Actor, found: CountryOfConcern, reason: str) -> None:
    """Take a country off our list, with a reason; it stays in the history."""
    actor.require(RIGHT)
    if found.removed_at is not None:
        raise Refused(_("This was taken out already."))
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    found.removed_at = clock.now()
    found.save(update_fields=["removed_at"])
