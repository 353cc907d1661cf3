# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saved filters, drafts of forms, the theme and the accessibility statement of an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User


class SavedFilter(OwnModel):
    """The filters and order of one list under a name, of a person or for everybody.

    `path` is the address of the list below that of the organisation, `query` what follows the
    question mark.
    """

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    shared = models.BooleanField(_("for the whole organisation"), default=False)
    name = models.CharField(_("name"), max_length=60)
    path = models.CharField(max_length=200)
    title = models.CharField(_("list"), max_length=120)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "path"], name="filter_of_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "path", "name"], name="one_filter_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FirstFilter(OwnModel):
    """The saved filter with which a list opens for one person."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="first_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "path"], name="one_first_filter_per_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.path}"


class FormDraft(OwnModel):
    """What somebody has typed in a long form and not sent yet."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "path"], name="one_draft_per_form"
            )
        ]

    def __str__(self) -> str:
        return self.path


@audited(exclude=["logo"])
class Theme(OwnModel):
    """The look of an organisation: what differs from the neutral one, and its logo.

    `stamp` changes with the look, so that a browser keeps the style sheet until then.
    """

    tenancy = tenancy.own("organisation")
    light = models.JSONField(_("colours on a light background"), default=dict)
    dark = models.JSONField(_("colours on a dark background"), default=dict)
    typeface = models.CharField(_("typeface"), max_length=20, blank=True)
    logo = models.BinaryField(null=True)
    logo_hash = models.CharField(_("logo"), max_length=64, blank=True)
    stamp = models.CharField(max_length=16)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_theme_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.stamp}"


@audited()
class AccessibilityStatement(OwnModel):
    """What an organisation says about how accessible its Dijkring is (toegankelijkheidsverklaring).

    The five states are those of the Dutch model.
    """

    class Status(models.TextChoices):
        A = "A", _("A: meets all requirements")
        B = "B", _("B: meets a part of the requirements")
        C = "C", _("C: first measures taken")
        D = "D", _("D: does not meet the requirements")
        E = "E", _("E: not examined yet")

    tenancy = tenancy.own("organisation")
    status = models.CharField(_("status"), max_length=1, choices=Status.choices)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    tested_by = models.CharField(_("tested by"), max_length=200, blank=True)
    method = models.TextField(_("what was tested, and how"), max_length=2000)
    exceptions = models.TextField(_("known exceptions"), max_length=4000, blank=True)
    contact = models.EmailField(_("e-mail address for questions and complaints"))
    answer_days = models.PositiveSmallIntegerField(_("days within which you answer"), default=10)
    approved_by = models.CharField(_("adopted by (name and function)"), max_length=200)
    approved_on = models.DateField(_("adopted on"))
    published = models.BooleanField(_("published"), default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_statement_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.status}"
