# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What another carries out for us, and what we carry out for others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Requirement
from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models.judgements import Scope
from dijkring.evidence.models.words import LAYERS, VERDICTS
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Agreement

ENDINGS = [
    ("offer", _("taken out of the service")),
    ("agreement", _("the agreement ended")),
]


@audited()
class Offer(OwnModel):
    """A requirement that a provider carries out for the takers of one of its services."""

    tenancy = tenancy.own("standing")
    service = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="offers")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    # From when on it is not carried out any more, and why; takers see both.
    ends_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ends_at"], condition=models.Q(until=None), name="offers_that_end")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "requirement"],
                condition=models.Q(until=None),
                name="one_current_offer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.requirement.ref}"


@audited()
class Taker(OwnModel):
    """An organisation to which a provider publishes its standing for a service."""

    tenancy = tenancy.own("standing")
    service = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="takers")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Published under an agreement, it ends with that agreement.
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "taker"],
                condition=models.Q(until=None),
                name="one_current_taker",
            )
        ]

    def __str__(self) -> str:
        return str(self.taker)


@audited()
class Provision(OwnModel):
    """A requirement that another carries out for us, until a moment, under a document."""

    tenancy = tenancy.own("standing")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The service is a row of the provider, which only a door of the database reaches.
    service = models.BigIntegerField(null=True)
    service_name = models.CharField(max_length=120)
    layers = models.JSONField(default=list)
    document = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["service_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "scope", "provider", "service_name"],
                condition=models.Q(end_reason=""),
                nulls_distinct=False,
                name="one_current_provision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_name} ({self.provider})"


class Publication(OwnModel):
    """What a provider published of one layer, as we received it: our copy, with its history."""

    tenancy = tenancy.own("standing")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="publications")
    layer = models.CharField(max_length=12, choices=LAYERS)
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    valid_until = models.DateTimeField(null=True)
    # What ended or will end it at the provider, and the provider's reason.
    ended_by = models.CharField(max_length=10, choices=ENDINGS, blank=True)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "layer"],
                condition=models.Q(until=None),
                name="one_current_publication",
            )
        ]

    def __str__(self) -> str:
        return f"{self.layer}: {self.verdict}"
