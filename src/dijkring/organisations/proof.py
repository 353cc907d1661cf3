# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose mailbox it is: the first proof of an address, and what ends with it.

Who invites somebody sees a link with which the account can be made, and could keep a way into it.
So when a person first shows to read the mail of the address, every other way in ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.organisations.models import User

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """Who proved the mailbox, and the session in which that happened, which goes on."""

    user_id: int
    session_key: str = ""


Part = Callable[[Proof], list[str]]
_parts: list[Part] = []


def register(part: Part) -> None:
    """Let a room end the ways in that it keeps; it returns in words what it ended.

    Called in `apps.py`. The part runs in the transaction of the proof, at the first proof only.
    """
    if part not in _parts:
        _parts.append(part)


def prove(user: User, session_key: str = "") -> list[str]:
    """Note that the mailbox of an account is the person's; returns in words what ended with it."""
    with transaction.atomic():
        found = User.objects.select_for_update().get(pk=user.pk)
        if found.address_proven_at is not None or not found.has_mailbox:
            return []
        found.address_proven_at = clock.now()
        found.save(update_fields=["address_proven_at"])
        # allauth would also mail a new password to these, and let them log in.
        EmailAddress.objects.filter(user_id=found.pk).delete()
        proven = Proof(found.pk, session_key)
        done = [line for part in _parts for line in part(proven)]
    # A second step that goes is worth a line for who looks into a mailbox that was taken over.
    log.warning("address proven", user=found.pk, ended=len(done))
    return done


def words(done: list[str]) -> str:
    """Say what ended at the first proof of an address; empty when nothing did."""
    if not done:
        return ""
    text = _(
        "Because you show here for the first time that this e-mail address is yours, other ways "
        "into this account have ended: %(done)s."
    )
    return text % {"done": ", ".join(done)}


def after_reset(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    """Take a new password by mail as proof; a signal's receiver."""
    told = words(prove(user, request.session.session_key or ""))
    if told:
        messages.info(request, told)
