# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an organisation has and relies on, who delivers it, and how it is classified."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import Organisation, User

# A hundred years, in hours; the number of people on earth fits in the field of residents.
MOST_HOURS = 876_000
MOST_LEVELS = 6
USUAL_MOST = 50
_country = RegexValidator(r"^[A-Z]{2}\Z", _("Write the two letters of a country."))


def hours(label: Any) -> "models.DecimalField[Any, Any]":
    """Return a column of hours, empty for unknown."""
    return models.DecimalField(label, max_digits=8, decimal_places=2, null=True, blank=True)


def not_negative(field: str) -> Q:
    """Return that a column of hours is unknown, or a time that can be."""
    return Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": MOST_HOURS})


@audited()
class Method(OwnModel):
    """How the organisation classifies (BIO2 5.12.01): the words of its levels, the lowest first."""

    tenancy = tenancy.own("landscape")
    name = models.CharField(_("name"), max_length=120)
    levels = ArrayField(models.CharField(max_length=40), verbose_name=_("levels"))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=300, blank=True)
    # With more of the statutory tasks on one supplier or one country, that is a finding.
    most_on_one = models.PositiveSmallIntegerField(
        _("at most on one supplier or country (percent)"), default=USUAL_MOST
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_method"),
            models.CheckConstraint(
                condition=Q(most_on_one__gte=1, most_on_one__lte=100), name="method_share_can_be"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Party(OwnModel):
    """Who delivers something to us: a supplier, or a body that takes part in Dijkring itself."""

    tenancy = tenancy.own("landscape")
    name = models.CharField(_("name"), max_length=160)
    body = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("organisation in Dijkring"),
    )  # fmt: skip
    # The country whose law reaches it in the end: of the parent company, not of the office.
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=2, blank=True, validators=[_country]
    )
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("name"), condition=Q(retired_at=None), name="one_party"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Asset(OwnModel):
    """Something that the organisation has, does or relies on (BIO2 5.09.01).

    With `provider` it stands for a service that another organisation publishes to us; what lies
    below it is that organisation's own landscape. Empty means unknown, never none.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("statutory task")
        SERVICE = "service", _("service to residents")
        PROCESS = "process", _("process")
        SYSTEM = "system", _("information system")
        DATA = "data", _("data set")
        PLATFORM = "platform", _("platform")
        NETWORK = "network", _("network")
        LOCATION = "location", _("location")
        OT = "ot", _("OT installation")
        SUPPLIED = "supplied", _("supplier service")
        ROLE = "role", _("role or person needed")

    class Lifecycle(models.TextChoices):
        PLANNED = "planned", _("planned")
        IN_USE = "in_use", _("in use")
        PHASING_OUT = "phasing_out", _("being phased out")

    class Personal(models.TextChoices):
        NONE = "none", _("none")
        ORDINARY = "ordinary", _("ordinary")
        SPECIAL = "special", _("special or sensitive")

    class Algorithm(models.TextChoices):
        NONE = "none", _("none")
        ALGORITHM = "algorithm", _("algorithm")
        AI = "ai", _("AI system")
        HIGH_RISK = "high_risk", _("AI system with high risk")

    tenancy = tenancy.own("landscape")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("owner"),
    )  # fmt: skip
    # Levels of the method of the organisation: 1 is its lowest.
    availability = models.PositiveSmallIntegerField(_("availability"), null=True, blank=True)
    integrity = models.PositiveSmallIntegerField(_("integrity"), null=True, blank=True)
    confidentiality = models.PositiveSmallIntegerField(_("confidentiality"), null=True, blank=True)
    mtpd_hours = hours(_("can be missed for at most (hours)"))
    rto_hours = hours(_("is back within (hours)"))
    rpo_hours = hours(_("loses at most (hours of data)"))
    residents = models.PositiveIntegerField(_("residents touched"), null=True, blank=True)
    statutory = models.BooleanField(_("statutory task"), null=True, blank=True)
    law = models.CharField(_("law and article"), max_length=200, blank=True)
    personal_data = models.CharField(
        _("personal data"), max_length=8, choices=Personal.choices, blank=True
    )
    algorithm = models.CharField(
        _("AI or algorithm"), max_length=9, choices=Algorithm.choices, blank=True
    )
    lifecycle = models.CharField(
        _("lifecycle"), max_length=11, choices=Lifecycle.choices, default=Lifecycle.IN_USE
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="assets",
        verbose_name=_("supplier"),
    )  # fmt: skip
    # Where the thing itself falls under foreign law; empty means that of its supplier.
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=2, blank=True, validators=[_country]
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    # The service is a row of the provider, which only a door of the database reaches.
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("provided by"),
    )  # fmt: skip
    service = models.BigIntegerField(null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "kind",
                Lower("name"),
                condition=Q(retired_at=None),
                name="one_asset_per_kind_and_name",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=Q(retired_at=None) & ~Q(reference=""),
                name="one_asset_per_reference",
            ),
            models.UniqueConstraint(
                fields=["organisation", "service"],
                condition=Q(retired_at=None, service__isnull=False),
                name="one_asset_per_service",
            ),
            models.CheckConstraint(
                condition=not_negative("mtpd_hours")
                & not_negative("rto_hours")
                & not_negative("rpo_hours"),
                name="asset_times_can_be",
            ),
            models.CheckConstraint(
                condition=Q(availability=None) | Q(availability__range=(1, MOST_LEVELS)),
                name="asset_availability_level",
            ),
            models.CheckConstraint(
                condition=Q(integrity=None) | Q(integrity__range=(1, MOST_LEVELS)),
                name="asset_integrity_level",
            ),
            models.CheckConstraint(
                condition=Q(confidentiality=None) | Q(confidentiality__range=(1, MOST_LEVELS)),
                name="asset_confidentiality_level",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="asset_place_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(provider=None) | ~Q(provider=F("organisation")),
                name="asset_of_another_provider",
            ),
            models.CheckConstraint(
                condition=Q(service=None) | Q(provider__isnull=False),
                name="asset_service_has_a_provider",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "kind"],
                condition=Q(retired_at=None),
                name="assets_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name
