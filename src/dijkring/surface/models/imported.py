# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with what others measured or found, and the scores they gave."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User
from dijkring.surface.models.scores import ScoreDay


@audited(exclude=["choice", "counts", "refused", "facts", "domains"])
class Imported(OwnModel):
    """One file on its way in: looked at, then taken over, and perhaps undone.

    `about_at` is the moment that the file speaks of. `facts` are the facts that stood on this file
    when it was taken over, `domains` the names that were registered from it.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("not taken over yet")
        RUNNING = "running", _("running")
        DONE = "done", _("taken over")
        UNDONE = "undone", _("undone")

    tenancy = tenancy.own("surface")
    kind = models.CharField(max_length=12)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    choice = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.LOOKING)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    facts = ArrayField(models.BigIntegerField(), default=list)
    domains = ArrayField(models.BigIntegerField(), default=list)
    about_at = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "kind", "sha256"], name="imported_by_hash")]

    def __str__(self) -> str:
        return self.name


class GivenScore(OwnModel):
    """The score that another gave a name, beside ours; it goes with the file it came from."""

    tenancy = tenancy.own("surface")
    imported = models.ForeignKey(Imported, on_delete=models.CASCADE, related_name="scores")
    member = models.CharField(max_length=253)
    part = models.CharField(max_length=4, choices=ScoreDay.Part.choices)
    percent = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "member", "part"], name="one_given_score_per_file"
            )
        ]
        indexes = [models.Index(fields=["organisation", "member"], name="given_score_of_name")]

    def __str__(self) -> str:
        return f"{self.member} {self.part}: {self.percent}"
