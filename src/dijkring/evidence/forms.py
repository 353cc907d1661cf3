# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of evidence."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core.clock import AMSTERDAM
from dijkring.evidence.models import LAYERS, LINES, VERDICTS, Upload
from dijkring.evidence.services import judgements, uploads
from dijkring.ui.forms import DateInput, FileField, ReasonField

GIVEN = [(value, dict(VERDICTS)[value]) for value in judgements.VERDICTS]

EXTENSIONS = tuple(suffix.removeprefix(".") for suffix in uploads.TYPES)


def end_of_day(day: date | None) -> datetime | None:
    """Return the last minute of a day in the Netherlands."""
    return datetime.combine(day, time(23, 59), AMSTERDAM) if day else None


class JudgementForm(forms.Form):
    """A verdict on one layer, with its reason, documents and end."""

    layer = forms.ChoiceField(
        label=_("Layer"),
        help_text=_("Design: laid down. Existence: in place. Operation: works over time."),
    )
    line = forms.ChoiceField(label=_("Your line"))
    verdict = forms.ChoiceField(label=_("Your verdict"), choices=GIVEN, widget=forms.RadioSelect)
    reason = ReasonField(label=_("Reason"), max_length=4000)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DateInput,
        help_text=_("After this day it has to be shown again."),
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Documents it rests on"),
        queryset=Upload.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = FileField(
        label=_("New document"),
        limit=uploads.LIMIT,
        extensions=EXTENSIONS,
        required=False,
    )

    def __init__(
        self, *args: Any, layers: list[str], lines: list[str], documents: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = [choice for choice in LAYERS if choice[0] in layers]  # type: ignore[attr-defined]
        self.fields["line"].choices = [choice for choice in LINES if choice[0] in lines]  # type: ignore[attr-defined]
        self.fields["documents"].queryset = documents  # type: ignore[attr-defined]

    def clean_valid_until(self) -> datetime | None:
        """Return the end of the day in the Netherlands."""
        return end_of_day(self.cleaned_data["valid_until"])


class DeviationForm(forms.Form):
    """Why a deviation is accepted, and until when."""

    reason = ReasonField(label=_("Reason"), max_length=2000)
    ends_at = forms.DateField(
        label=_("Ends on"),
        widget=DateInput,
        help_text=_("An accepted deviation always has an end."),
    )

    def clean_ends_at(self) -> datetime | None:
        """Return the end of the day in the Netherlands."""
        return end_of_day(self.cleaned_data["ends_at"])


class UploadForm(forms.Form):
    """One document."""

    file = FileField(label=_("Document"), limit=uploads.LIMIT, extensions=EXTENSIONS)
