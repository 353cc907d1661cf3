# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must be decided in a crisis, what was decided, and how that was seen later."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import tenancy
from dijkring.core.models import OwnModel
from dijkring.crisis.models.crises import STANDS, Crisis


class Decision(OwnModel):
    """A question with its options, each with what speaks for and against it.

    It stays as it was put; what followed are rulings. `settled_at` is when the first one came.
    """

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(_("question"), max_length=300)
    dilemma = models.TextField(_("dilemma"), max_length=4000, blank=True)
    options = models.JSONField(_("options"), default=list)
    asked = models.CharField(_("who is asked"), max_length=200)
    needed_by = models.DateTimeField(_("needed by"), null=True, blank=True)
    card = models.CharField(max_length=40, blank=True)
    put_at = models.DateTimeField()
    put_by = models.CharField(max_length=120)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        triggers = [pgtrigger.ReadOnly(name="question_stands", exclude=["settled_at"])]
        constraints = [
            models.UniqueConstraint(fields=["crisis", "number"], name="one_decision_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.question}"


class Ruling(OwnModel):
    """What was decided on a question, amended, or seen later; never changed."""

    class Kind(models.TextChoices):
        DECIDED = "decided", pgettext_lazy("ruling", "decided")
        AMENDED = "amended", pgettext_lazy("ruling", "amended")
        WITHDRAWN = "withdrawn", pgettext_lazy("ruling", "withdrawn")
        SEEN = "seen", pgettext_lazy("ruling", "seen later")

    tenancy = tenancy.own("organisation")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(_("decision"), max_length=1000)
    reason = models.TextField(_("why"), max_length=4000)
    by = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(_("decided at"))
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="ruling_stands", operation=STANDS)]

    def __str__(self) -> str:
        return self.text
