# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names that look like ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel


@audited(exclude=["seen_at"])
class Lookalike(OwnModel):
    """A name that looks like one of ours and exists; it was only asked for in the DNS."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("to be judged")
        OURS = "ours", _("ours")
        HARMLESS = "harmless", _("harmless")
        WATCHED = "watched", _("watched")
        REPORTED = "reported", _("reported")

    tenancy = tenancy.own("surface")
    name = models.CharField(_("name"), max_length=253)
    resembles = models.CharField(_("looks like"), max_length=253)
    receives_mail = models.BooleanField(_("receives mail"))
    has_address = models.BooleanField(_("has an address"))
    verdict = models.CharField(
        _("what we think"), max_length=8, choices=Verdict.choices, default=Verdict.OPEN
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    judged_at = models.DateTimeField(null=True)
    first_seen = models.DateTimeField(_("first seen"))
    seen_at = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(_("gone since"), null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_row_per_lookalike")
        ]

    def __str__(self) -> str:
        return self.name
