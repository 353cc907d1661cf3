# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form with which findings get an owner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.actions.selectors import register
from dijkring.ui.forms import DateInput


class HandOutForm(forms.Form):
    """Who sees to it, and before when."""

    owner_id = forms.TypedChoiceField(
        label=_("Owner"),
        coerce=int,
        empty_value=None,
        help_text=_("A colleague with access, who sees to it that it happens."),
    )
    due_on = forms.DateField(
        label=_("Ready on"),
        required=False,
        widget=DateInput,
        help_text=_("Left empty, it stays as it is; a new action gets the usual term."),
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = register.owners(organisation_id)
        self.fields["owner_id"].choices = [("", "—"), *colleagues]  # type: ignore[attr-defined]
