# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with a landscape or the parts of a system, on their way in, and what came of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.landscape.models.assets import Asset
from dijkring.organisations.models import User


@audited(exclude=["choice", "counts", "undoing"])
class Imported(OwnModel):
    """One file: looked at, then taken over whole, and perhaps undone.

    `system` is whose parts a list of parts (SBOM) tells. `undoing` is what is needed to put
    everything back as it was.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("not taken over yet")
        RUNNING = "running", _("running")
        DONE = "done", _("taken over")
        UNDONE = "undone", _("undone")

    tenancy = tenancy.own("landscape")
    format = models.CharField(_("kind of file"), max_length=20)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    about = models.CharField(_("about"), max_length=200, blank=True)
    system = models.ForeignKey(
        Asset, null=True, blank=True, on_delete=models.CASCADE, related_name="imports",
        verbose_name=_("system"),
    )  # fmt: skip
    choice = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.LOOKING)
    counts = models.JSONField(default=dict)
    undoing = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    done_at = models.DateTimeField(_("taken over on"), null=True)
    undone_at = models.DateTimeField(_("undone on"), null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
