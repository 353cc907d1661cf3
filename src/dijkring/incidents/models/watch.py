# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""When the deadlines were last looked at: a watchman who is himself watched."""

from django.db import models

from dijkring.core import tenancy


class WatchRun(models.Model):
    """One row: the last time that the deadlines of everybody were looked at."""

    tenancy = tenancy.SYSTEM
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
