# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who comes in with a token."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import ApiToken
from dijkring.organisations.services import hash_token

START = "dr_"
# The use of a token is written down once a minute, not with every call.
NOTED_EVERY = timedelta(minutes=1)
# A source is kept in 80 signs, with the kind of fact behind it.
LONGEST_SOURCE = 36


@dataclass(frozen=True, slots=True)
class Caller:
    """An outside system: its actor holds the scopes as rights; `kinds` are those it may post."""

    token_id: int
    actor: Actor
    source: str
    kinds: frozenset[str]


def enter(authorization: str) -> Caller | None:
    """Return who comes with an Authorization header (RFC 6750), or None for a token without worth.

    Works in a transaction of its own, so that the use is noted also when the call fails.
    """
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.startswith(START):
        return None
    with transaction.atomic():
        found = _door(hash_token(secret))
        if found is None:
            return None
        with acting_for([found[1]]):
            return _enter(found[0])


def _door(hashed: str) -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, organisation_id FROM door_api_token(%s)", [hashed])
        return cursor.fetchone()  # type: ignore[no-any-return]


def _enter(token_id: int) -> Caller | None:
    now = clock.now()
    known = ApiToken.objects.filter(pk=token_id, withdrawn_at=None, expires_at__gt=now)
    token = known.first()
    if token is None:
        return None
    known.filter(Q(used_at=None) | Q(used_at__lt=now - NOTED_EVERY)).update(used_at=now)
    scopes = frozenset(token.scopes)
    actor = Actor(token.organisation_id, token.name, "token", rights=scopes)
    source = f"token:{token.name}"[:LONGEST_SOURCE]
    return Caller(token.pk, actor, source, frozenset(token.kinds))
