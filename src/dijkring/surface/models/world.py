# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What belongs to no organisation: shared observations, turns at an address, who wants none."""

from django.db import models

from dijkring.core import tenancy


class SharedLook(models.Model):
    """What was seen of a mail server, zone, name server or name, for all who ask soon after.

    `key` is a hash of the target: who does not know a target cannot look it up, and nothing tells
    who asked for it. `seen` is the engine's own observation, or why there is none.
    """

    tenancy = tenancy.WORLD
    key = models.CharField(max_length=64, unique=True)
    seen = models.JSONField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Turn(models.Model):
    """Which worker may connect to an address, until when, and until when nobody may.

    `wait_until` is set when a server turned us away; `refusals` counts how often in a row.
    """

    tenancy = tenancy.WORLD
    address = models.CharField(max_length=45, unique=True)
    taken_by = models.CharField(max_length=32, blank=True)
    taken_until = models.DateTimeField()
    wait_until = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.address


class OptOut(models.Model):
    """A name with all below it, or a network, that is never measured."""

    tenancy = tenancy.CONTENT
    target = models.CharField(max_length=253, unique=True)
    reason = models.CharField(max_length=500)
    since = models.DateTimeField()

    class Meta:
        ordering = ["target"]

    def __str__(self) -> str:
        return self.target
