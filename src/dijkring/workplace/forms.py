# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of the workplace."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeepForm(forms.Form):
    """Keep the filters of the list at hand."""

    name = forms.CharField(label=_("Name"), max_length=60)
    shared = forms.BooleanField(label=_("For everybody in the organisation"), required=False)
    list = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    query = forms.CharField(widget=forms.HiddenInput, max_length=4000, required=False)


class FilterForm(forms.Form):
    """Rename kept filters, or give them to everybody."""

    name = forms.CharField(label=_("Name"), max_length=60)
    shared = forms.BooleanField(label=_("For everybody in the organisation"), required=False)
