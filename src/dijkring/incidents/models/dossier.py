# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What else belongs in the file of an incident: indicators, costs, the police, who was told."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.incidents import Incident
from dijkring.organisations.models import User


@audited()
class Indicator(OwnModel):
    """A trace by which others can recognise the same attack; struck out when it proves wrong."""

    class Kind(models.TextChoices):
        IP = "ip", _("IP address")
        DOMAIN = "domain", _("domain")
        URL = "url", _("web address (URL)")
        HASH = "hash", _("hash of a file")
        MAIL = "mail", _("mail address")
        FILE = "file", _("file name")

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="indicators")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=2000)
    note = models.CharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "kind", "value"],
                condition=models.Q(struck_at=None),
                name="one_indicator",
            )
        ]

    def __str__(self) -> str:
        return self.value


@audited()
class Cost(OwnModel):
    """Something that an incident costs, in cents; struck out when it was wrong."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="costs")
    what = models.CharField(_("what for"), max_length=200)
    cents = models.BigIntegerField(_("amount in cents"))
    certain = models.BooleanField(_("certain"), default=False)
    paid_to = models.CharField(_("paid to"), max_length=200, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["budget_year", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="cost_is_positive")
        ]

    def __str__(self) -> str:
        return self.what


@audited()
class PoliceReport(OwnModel):
    """Whether the police was told of a crime; the last statement counts, those before stay."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="police")
    done = models.BooleanField(_("reported to the police"))
    at = models.DateTimeField(_("when"), null=True, blank=True)
    number = models.CharField(_("number of the report"), max_length=80, blank=True)
    reason = models.TextField(_("why not"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.ReadOnly(name="police_stands")]

    def __str__(self) -> str:
        return self.number or str(self.done)


class Contact(OwnModel):
    """That somebody was told something, or told us. Never changed; who was wrong adds one."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField(_("when"))
    to = models.CharField(_("to whom"), max_length=200)
    channel = models.CharField(_("channel"), max_length=80)
    text = models.TextField(_("what was told"), max_length=4000)
    by = models.CharField(_("by whom"), max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(name="contact_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.to} {clock.written(self.at)}"
