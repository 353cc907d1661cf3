# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of buying and of autonomy: the calendar, explanations, countries."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.suppliers import demands, words
from dijkring.suppliers.models import (
    Contract,
    Procurement,
    StandardException,
)
from dijkring.suppliers.services import buying
from dijkring.ui.forms import DateInput


class ProcurementForm(forms.Form):
    """Something that is going to be bought."""

    name = forms.CharField(label=_("What is bought"), max_length=160)
    state = forms.ChoiceField(label=_("State"), choices=Procurement.State.choices)
    publish_on = forms.DateField(label=_("Request goes out"), required=False, widget=DateInput)
    award_on = forms.DateField(label=_("Award"), required=False, widget=DateInput)
    start_on = forms.DateField(label=_("Start of the contract"), required=False, widget=DateInput)
    replaces = forms.ModelChoiceField(
        label=_("Takes the place of"), required=False, queryset=Contract.objects.none()
    )
    owner_id = forms.TypedChoiceField(
        label=_("Owner"), required=False, coerce=int, empty_value=None, choices=()
    )
    contact = forms.CharField(
        label=_("Who to call"),
        max_length=200,
        required=False,
        help_text=_("Others see this when you share the calendar."),
    )
    shared = forms.BooleanField(
        label=_("Others may see this when we share our calendar"), required=False, initial=True
    )
    joint = forms.BooleanField(label=_("Others may join"), required=False)
    note = forms.CharField(
        label=_("Note, for ourselves"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, organisation_id: int, people: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        rows = Contract.objects.filter(organisation_id=organisation_id, removed_at=None)
        self.fields["replaces"].queryset = (  # type: ignore[attr-defined]
            rows.select_related("supplier").order_by("name")
        )
        choices = [("", gettext("nobody yet")), *people]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]


class ExplainForm(forms.Form):
    """Why an open standard was not asked for."""

    standard = forms.ChoiceField(label=_("Open standard"), choices=())
    what = forms.CharField(label=_("What was bought"), max_length=200)
    procurement = forms.ModelChoiceField(
        label=_("In the procurement calendar"), required=False, queryset=Procurement.objects.none()
    )
    reason = forms.CharField(
        label=_("Why not"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("This stands in the annual report: write it for a council member."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput)
    until = forms.DateField(label=_("Looked at again on"), required=False, widget=DateInput)
    reported_in = forms.IntegerField(
        label=_("In the annual report of"), required=False, min_value=2000, max_value=2100
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one, one) for one in demands.standards()]
        self.fields["standard"].choices = choices  # type: ignore[attr-defined]
        self.fields["procurement"].queryset = (  # type: ignore[attr-defined]
            Procurement.objects.filter(organisation_id=organisation_id).order_by("name")
        )


class CountryForm(forms.Form):
    """A country on our own list."""

    country = forms.ChoiceField(label=_("Country"), choices=())
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("For example the yearly threat picture of AIVD, MIVD and NCTV."),
    )
    dated_on = forms.DateField(label=_("Day of the source"), widget=DateInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = words.country_choices()[1:]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]


def of_procurement(found: Procurement) -> dict[str, Any]:
    """Return what stands in the form of a procurement."""
    return {field: getattr(found, field) for field in buying.FIELDS}


def of_explanation(found: StandardException) -> dict[str, Any]:
    """Return what stands in the form of an explanation."""
    return {field: getattr(found, field) for field in buying.EXPLAINED}
