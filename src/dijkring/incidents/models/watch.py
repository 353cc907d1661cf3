# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""When the deadlines were last looked at, and when there is something to look at again."""

import pgtrigger
from django.db import models

from dijkring.core import clock, tenancy
from dijkring.core.models import OwnModel


class WatchRun(models.Model):
    """One row: the last time that the deadlines of everybody were looked at."""

    tenancy = tenancy.SYSTEM
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{clock.written(self.at)}"


class WatchPlan(OwnModel):
    """From when on there can be something to remind somebody of; long past after a change."""

    tenancy = tenancy.own("organisation")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_watch_plan")]

    def __str__(self) -> str:
        return f"{clock.written(self.at)}"


def stirs(name: str) -> pgtrigger.Trigger:
    """Return the trigger by which a change of a table lets its organisation be looked at anew.

    It writes also what stands there already: whoever looks meanwhile sees by that that the plan is
    not theirs to change.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="UPDATE incidents_watchplan SET at = '2000-01-01+00' "
        "WHERE organisation_id = NEW.organisation_id; RETURN NULL;",
    )
