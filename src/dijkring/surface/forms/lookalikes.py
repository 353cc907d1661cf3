# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form about a name like ours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Lookalike


class VerdictForm(forms.Form):
    """What we think of a name, and why."""

    verdict = forms.ChoiceField(
        label=_("What is this name?"), choices=Lookalike.Verdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Why, or where it was reported"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
