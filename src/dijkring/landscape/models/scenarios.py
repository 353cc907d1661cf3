# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we want to be able to ask again: what fails when these things fail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.landscape.models.assets import Asset, Party
from dijkring.organisations.models import Organisation, User


@audited()
class Scenario(OwnModel):
    """A question of the kind 'what if', kept with what was chosen; the answer is reckoned anew."""

    tenancy = tenancy.own("landscape")
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    added_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(retired_at=None),
                name="one_scenario_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class ScenarioStart(OwnModel):
    """One thing that fails at the start: an asset, or all that hangs on one name."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("asset")
        PARTY = "party", _("supplier")
        BODY = "body", _("organisation that provides")
        COUNTRY = "country", _("jurisdiction")
        PLACE = "place", _("place")

    tenancy = tenancy.own("landscape")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="starts")
    kind = models.CharField(_("what fails"), max_length=7, choices=Kind.choices)
    asset = models.ForeignKey(
        Asset, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    body = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(_("name"), max_length=160, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="asset", asset__isnull=False, party=None, body=None, words="")
                | Q(kind="party", party__isnull=False, asset=None, body=None, words="")
                | Q(kind="body", body__isnull=False, asset=None, party=None, words="")
                | (Q(kind__in=["country", "place"], asset=None, party=None, body=None)
                   & ~Q(words="")),
                name="a_start_names_one_thing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.asset or self.party or self.body or self.words)
