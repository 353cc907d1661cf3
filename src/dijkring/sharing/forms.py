# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of sharing."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.sharing import selectors
from dijkring.sharing.models import Detail, Record, Tlp
from dijkring.ui.forms import DateInput


class AgreementForm(forms.Form):
    """Who may see what, on which ground, from when until when."""

    receiver_id = forms.TypedChoiceField(label=_("Who may look?"), coerce=int)
    records = forms.MultipleChoiceField(
        label=_("What do you share?"),
        choices=Record.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    detail = forms.ChoiceField(
        label=_("How much may they see?"),
        choices=Detail.choices,
        initial=Detail.AGGREGATE,
        help_text=_("Share no more than the purpose needs: counts are often enough."),
    )
    legal_basis = forms.CharField(
        label=_("Legal ground"),
        max_length=300,
        help_text=_("The article, decision or arrangement that allows this."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    tlp = forms.ChoiceField(
        label=_("How far may it travel on?"), choices=Tlp.choices, initial=Tlp.AMBER
    )
    starts_at = forms.DateField(label=_("From"), widget=DateInput)
    ends_at = forms.DateField(
        label=_("Until"), widget=DateInput, help_text=_("Up to and including this day.")
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [("", _("choose an organisation")), *selectors.others(organisation_id)]
        self.fields["receiver_id"].choices = others  # type: ignore[attr-defined]

    def clean_starts_at(self) -> datetime:
        """Return the begin of the day in the Netherlands."""
        return clock.begin_of(self.cleaned_data["starts_at"])

    def clean_ends_at(self) -> datetime:
        """Return the end of the day in the Netherlands."""
        return datetime.combine(self.cleaned_data["ends_at"], time.max, clock.AMSTERDAM)


class SignForm(forms.Form):
    """That somebody has read what they sign."""

    read = forms.BooleanField(
        label=_("I have read this agreement and may sign it for my organisation.")
    )


class MandateForm(forms.Form):
    """Who may sign, by which decision, until when."""

    user_id = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    decision = forms.CharField(
        label=_("Decision that gives the mandate"),
        max_length=300,
        help_text=_("For example the mandate register, with its date and number."),
    )
    until = forms.DateField(
        label=_("Until"), widget=DateInput, help_text=_("Up to and including this day.")
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [("", _("choose a colleague")), *selectors.people(organisation_id)]
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]

    def clean_until(self) -> datetime:
        """Return the end of the day in the Netherlands."""
        return datetime.combine(self.cleaned_data["until"], time.max, clock.AMSTERDAM)
