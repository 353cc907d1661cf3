# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of the own targets."""

from django import forms
from django.utils.text import capfirst

from dijkring.incidents.models import Target
from dijkring.incidents.services.counting import AIMS


class AimForm(forms.ModelForm):  # type: ignore[type-arg]  # no parameter at run time
    """What the organisation aims at; empty is not set."""

    class Meta:
        model = Target
        fields = AIMS

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they are
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
