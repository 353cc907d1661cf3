# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of organisations."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import ROLE_LABELS
from dijkring.organisations.models import Membership
from dijkring.organisations.scopes import SCOPES, kinds_to_post
from dijkring.ui.forms import DateInput, ReasonField

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class AcceptForm(forms.Form):
    """Name and password of an invited person."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )


class AgreeForm(forms.Form):
    """What somebody with an account fills in to accept: nothing, or a new password."""

    password = forms.CharField(
        label=_("Choose a new password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Somebody else may have made this account before you;"
                    " with a new password only you come in."),
    )  # fmt: skip

    def __init__(self, *args: Any, new_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not new_password:
            del self.fields["password"]


class InviteForm(forms.Form):
    """Whom to invite, in which role."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Somebody who has access already gets the new role instead of the old one."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class RoleForm(forms.Form):
    """Which role somebody gets."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class EndForm(forms.Form):
    """Why somebody leaves, and who takes over what the person owns."""

    successor = forms.ModelChoiceField(
        queryset=Membership.objects.none(),
        label=_("Who takes over?"),
        required=False,
        empty_label=_("nobody; it stays without an owner"),
        help_text=_("Of actions and other work that this person owns here."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, leaver: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = Membership.objects.filter(
            organisation_id=leaver.organisation_id, until=None
        ).exclude(user_id=leaver.user_id)
        field: Any = self.fields["successor"]
        field.queryset = colleagues.select_related("user").order_by("user__name")


class TokenForm(forms.Form):
    """What an outside system may do, and until when."""

    name = forms.CharField(label=_("Name of the system"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of fact may it post?"),
        choices=kinds_to_post,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = forms.DateField(
        label=_("Valid until"), widget=DateInput, help_text=_("At most a year.")
    )

    def clean_expires_at(self) -> datetime:
        """Return the end of the day in the Netherlands."""
        return datetime.combine(self.cleaned_data["expires_at"], time.max, clock.AMSTERDAM)

    def clean(self) -> dict[str, Any]:
        """Refuse posting facts of no kind at all."""
        chosen = self.cleaned_data
        if "facts:write" in chosen.get("scopes", ()) and not chosen.get("kinds"):
            self.add_error("kinds", _("Choose which kinds of fact it may post."))
        return chosen
