# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Buying: the procurement calendar, and where an open standard was not applied, with the reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User
from dijkring.suppliers.models.contracts import Contract


@audited()
class Procurement(OwnModel):
    """Something that is going to be bought: what, when, and whether others may join."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        AWARDED = "awarded", _("awarded")
        DROPPED = "dropped", _("called off")

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("what is bought"), max_length=160)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    publish_on = models.DateField(_("request goes out"), null=True, blank=True)
    award_on = models.DateField(_("award"), null=True, blank=True)
    start_on = models.DateField(_("start of the contract"), null=True, blank=True)
    replaces = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.PROTECT, related_name="successors",
        verbose_name=_("takes the place of"),
    )  # fmt: skip
    contact = models.CharField(_("who to call"), max_length=200, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("owner"),
    )  # fmt: skip
    shared = models.BooleanField(_("others may see this"), default=True)
    joint = models.BooleanField(_("others may join"), default=False)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["publish_on", "id"]
        verbose_name = _("procurement")

    def __str__(self) -> str:
        return self.name


@audited()
class StandardException(OwnModel):
    """Where an open standard of the 'apply or explain' list was not asked for, and why.

    The explanation belongs in the annual report ('leg uit'); `reported_in` is its year.
    """

    tenancy = tenancy.own("organisation")
    standard = models.CharField(_("open standard"), max_length=60)
    what = models.CharField(_("bought"), max_length=200)
    procurement = models.ForeignKey(
        Procurement, null=True, blank=True, on_delete=models.PROTECT, related_name="exceptions",
        verbose_name=_("procurement"),
    )  # fmt: skip
    reason = models.TextField(_("why not"), max_length=2000)
    decided_on = models.DateField(_("decided on"))
    until = models.DateField(_("looked at again on"), null=True, blank=True)
    reported_in = models.PositiveSmallIntegerField(
        _("in the annual report of"), null=True, blank=True
    )
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
        verbose_name = _("explanation of a standard")

    def __str__(self) -> str:
        return f"{self.standard}: {self.what}"
