# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Following a supplier: assurance, yearly reviews, promises and shortcomings, incidents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core.audit import audited
from dijkring.organisations.models import User
from dijkring.suppliers.models.suppliers import DocumentedLine, SupplierLine


@audited()
class AssuranceReport(DocumentedLine):
    """What an independent party says about a supplier, of which scope, until when (5.20.03)."""

    class Kind(models.TextChoices):
        ISO27001 = "iso27001", _("ISO/IEC 27001 certificate")
        ISAE3402 = "isae3402", _("ISAE 3402 type 2")
        SOC2 = "soc2", _("SOC 2 type 2")
        NEN7510 = "nen7510", _("NEN 7510 certificate")
        TPM = "tpm", _("third-party statement (TPM)")
        PENTEST = "pentest", _("penetration test")
        OTHER = "other", _("something else")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    scope = models.CharField(_("what it covers"), max_length=300)
    issued_by = models.CharField(_("by whom"), max_length=120, blank=True)
    from_on = models.DateField(_("period from"), null=True, blank=True)
    until_on = models.DateField(_("valid until"))
    exceptions = models.TextField(_("exceptions in it"), max_length=2000, blank=True)

    class Meta(DocumentedLine.Meta):
        ordering = ["-until_on", "-id"]
        verbose_name = _("assurance report")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.scope}"


@audited()
class Review(DocumentedLine):
    """The yearly look of the process owner at the evidence of a supplier (BIO2 5.22.01)."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("in order")
        POINTS = "points", _("in order, with points")
        BAD = "bad", _("not in order")

    on = models.DateField(_("day"))
    by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewed by")
    )
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict.choices)
    seen = models.TextField(_("evidence that was seen"), max_length=2000)
    risks = models.TextField(_("risks that remain and are accepted"), max_length=2000, blank=True)

    class Meta(DocumentedLine.Meta):
        ordering = ["-on", "-id"]
        verbose_name = _("review")

    def __str__(self) -> str:
        return str(self.get_verdict_display())


@audited()
class Promise(SupplierLine):
    """What a supplier promised, or where it falls short: by when it is kept or mended."""

    class Kind(models.TextChoices):
        PROMISE = "promise", _("promise")
        SHORTCOMING = "short", _("shortcoming")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    what = models.CharField(_("what it is about"), max_length=300)
    made_on = models.DateField(_("said or seen on"))
    due_on = models.DateField(_("kept or mended by"))
    kept_on = models.DateField(_("kept or mended on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta(SupplierLine.Meta):
        ordering = ["due_on", "id"]
        verbose_name = _("promise")

    def __str__(self) -> str:
        return self.what


@audited()
class SupplierIncident(SupplierLine):
    """Something that went wrong at a supplier and touched us, or could have."""

    on = models.DateField(_("day"))
    what = models.CharField(_("what happened"), max_length=300)
    effect = models.CharField(_("what it did to us"), max_length=500, blank=True)
    told_on = models.DateField(_("the supplier told us on"), null=True, blank=True)
    closed_on = models.DateField(_("over since"), null=True, blank=True)

    class Meta(SupplierLine.Meta):
        ordering = ["-on", "-id"]
        verbose_name = _("incident")

    def __str__(self) -> str:
        return self.what
