# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has a part in our digital safety: own functions and parties, and how they are reached."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.landscape.models import Party
from dijkring.organisations.models import Organisation, User


class Reviewed(OwnModel):
    """A line of the register that somebody looks at again before `review_on`."""

    tenancy = tenancy.own("organisation")
    added_at = models.DateTimeField(_("added"))
    review_on = models.DateField(_("look at it again before"))
    reviewed_on = models.DateField(_("last looked at on"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("looked at by"),
    )  # fmt: skip
    retired_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    class Meta:
        abstract = True


@audited()
class Partner(Reviewed):
    """A function or party; `function` is its id in our content, empty for one's own addition."""

    class Kind(models.TextChoices):
        OWN = "own", _("own function")
        PARTNER = "partner", _("partner")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    function = models.CharField(_("function"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120)
    does = models.CharField(_("what it does"), max_length=500, blank=True)
    holder = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("colleague"),
    )  # fmt: skip
    person = models.CharField(_("contact person"), max_length=120, blank=True)
    deputy = models.CharField(_("deputy, with number"), max_length=160, blank=True)
    phone_day = models.CharField(_("phone by day"), max_length=60, blank=True)
    phone_night = models.CharField(_("phone at night"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    other_way = models.CharField(_("when phone and mail are down"), max_length=200, blank=True)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("supplier in the landscape"),
    )  # fmt: skip
    body = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("organisation in Dijkring"),
    )  # fmt: skip

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(retired_at=None),
                name="one_partner_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def who(self) -> str:
        """The person behind it; empty when nobody is named."""
        return str(self.holder) if self.holder else self.person
