# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making, renewing and withdrawing the secret address of a person's calendar."""

import secrets

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices.models import Feed
from dijkring.organisations.proof import Proof
from dijkring.organisations.services import hash_token


def renew(*, actor: Actor) -> str:
    """Make a secret address for your calendar; an earlier one stops working. Returns the token."""
    actor.require("notices.own")
    if actor.user_id is None:
        raise Refused(_("Only a person has a calendar."))
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(
        user_id=actor.user_id,
        defaults={"token_hash": hash_token(token), "made_at": clock.now()},
    )
    return token


def withdraw(*, actor: Actor) -> None:
    """Withdraw the address of your calendar."""
    actor.require("notices.own")
    Feed.objects.filter(user=actor.user_id).delete()


def end(proof: Proof) -> list[str]:
    """End the address of the calendar of who proves the mailbox for the first time."""
    ended, _rows = Feed.objects.filter(user_id=proof.user_id).delete()
    return [_("the address of the calendar withdrawn")] if ended else []
