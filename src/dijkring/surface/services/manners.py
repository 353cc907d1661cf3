# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measuring politely, whoever asks: turns at addresses, shared observations, who wants none.

The turns are kept by the clock of the database, which is the same for every machine.
"""

import hashlib
import ipaddress
import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from dijkring.core import clock
from dijkring.core.rows import fetch, upsert
from dijkring.surface import environment
from dijkring.surface.engine.addresses import Network
from dijkring.surface.models import OptOut, SharedLook
from dijkring.surface.visits import Turn

# Longer than the longest visit, so that only the turn of a worker that is gone ends by itself.
TURN = timedelta(minutes=3)
SHARED, SHARED_IN_PART = timedelta(hours=12), timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)

_TAKE = """
INSERT INTO surface_turn (address, taken_by, taken_until, refusals)
VALUES (%(address)s, %(by)s, clock_timestamp() + %(turn)s::interval, 0)
ON CONFLICT (address) DO UPDATE SET taken_by = excluded.taken_by, taken_until = excluded.taken_until
WHERE surface_turn.taken_until <= clock_timestamp()
  AND (surface_turn.wait_until IS NULL OR surface_turn.wait_until <= %(now)s)
RETURNING address
"""
_WAITS = "SELECT wait_until FROM surface_turn WHERE address = %s AND wait_until > %s"
_GIVE_ALL_BACK = """
UPDATE surface_turn SET taken_by = '', taken_until = clock_timestamp() WHERE taken_by = %s
"""
_GIVE_BACK = """
UPDATE surface_turn SET taken_by = '', taken_until = clock_timestamp()
WHERE address = %s AND taken_by = %s
"""
# Each time in a row we wait twice as long; after two quiet days it is the first time again.
_TURNED_AWAY = """
WITH now AS (SELECT %(now)s::timestamptz AS at, %(first)s::interval AS first,
  %(most)s::interval AS most, unnest(%(addresses)s::text[]) AS address),
counted AS (SELECT n.*, t.wait_until > n.at - n.most * 2 AS again,
  coalesce(t.refusals, 0) AS refusals FROM now n LEFT JOIN surface_turn t USING (address))
INSERT INTO surface_turn (address, taken_by, taken_until, wait_until, refusals)
SELECT address, '', clock_timestamp(),
  at + CASE WHEN again THEN least(first * 2 ^ least(refusals, 10), most) ELSE first END,
  CASE WHEN again THEN refusals + 1 ELSE 1 END
FROM counted
ON CONFLICT (address) DO UPDATE SET wait_until = excluded.wait_until, refusals = excluded.refusals
"""


class SharedManners:
    """The manners of one worker in one round, kept in the database with all others.

    With `anew` nothing is taken over from other rounds: who presses the button wants to see what
    is there now.
    """

    def __init__(self, *, anew: bool, by: str = "") -> None:
        self.anew = anew
        self.by = by or secrets.token_hex(8)
        self.gap_seconds = environment.gap_seconds()
        self.never: Collection[Network]
        self.names, self.never = opted_out()
        # When what was taken over was really seen.
        self.moments: dict[str, datetime] = {}

    def is_never(self, name: str) -> bool:
        """Tell, from memory, whether nothing at this name may be measured."""
        return any(name == one or name.endswith(f".{one}") for one in self.names)

    def take(self, address: str) -> Turn:
        """Take the turn at an address, or tell that it is not to be had."""
        values: dict[str, Any] = {
            "address": address,
            "by": self.by,
            "turn": TURN,
            "now": clock.now(),
        }
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, values)
            if cursor.fetchone():
                return Turn(True)
        waits = fetch(_WAITS, [address, clock.now()])
        return Turn(False, waits[0][0] if waits else None)

    def give_back(self, address: str) -> None:
        """Let the next one have the turn."""
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, [address, self.by])

    def give_all_back(self, by: str) -> None:
        """End the turns of a worker whose work we took over: it is gone, or must stop."""
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_ALL_BACK, [by])

    def turned_away(self, addresses: Collection[str]) -> None:
        """Leave these alone for a while."""
        values: dict[str, Any] = {
            "addresses": sorted(addresses),
            "now": clock.now(),
            "first": FIRST_WAIT,
            "most": LONGEST_WAIT,
        }
        with connection.cursor() as cursor:
            cursor.execute(_TURNED_AWAY, values)

    def known(self, keys: Collection[str]) -> Mapping[str, Any]:
        """Return what was seen of some targets a short while ago."""
        if self.anew:
            return {}
        names, now = {_hash(key): key for key in keys}, clock.now()
        recent = SharedLook.objects.filter(key__in=names, seen_at__range=(now - SHARED, now))
        rows = [row for row in recent if row.seen["whole"] or row.seen_at > now - SHARED_IN_PART]
        self.moments |= {names[row.key]: row.seen_at for row in rows}
        return {names[row.key]: row.seen["seen"] for row in rows}

    def keep(self, seen: Mapping[str, Any], *, whole: bool, at: datetime | None = None) -> None:
        """Share what was seen of targets, now or before; what is not whole for a shorter time."""
        now = at or clock.now()
        rows = [
            (_hash(key), json.dumps({"seen": one, "whole": whole}), now)
            for key, one in seen.items()
        ]
        upsert("surface_sharedlook", _SHARED, rows, ["key"])


def forget_looks() -> None:
    """Empty what is too old to be used by anybody; nobody removes a row of the world."""
    old = SharedLook.objects.filter(seen_at__lt=clock.now() - SHARED)
    old.exclude(seen={}).update(seen={})


_SHARED = {"key": "text", "seen": "jsonb", "seen_at": "timestamptz"}


def _hash(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=32).hexdigest()


def opted_out() -> tuple[list[str], list[Network]]:
    """Return the names and networks that are never measured."""
    names, networks = [], []
    for target in OptOut.objects.values_list("target", flat=True):
        try:
            networks.append(ipaddress.ip_network(target))
        except ValueError:
            names.append(target)
    return names, networks
