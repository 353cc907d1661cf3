# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of organisations."""

from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import ROLE_LABELS

SCOPES = [
    ("organisations:read", _("read organisations")),
    ("frameworks:read", _("read frameworks")),
    ("facts:read", _("read facts")),
    ("facts:write", _("post facts")),
    ("judgements:read", _("read judgements")),
    ("standings:read", _("read standings")),
    ("actions:read", _("read actions")),
    ("domains:read", _("read domains")),
]


class AcceptForm(forms.Form):
    """Name and password of an invited person."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. If you have an account already, enter its password."),
    )


class InviteForm(forms.Form):
    """Whom to invite, in which role."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=[(r.value, label) for r, label in ROLE_LABELS.items()])


class TokenForm(forms.Form):
    """What an outside system may do, and until when."""

    name = forms.CharField(label=_("Name of the system"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of fact may it post?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expires_at = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("At most a year.")
    )

    def __init__(self, *args: object, kinds: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]

    def clean_expires_at(self) -> datetime:
        """Return the end of the day in the Netherlands."""
        return datetime.combine(self.cleaned_data["expires_at"], time(23, 59), clock.AMSTERDAM)
