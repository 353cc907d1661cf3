# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is in a crisis: called in a function, reached or not, there or gone."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.crisis.models.crises import STANDS, Crisis
from dijkring.organisations.models import User


@audited()
class Participant(OwnModel):
    """A function that is needed in a crisis, and who fills it."""

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="people")
    function = models.CharField(_("function"), max_length=120)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    here_since = models.DateTimeField(_("there since"), null=True)
    gone_at = models.DateTimeField(_("left"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.function}: {self.name}" if self.name else self.function


class CallAttempt(OwnModel):
    """One attempt to reach somebody; never changed."""

    tenancy = tenancy.own("organisation")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("called at"))
    by = models.CharField(_("called by"), max_length=120)
    reached = models.BooleanField(_("reached"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="attempt_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"{clock.written(self.at)} {self.reached}"
