# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions to suppliers by link, their answers, and who shares what with others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.notices.models import LANGUAGES
from dijkring.organisations.models import User
from dijkring.suppliers.models.suppliers import Supplier


@audited()
class Inquiry(OwnModel):
    """One list of demands sent to one supplier; `demands` holds its texts as they were then."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        SUBMITTED = "submitted", _("answered")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    tenancy = tenancy.own("organisation")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="inquiries")
    pack = models.CharField(_("set"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    title = models.JSONField(default=dict)
    demands = models.JSONField(default=list)
    about = models.CharField(_("about"), max_length=200, blank=True)
    name = models.CharField(_("who there answers"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    asked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("link valid until"))
    # A person asked to mail the link; it never goes by itself.
    mail_asked_at = models.DateTimeField(_("e-mail asked for"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)
    mail_failed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    submitted_at = models.DateTimeField(_("answered"), null=True)
    submitted_by = models.CharField(_("answered by"), max_length=120, blank=True)
    may_travel = models.BooleanField(_("others may use these answers"), default=False)
    taken_from = models.CharField(_("taken over from"), max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("questionnaire")

    def __str__(self) -> str:
        return f"{self.supplier}: {self.title.get('nl', self.pack)}"

    @property
    def state(self) -> str:
        """How the questionnaire stands now; the clock ends it, no job has to."""
        if self.submitted_at is not None:
            return self.State.SUBMITTED
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        return self.State.EXPIRED if self.expires_at <= clock.now() else self.State.OPEN


class Reply(OwnModel):
    """What a supplier says about one demand; kept as it goes, until it is sent in."""

    class Choice(models.TextChoices):
        YES = "yes", _("we meet this")
        PARTLY = "partly", _("in part")
        NO = "no", _("we do not meet this")
        NA = "na", _("does not apply")

    tenancy = tenancy.own("organisation")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="replies")
    demand = models.CharField(max_length=40)
    choice = models.CharField(_("answer"), max_length=6, choices=Choice.choices, blank=True)
    words = models.TextField(_("explanation"), max_length=2000, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "demand"], name="one_reply_per_demand")
        ]

    def __str__(self) -> str:
        return self.demand


class InquiryToken(OwnModel):
    """One address by which a questionnaire is filled in; only the hash is kept."""

    tenancy = tenancy.own("organisation")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.inquiry_id}"


@audited()
class SupplierSharing(OwnModel):
    """That an organisation shares answers, or its procurement calendar, with who does so too."""

    class What(models.TextChoices):
        ANSWERS = "answers", _("answers of suppliers")
        CALENDAR = "calendar", _("the procurement calendar")

    tenancy = tenancy.own("organisation")
    what = models.CharField(_("what is shared"), max_length=8, choices=What.choices)
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "what"],
                condition=models.Q(ended_at=None),
                name="one_current_supplier_sharing",
            )
        ]

    def __str__(self) -> str:
        return self.get_what_display()
