# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of the schedule."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScheduleForm(forms.Form):
    """How often everything is measured."""

    every = forms.ChoiceField(
        label=_("How often"),
        widget=forms.RadioSelect,
        choices=[
            ("daily", _("every day")),
            ("weekly", _("every week")),
            ("demand", _("only when somebody starts a measurement")),
        ],
        help_text=_("What was measured counts for a week; without a new measurement it lapses."),
    )
