# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of a new report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.ui.forms import DateInput


class ReportForm(forms.Form):
    """Title and period of a report."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it names the period."),
    )
    first = forms.DateField(label=_("From"), widget=DateInput)
    last = forms.DateField(label=_("Until and including"), widget=DateInput)
