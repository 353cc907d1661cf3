# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident, and what happened in it."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.incidents.models.watch import stirs
from dijkring.organisations.models import User

HANDLE = "incidents.handle"
FLOW = Flow(
    "state",
    (
        Move("reported", "triage", HANDLE, _("Take up")),
        Move("triage", "handling", HANDLE, _("Begin handling")),
        Move("triage", "ended", HANDLE, _("End handling")),
        Move("handling", "ended", HANDLE, _("End handling")),
        Move("ended", "handling", HANDLE, _("Take up again")),
        Move("ended", "closed", HANDLE, _("Close")),
        Move("closed", "ended", HANDLE, _("Open again")),
    ),
)


@audited(exclude=["version"])
class Incident(OwnModel):
    """Something that happened, or is exercised; numbered per organisation and year.

    `house_regimes` names the house rules of the organisation that count for it as well.
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("reported")
        TRIAGE = "triage", _("in triage")
        HANDLING = "handling", _("being handled")
        ENDED = "ended", _("handling ended")
        CLOSED = "closed", _("closed")

    class Severity(models.TextChoices):
        UNKNOWN = "unknown", _("not known yet")
        LOW = "low", pgettext_lazy("severity", "low")
        MODERATE = "moderate", pgettext_lazy("severity", "moderate")
        HIGH = "high", pgettext_lazy("severity", "high")
        CRITICAL = "critical", pgettext_lazy("severity", "critical")

    class Tlp(models.TextChoices):
        RED = "red", "TLP:RED"
        AMBER_STRICT = "amber_strict", "TLP:AMBER+STRICT"
        AMBER = "amber", "TLP:AMBER"
        GREEN = "green", "TLP:GREEN"
        CLEAR = "clear", "TLP:CLEAR"

    class Known(models.TextChoices):
        UNKNOWN = "unknown", _("not known yet")
        YES = "yes", _("yes")
        NO = "no", _("no")

    tenancy = tenancy.own("organisation")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    exercise = models.BooleanField(_("exercise"), default=False)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what happened"), max_length=8000, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.UNKNOWN
    )
    tlp = models.CharField(
        _("may be shared with"), max_length=12, choices=Tlp.choices, default=Tlp.AMBER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.REPORTED
    )
    personal_data = models.CharField(
        _("personal data involved"), max_length=8, choices=Known.choices, default=Known.UNKNOWN
    )
    house_regimes = models.JSONField(_("house rules"), default=list)
    occurred_at = models.DateTimeField(_("happened"), null=True, blank=True)
    detected_at = models.DateTimeField(_("noticed"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported"))
    reporter = models.CharField(_("reported by"), max_length=120)
    reported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("handled by"),
    )
    # A breach of personal data that is no incident otherwise: only the AVG counts for it.
    privacy_only = models.BooleanField(_("only a breach of personal data"), default=False)
    contained_at = models.DateTimeField(_("contained"), null=True, blank=True)
    recovered_at = models.DateTimeField(_("recovered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("handling ended"), null=True)
    cause = models.TextField(_("cause"), max_length=4000, blank=True)
    avoidable = models.CharField(
        _("avoidable"), max_length=8, choices=Known.choices, default=Known.UNKNOWN
    )
    avoidable_reason = models.TextField(_("why so"), max_length=2000, blank=True)
    logs = models.CharField(
        _("logs showed what happened"), max_length=8, choices=Known.choices, default=Known.UNKNOWN
    )
    lessons = models.TextField(_("lessons"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-reported_at", "-id"]
        triggers = [FLOW.trigger("incident_moves"), stirs("incident_stirs")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "exercise", "year", "number"], name="one_incident_number"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "exercise", "state"], name="incident_state"),
            models.Index(fields=["organisation", "-reported_at"], name="incident_recent"),
            models.Index(
                fields=["organisation"],
                condition=~models.Q(state="closed"),
                name="incident_not_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The number by which people call it: 2026-014; that of an exercise begins with OEF."""
        number = f"{self.year}-{self.number:03}"
        return f"OEF-{number}" if self.exercise else number

    @property
    def is_open(self) -> bool:
        """Whether it was not closed."""
        return self.state != self.State.CLOSED


class TimelineEntry(OwnModel):
    """Something that happened in an incident: when it did, and when it was written down.

    Never changed or removed; who was wrong writes another one.
    """

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(_("when it happened"))
    text = models.TextField(_("what happened"), max_length=4000)
    source = models.CharField(_("known from"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(name="entry_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text[:80]
