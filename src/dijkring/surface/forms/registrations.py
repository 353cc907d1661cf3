# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of the registration under the Cbw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import CbwDetails
from dijkring.surface.selectors.registrations import FIELDS
from dijkring.ui.forms import DateInput

_LINES = {"rows": 5, "spellcheck": "false", "autocapitalize": "none"}


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The data of the entity as they are now."""

    changed_on = forms.DateField(
        label=_("Since which day is it so?"),
        widget=DateInput,
        help_text=_("What you change here must be reported within two weeks after this day."),
    )

    class Meta:
        model = CbwDetails
        fields = FIELDS

    def details(self) -> dict[str, Any]:
        """Return the data, from a valid form."""
        return {field: self.cleaned_data[field] for field in FIELDS}


class RegistrationForm(DetailsForm):
    """A registration as it was submitted."""

    changed_on = None  # type: ignore[assignment]  # there is a day of submission instead
    domains = forms.CharField(
        label=_("Domain names, one on each line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("A name covers the names below it."),
    )
    ranges = forms.CharField(
        label=_("IP ranges, one on each line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("For example 203.0.113.0/24 or 2001:db8::/48."),
    )
    submitted_on = forms.DateField(label=_("Submitted on"), widget=DateInput)
    reference = forms.CharField(
        label=_("Reference of the confirmation"), max_length=120, required=False
    )

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        values = self.cleaned_data
        return {
            "details": self.details(),
            "domains": values["domains"].splitlines(),
            "ranges": values["ranges"].splitlines(),
            "submitted_on": values["submitted_on"],
            "reference": values["reference"],
        }
