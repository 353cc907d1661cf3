# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same request twice is carried out once: the second gets the answer of the first."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.api.models import IdempotencyKey
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused

KEPT = timedelta(hours=24)
KEY = r"^[!-~]{1,200}$"


class Conflict(Exception):
    """The key was used before for another request (status 409)."""


def once(
    *, actor: Actor, token_id: int, key: str, fingerprint: str, work: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do the work unless its key is known; then return the answer of that time.

    Two requests with one key wait for each other: the key is unique. Work that raises leaves no
    key behind, because the transaction rolls back. Raises Refused for a missing or odd key,
    Conflict for a key that was used for another request.
    """
    if re.fullmatch(KEY, key) is None:
        raise Refused(
            _("Send an Idempotency-Key of 1 to 200 visible characters."), "Idempotency-Key"
        )
    keys = IdempotencyKey.objects.filter(organisation_id=actor.organisation_id)
    keys.filter(created_at__lt=clock.now() - KEPT).delete()
    row, is_new = IdempotencyKey.objects.get_or_create(
        organisation_id=actor.organisation_id,
        token_id=token_id,
        key=key,
        defaults={"fingerprint": fingerprint, "created_at": clock.now()},
    )
    if row.fingerprint != fingerprint:
        raise Conflict
    return _answered(row, work()) if is_new else _again(row)


def _answered(row: IdempotencyKey, response: HttpResponse) -> HttpResponse:
    row.status, row.answer = response.status_code, response.content.decode()
    row.save(update_fields=["status", "answer"])
    return response


def _again(row: IdempotencyKey) -> HttpResponse:
    return HttpResponse(row.answer, status=row.status, content_type="application/json")
