# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping who delivers to us, and whose law reaches them."""

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.countries import NAMES
from dijkring.landscape.models import Party
from dijkring.landscape.services import watching
from dijkring.organisations.models import Organisation

RIGHT = "landscape.keep"
LONGEST = 160


def named(actor: Actor, name: str) -> Party | None:
    """Return the party with this name, made when it is new; None for no name."""
    title = " ".join(name.split())
    if not title:
        return None
    _check_name(title)
    rows = Party.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    found = rows.filter(name__iexact=title).first()
    return found or Party.objects.create(
        organisation_id=actor.organisation_id, name=title, added_at=clock.now()
    )


def _check_name(title: str) -> None:
    if len(title) > LONGEST:
        raise Refused(_("Write at most %(most)d characters.") % {"most": LONGEST}, "party")


def keep(
    *,
    actor: Actor,
    name: str,
    jurisdiction: str = "",
    party: Party | None = None,
    body: Organisation | None = None,
) -> Party:
    """Add or change a party; Refused for a name that is taken or a country that is not known."""
    actor.require(RIGHT)
    title = " ".join(name.split())
    if not title:
        raise Refused(_("Give it a name."), "name")
    _check_name(title)
    if jurisdiction and jurisdiction not in NAMES:
        raise Refused(_("Choose from the list."), "jurisdiction")
    kept = party or Party(organisation_id=actor.organisation_id, added_at=clock.now())
    same = Party.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    if same.exclude(pk=kept.pk).filter(name__iexact=title).exists():
        raise Refused(_("There is a supplier with this name already."), "name")
    kept.name, kept.jurisdiction, kept.body = title, jurisdiction, body
    kept.save()
    watching.changed(actor.organisation_id)
    return kept


def retire(*, actor: Actor, party: Party, reason: str) -> Party:
    """Take out a party that delivers nothing any more."""
    actor.require(RIGHT)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if party.assets.filter(retired_at=None).exists():
        raise Refused(_("It still delivers something in the landscape."))
    tenancy.note_reason(reason)
    party.retired_at = clock.now()
    party.save(update_fields=["retired_at"])
    return party
