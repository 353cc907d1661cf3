# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about what an incident touches."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import MomentField
from dijkring.incidents.models import TouchedAsset
from dijkring.incidents.services.touched import Touched

Certainty = TouchedAsset.Certainty
SURE = [(one.value, one.label) for one in (Certainty.SUSPECTED, Certainty.CONFIRMED)]


class TouchForm(forms.Form):
    """Which assets, since when, and how sure that is."""

    assets = forms.TypedMultipleChoiceField(
        label=_("What is touched"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    since = MomentField(label=_("Since"))
    certainty = forms.ChoiceField(
        label=_("How sure is that?"),
        choices=SURE,
        widget=forms.RadioSelect,
        initial=Certainty.SUSPECTED,
        help_text=_("What is suspected counts as touched when we reckon what comes next."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["assets"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(choices)

    def wanted(self) -> Touched:
        """Return how they are touched."""
        return Touched(**{key: self.cleaned_data[key] for key in ("since", "certainty", "note")})


class ChangeTouchedForm(forms.Form):
    """How one asset is touched, and since when it works again."""

    certainty = forms.ChoiceField(
        label=_("How sure is that?"), choices=Certainty.choices, widget=forms.RadioSelect
    )
    since = MomentField(label=_("Since"))
    until = MomentField(
        label=_("Works again since"),
        required=False,
        help_text=_("Leave it empty as long as it does not work."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def wanted(self) -> Touched:
        """Return how it is touched."""
        return Touched(**self.cleaned_data)
