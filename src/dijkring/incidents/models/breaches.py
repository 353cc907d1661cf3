# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of breaches of personal data (AVG art. 33(5)); nobody concerned is named in it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.clocks import Significance
from dijkring.incidents.models.incidents import Incident
from dijkring.organisations.models import User


def _margin(least: str, most: str) -> Q:
    """Both bounds or neither; nothing is 'not known', and never nought."""
    both = Q(**{f"{least}__gte": 1}) & Q(**{f"{most}__gte": F(least)})
    return Q(**{f"{least}__isnull": True, f"{most}__isnull": True}) | both


@audited()
class Breach(OwnModel):
    """What the register of breaches says of one incident.

    `persons` and `data` hold ids of the content; bounds that are empty are not known. The clocks,
    the weighing and what was handed in hang on the incident.
    """

    class OwnRole(models.TextChoices):
        CONTROLLER = "controller", _("controller")
        PROCESSOR = "processor", _("processor for another")
        JOINT = "joint", _("joint controller")

    class NotTold(models.TextChoices):
        NOT_HIGH = "not_high", _("no high risk (art. 34(1))")
        UNREADABLE = "unreadable", _("data unreadable for others, such as encrypted (34(3)(a))")
        TAKEN_AWAY = "taken_away", _("measures took the high risk away (34(3)(b))")
        EFFORT = "effort", _("disproportionate effort, announced in public (34(3)(c))")

    tenancy = tenancy.own("organisation")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="breach")
    confidentiality = models.BooleanField(_("confidentiality"), default=False)
    integrity = models.BooleanField(_("integrity"), default=False)
    availability = models.BooleanField(_("availability"), default=False)
    facts = models.TextField(_("facts"), max_length=8000, blank=True)
    effects = models.TextField(_("effects"), max_length=8000, blank=True)
    measures = models.TextField(_("measures taken"), max_length=8000, blank=True)
    persons = models.JSONField(_("kinds of persons"), default=list)
    persons_least = models.PositiveIntegerField(_("persons, at least"), null=True, blank=True)
    persons_most = models.PositiveIntegerField(_("persons, at most"), null=True, blank=True)
    data = models.JSONField(_("kinds of data"), default=list)
    records_least = models.PositiveIntegerField(_("records, at least"), null=True, blank=True)
    records_most = models.PositiveIntegerField(_("records, at most"), null=True, blank=True)
    own_role = models.CharField(
        _("own role"), max_length=10, choices=OwnRole.choices, default=OwnRole.CONTROLLER
    )
    others = models.CharField(_("with or for whom"), max_length=300, blank=True)
    others_told_at = models.DateTimeField(_("told them"), null=True, blank=True)
    processor = models.CharField(_("processor where it happened"), max_length=200, blank=True)
    processor_told_at = models.DateTimeField(_("told us"), null=True, blank=True)
    not_told = models.CharField(
        _("why persons are not told"), max_length=10, choices=NotTold.choices, blank=True
    )
    not_told_reason = models.TextField(_("reason"), max_length=2000, blank=True)
    announced_at = models.DateTimeField(_("announced in public"), null=True, blank=True)
    written_at = models.DateTimeField(_("written down"))
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_margin("persons_least", "persons_most"), name="breach_persons"
            ),
            models.CheckConstraint(
                condition=_margin("records_least", "records_most"), name="breach_records"
            ),
        ]

    def __str__(self) -> str:
        return str(self.incident)

    @property
    def spares_subjects(self) -> bool:
        """Whether a ground of art. 34(3) holds for which those concerned are not told.

        That it would take too much holds only once it was announced to all instead (34(3)(c)).
        """
        if self.not_told == self.NotTold.EFFORT:
            return self.announced_at is not None
        return self.not_told not in ("", self.NotTold.NOT_HIGH)


@audited()
class BreachRisk(OwnModel):
    """The criteria on which one weighing for the AVG rests; the decision itself is the weighing."""

    tenancy = tenancy.own("organisation")
    weighing = models.OneToOneField(Significance, on_delete=models.PROTECT, related_name="risk")
    content_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    # The data protection officer (FG) advises; the controller decides.
    advice = models.TextField(_("advice of the FG"), max_length=2000, blank=True)

    class Meta:
        triggers = [pgtrigger.ReadOnly(name="breach_risk_stands")]

    def __str__(self) -> str:
        return str(self.weighing)


class BreachLetter(OwnModel):
    """That persons concerned were told: how many, when and how. Never changed; names nobody."""

    tenancy = tenancy.own("organisation")
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="letters")
    at = models.DateTimeField(_("when"))
    count = models.PositiveIntegerField(_("how many persons"))
    how = models.CharField(_("how"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="letter_to_somebody")]
        triggers = [
            pgtrigger.Protect(name="letter_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.count} {clock.day_of(self.at)}"
