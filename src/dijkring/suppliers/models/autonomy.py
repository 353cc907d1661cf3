# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Digital autonomy: how sovereign a service is, what else there is, which countries worry us."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.suppliers.models.suppliers import DocumentedLine, SupplierLine

LEVELS = [(n, f"SEAL-{n}") for n in range(5)]


@audited()
class SovereigntyAssessment(DocumentedLine):
    """One service on the eight objectives of the EU Cloud Sovereignty Framework.

    `scores` holds per objective its level (SEAL 0-4), its score (0-1000) and why; what is not
    there is not known.
    """

    service = models.CharField(_("service"), max_length=160)
    located_in = models.CharField(_("where our data is"), max_length=200, blank=True)
    reached_from = models.CharField(_("who can reach it, from where"), max_length=300, blank=True)
    assessed_on = models.DateField(_("assessed on"))
    source = models.CharField(_("based on"), max_length=300)
    # Which level we ask of the whole: what is lower is a finding, what is not set is one too.
    wanted = models.PositiveSmallIntegerField(
        _("level that we ask at least"), null=True, blank=True, choices=LEVELS
    )
    scores = models.JSONField(default=dict)

    class Meta(DocumentedLine.Meta):
        ordering = ["service", "-assessed_on", "-id"]
        verbose_name = _("sovereignty of a service")

    def __str__(self) -> str:
        return self.service


@audited()
class Alternative(SupplierLine):
    """What could take the place of a supplier, and how long the change takes."""

    class Kind(models.TextChoices):
        EUROPEAN = "european", _("European service")
        OPEN = "open", _("open source, hosted by others")
        OWN = "own", _("ourselves or together")
        OTHER = "other", _("another service")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    country = models.CharField(_("country of the law it obeys"), max_length=2, blank=True)
    weeks = models.PositiveSmallIntegerField(
        _("weeks to move"), null=True, blank=True, validators=[MaxValueValidator(520)]
    )
    looked_on = models.DateField(_("looked at on"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta(SupplierLine.Meta):
        ordering = ["name", "id"]
        verbose_name = _("alternative")

    def __str__(self) -> str:
        return self.name


@audited()
class CountryOfConcern(OwnModel):
    """A country of which this organisation holds that it has an offensive cyber programme.

    There is no list in law: each organisation keeps its own, with the day and the source.
    """

    tenancy = tenancy.own("organisation")
    country = models.CharField(_("country"), max_length=2)
    source = models.CharField(_("source"), max_length=300)
    dated_on = models.DateField(_("day of the source"))
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        ordering = ["country", "-dated_on"]
        verbose_name = _("country on our list")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "country"],
                condition=models.Q(removed_at=None),
                name="one_current_concern_per_country",
            )
        ]

    def __str__(self) -> str:
        return self.country
