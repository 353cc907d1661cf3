# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the API remembers: the answers to requests that may come twice."""

from django.db import models

from dijkring.core import tenancy
from dijkring.core.models import OwnModel
from dijkring.organisations.models import ApiToken


class IdempotencyKey(OwnModel):
    """The answer to a request with a key, kept for a day so that sending it again does nothing."""

    tenancy = tenancy.own("organisation")
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "token", "key"], name="one_answer_per_key"
            )
        ]
        indexes = [models.Index(fields=["organisation", "created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key
