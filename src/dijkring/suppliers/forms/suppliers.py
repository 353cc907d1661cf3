# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of suppliers: what is kept of one, its level, the end of a contract."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.suppliers import words
from dijkring.suppliers.models import Known, Supplier, Tier
from dijkring.suppliers.services.suppliers import Wanted
from dijkring.ui.forms import DateInput, ReasonField

FIELDS = (
    "name", "kvk", "delivers", "owner_id", "contact", "email", "phone", "jurisdiction", "cloud",
    "personal_data", "leans",
)  # fmt: skip
UNSAID = ("", _("not known"))


class SupplierForm(forms.Form):
    """What is kept of a supplier."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kvk = forms.CharField(
        label=_("Number in the trade register (KvK)"),
        max_length=8,
        required=False,
        help_text=_("Eight digits. By this others know that they mean the same supplier."),
    )
    delivers = forms.CharField(label=_("What it does for us"), max_length=500, required=False)
    owner_id = forms.TypedChoiceField(
        label=_("Process owner"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=(),
        help_text=_("Reviews the supplier every year (BIO2 5.22.01)."),
    )
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(
        label=_("Phone, also at night"),
        max_length=60,
        required=False,
        help_text=_("The number that helps when something has fallen out."),
    )
    jurisdiction = forms.ChoiceField(
        label=_("Country of the law it obeys"),
        required=False,
        help_text=_("Of the supplier itself. Companies above it are added on its page."),
    )
    cloud = forms.ChoiceField(
        label=_("Is it a cloud service?"), required=False, choices=[UNSAID, *Known.choices]
    )
    personal_data = forms.ChoiceField(
        label=_("Does it process personal data for us?"),
        required=False,
        choices=[UNSAID, *Known.choices],
    )
    leans = forms.ChoiceField(
        label=_("Does it lean on others to serve us?"),
        required=False,
        choices=[UNSAID, *Known.choices],
        help_text=_("On whom, you add on its page under Chain and exit (BIO2 5.21.02)."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", gettext("nobody yet")), *people]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]
        self.fields["jurisdiction"].choices = words.country_choices()  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what the service is asked, from a valid form."""
        return Wanted(**self.cleaned_data)


def initial(supplier: Supplier) -> dict[str, Any]:
    """Return what stands in the form of a supplier."""
    return {field: getattr(supplier, field) for field in FIELDS}


class TierForm(forms.Form):
    """The level that somebody decides on, and why."""

    tier = forms.ChoiceField(
        label=pgettext_lazy("supplier", "Level"),
        required=False,
        choices=[("", _("as computed")), *Tier.choices],
        widget=forms.RadioSelect,
    )
    reason = ReasonField()


class EndForm(forms.Form):
    """On which day a contract really ends."""

    on = forms.DateField(label=_("Really ends on"), widget=DateInput)
    reason = ReasonField()
