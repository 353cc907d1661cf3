# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling the organisation's own systems: signed, tried again until it is taken, each thing once.

The signature is HMAC-SHA-256 (RFC 2104) over the moment of sending, a dot and the body. Only https
to public addresses, or to networks that the operator allows; redirects are not followed.
"""

import hashlib
import hmac
import json
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch as fetch_rows
from dijkring.core.tenancy import transaction_for
from dijkring.identity.environment import reach
from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.oidc.fetch import Reach, fetch, split
from dijkring.identity.sealing import seal, unseal
from dijkring.incidents.models import Delivery, Incident, Webhook
from dijkring.notices.mail import address

log = logging.getLogger(__name__)
RIGHT = "incidents.webhooks"
NETWORKS, CA_FILE = "WEBHOOK_ALLOWED_NETWORKS", "WEBHOOK_CA_FILE"
MOST_HOOKS = 10
# Twice as long each time up to an hour, and so three days in all.
MOST_TRIES, FIRST_WAIT, LONGEST_WAIT = 78, timedelta(minutes=1), timedelta(hours=1)
TEST = "test"
AT_MOST = 500


def add(*, actor: Actor, name: str, url: str) -> tuple[Webhook, str]:
    """Keep a webhook; returns its secret, which is shown once and kept sealed.

    Raises Refused for an address that is not https, and for an eleventh webhook.
    """
    actor.require(RIGHT)
    try:
        split(url)
    except ProviderError:
        raise Refused(_("Give a whole address that begins with https://."), "url") from None
    if in_use(actor.organisation_id).count() >= MOST_HOOKS:
        raise Refused(_("At most %(most)d webhooks.") % {"most": MOST_HOOKS}, "url")
    secret = secrets.token_urlsafe(32)
    made = Webhook.objects.create(
        organisation_id=actor.organisation_id,
        name=" ".join(name.split())[:80],
        url=url,
        sealed=seal(secret),
        made_at=clock.now(),
        made_by=actor.name[:120],
    )
    return made, secret


def in_use(organisation_id: int):  # type: ignore[no-untyped-def]  # a queryset of webhooks
    """Return the webhooks that are told."""
    return Webhook.objects.filter(organisation_id=organisation_id, ended_at=None)


def end(*, actor: Actor, webhook: Webhook) -> None:
    """Tell a webhook nothing any more; what waited for it is given up."""
    actor.require(RIGHT)
    in_use(actor.organisation_id).filter(pk=webhook.pk).update(ended_at=clock.now())
    webhook.deliveries.filter(next_at__isnull=False).update(next_at=None)


def test(*, actor: Actor, webhook: Webhook) -> Delivery:
    """Send a message that means nothing, to see whether it arrives."""
    actor.require(RIGHT)
    if webhook.ended_at is not None:
        raise Refused(_("This webhook has ended."))
    key = f"test-{secrets.token_hex(8)}"
    return _make(webhook, TEST, key, {})


def queue(*, incident: Incident, event: str, key: str, more: dict[str, Any] | None = None) -> None:
    """Tell every webhook something of an incident, once per key; never of an exercise."""
    if incident.exercise:
        raise ValueError("an exercise is told to nobody outside")
    slug = incident.organisation.slug
    told = {
        "incident": incident.reference,
        "address": address("incidents:incident", slug, incident.pk),
        **(more or {}),
    }
    queue_plain(organisation_id=incident.organisation_id, event=event, key=key, more=told)


def queue_plain(*, organisation_id: int, event: str, key: str, more: dict[str, Any]) -> None:
    """Tell every webhook something, once per key: numbers and places, no title or text."""
    hooks = in_use(organisation_id)
    for hook in hooks.exclude(deliveries__key=key):
        _make(hook, event, key, more)


def _make(hook: Webhook, event: str, key: str, more: dict[str, Any]) -> Delivery:
    now = clock.now()
    body = {"event": event, "id": key, "made": now.isoformat(), **more}
    made, new = Delivery.objects.get_or_create(
        webhook=hook,
        key=key,
        defaults={
            "organisation_id": hook.organisation_id,
            "event": event,
            "body": json.dumps(body, separators=(",", ":")),
            "made_at": now,
            "next_at": now,
        },
    )
    if new:
        _defer(made)
    return made


def _defer(delivery: Delivery) -> None:
    ids = {"organisation_id": delivery.organisation_id, "delivery_id": delivery.pk}
    app.configure_task("incidents.deliver").defer(**ids)


# --- sending -------------------------------------------------------------------------------------


def due() -> list[tuple[int, int]]:
    """Return (organisation, delivery) of all that is to be sent by now, the oldest first."""
    query = "SELECT organisation_id, id FROM door_due_deliveries(%s, %s)"
    return [(of, id) for of, id in fetch_rows(query, [clock.now(), AT_MOST])]


def send(*, organisation_id: int, delivery_id: int) -> bool:
    """Send one delivery if it is due; True when it was taken. Never inside a transaction."""
    actor = system_actor(organisation_id)
    with transaction_for([organisation_id], actor):
        found = _claim(delivery_id)
    if found is None:
        return False
    taken, answer = _post(found)
    with transaction_for([organisation_id], actor):
        done = {"taken_at": clock.now(), "next_at": None} if taken else {}
        Delivery.objects.filter(pk=delivery_id).update(answer=answer[:200], **done)
    return taken


def _claim(delivery_id: int) -> Delivery | None:
    """Take a delivery that is due; its next attempt is planned first, should this one not end."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("webhook")
    found = rows.filter(pk=delivery_id, next_at__lte=clock.now(), taken_at=None).first()
    if found is None:
        return None
    found.tries += 1
    found.next_at = next_try(found.tries, clock.now())
    found.save(update_fields=["tries", "next_at"])
    return found


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when it is tried again after so many attempts; None when it is given up."""
    if tries >= MOST_TRIES:
        return None
    wait: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
    return now + wait


def _post(found: Delivery) -> tuple[bool, str]:
    secret = unseal(found.webhook.sealed)
    if secret is None:
        return False, _("The secret was sealed with another key of this installation.")
    at, body = str(int(clock.now().timestamp())), found.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Dijkring",
        "Dijkring-Event": found.event,
        "Dijkring-Delivery": str(found.pk),
        "Dijkring-Attempt": str(found.tries),
        "Dijkring-Signature": f"t={at},v1={signature(secret, at, body)}",
    }
    try:
        answer = fetch(found.webhook.url, _reach(), content=body, headers=headers)
    except ProviderError as error:
        # To what a name leads inside, or whether it is there, is not for who typed it in.
        log.info("webhook %s: %s", found.webhook.pk, error)
        return False, "unreachable" if error.code == "private" else error.code
    return 200 <= answer.status < 300, str(answer.status)


def signature(secret: str, at: str, body: bytes) -> str:
    """Return the signature of a body, sent at a moment in seconds since 1970, as hexadecimals."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _reach() -> Reach:
    return reach(NETWORKS, CA_FILE)
