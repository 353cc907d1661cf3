# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of an organisation per day, so that a course over time costs no reckoning."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.models import OwnModel


class ScoreDay(OwnModel):
    """The score of one part (web, mail) as it stood at the last reckoning of a day.

    `names` have a score and are its plain mean, `unknown` could not be measured; `percent` is empty
    where there is no score at all. `categories` holds the whole percents per category, or null.
    """

    class Part(models.TextChoices):
        WEB = "web", _("websites")
        MAIL = "mail", _("mail")

    tenancy = tenancy.own("surface")
    part = models.CharField(max_length=4, choices=Part.choices)
    day = models.DateField()
    percent = models.PositiveSmallIntegerField(null=True)
    names = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    complete = models.BooleanField()
    categories = models.JSONField(default=dict)
    reckoned_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "part", "day"], name="one_score_per_part_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.day}: {self.percent}"
