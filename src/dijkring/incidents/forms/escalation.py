# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the list of who is on call, and of webhooks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import MomentField
from dijkring.incidents.models.escalation import MOST_RANKS
from dijkring.incidents.services.oncall import Wanted

People = Sequence[tuple[int, str]]


class ShiftForm(forms.Form):
    """Who is on call, from when until when."""

    user = forms.TypedChoiceField(label=_("Who"), coerce=int)
    since = MomentField(label=_("From"))
    until = MomentField(label=_("Ends"), last=True)
    rank = forms.IntegerField(
        label=_("Called as number"),
        min_value=1,
        max_value=MOST_RANKS,
        initial=1,
        help_text=_(
            "Number 1 is called first. Who does not answer is followed by the next number."
        ),
    )

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = list(people)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return the shift."""
        values = dict(self.cleaned_data)
        return Wanted(user_id=values.pop("user"), **values)


class HandOverForm(forms.Form):
    """To whom, and what that person must know."""

    user = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    note = forms.CharField(
        label=_("What must the next one know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is going on, what waits. Nothing open? Write that."),
    )

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = list(people)  # type: ignore[attr-defined]


class WebhookForm(forms.Form):
    """Where a system hears what cannot wait."""

    name = forms.CharField(label=_("Name"), max_length=80)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Begins with https://. Private addresses only as your administrator allows."),
    )
