# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form that keeps a scenario."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScenarioForm(forms.Form):
    """How a scenario is called, and what it is for."""

    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea,
        help_text=_("What happened, and for whom you keep this."),
    )  # fmt: skip
