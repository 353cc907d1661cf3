# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The secret addresses at which somebody without an account reports: made, renewed and ended."""

import base64
import secrets

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.incidents.models import WayIn
from dijkring.organisations.services import hash_token

RIGHT = "incidents.ways_in"
MAILBOX = "meldingen"


def make(*, actor: Actor, kind: str, phone: str = "") -> tuple[WayIn, str]:
    """Make an address of a kind; the one before ends at once. Returns the secret, kept nowhere."""
    actor.require(RIGHT)
    if kind not in WayIn.Kind.values:
        raise Refused(_("Choose from the list."), "kind")
    _current(actor, kind).update(ended_at=clock.now())
    token = _token(kind)
    made = WayIn.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        token_hash=hash_token(token),
        phone=" ".join(phone.split())[:40],
        made_at=clock.now(),
        made_by_id=actor.user_id,
    )
    return made, token


def _token(kind: str) -> str:
    """Return 256 random bits, or for an e-mail address 160 that may lose their capitals."""
    if kind == WayIn.Kind.PAGE:
        return secrets.token_urlsafe(32)
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


def end(*, actor: Actor, kind: str) -> None:
    """End an address: from now on it is as if it never was."""
    actor.require(RIGHT)
    if not _current(actor, kind).update(ended_at=clock.now()):
        raise Refused(_("There is no such address."))


def _current(actor: Actor, kind: str):  # type: ignore[no-untyped-def]  # a queryset of ways in
    rows = WayIn.objects.filter(organisation_id=actor.organisation_id, kind=kind)
    return rows.filter(ended_at=None)


def opened(token: str, kind: str) -> WayIn | None:
    """Return where a secret leads; None for one that does not exist or was ended."""
    found = fetch("SELECT id, organisation_id FROM door_way_in(%s, %s)", [hash_token(token), kind])
    if not found:
        return None
    [(id, organisation_id)] = found
    with transaction_for([organisation_id]):
        return WayIn.objects.select_related("organisation").get(pk=id)
