# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of evidence."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.clock import AMSTERDAM
from dijkring.evidence.models import LAYERS, LINES, VERDICTS, Scope, Upload
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.services import judgements, provisions, uploads
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Agreement
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
    scope = forms.ModelChoiceField(
        label=_("About"),
        queryset=Scope.objects.none(),
        required=False,
        empty_label=_("everything that is not judged apart"),
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
        self,
        *args: Any,
        layers: list[str],
        lines: list[str],
        documents: Any,
        scopes: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        scope: Any = self.fields["scope"]
        scope.queryset = scopes
        # Asked once: without `iter` it would be counted first. The first choice is none of them.
        scope.choices = list(iter(scope.choices))
        if len(scope.choices) == 1:
            del self.fields["scope"]
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


class RefsField(forms.CharField):
    """Leaves of the framework in force, by their numbers; lines, commas and spaces part them."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Requirements"))
        options.setdefault("help_text", _("Numbers of BIO2, such as 5.14.01, one or more."))
        super().__init__(**{"max_length": 4000, **options})
        self.widget.attrs["rows"] = 4

    def clean(self, value: Any) -> list[Requirement]:
        """Return the leaves; an unknown number is named."""
        wanted = dict.fromkeys(re.split(r"[\s,;]+", super().clean(value).strip()))
        framework = current_framework("bio2")
        rows = Requirement.objects.filter(framework=framework, leaf=True, ref__in=wanted)
        known = {row.ref: row for row in rows.select_related("framework")}
        unknown = [ref for ref in wanted if ref not in known]
        if unknown:
            words = gettext("No requirement has this number: %(refs)s.")
            raise forms.ValidationError(words % {"refs": ", ".join(unknown[:10])}, code="unknown")
        return list(known.values())


class ScopeForm(forms.Form):
    """A system, process, location or service."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Scope.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea
    )


class ScopeChangeForm(ScopeForm):
    """The words of a scope; what it is does not change."""

    kind = None  # type: ignore[assignment]


class CoverForm(forms.Form):
    """What a service covers."""

    requirements = RefsField()


class TakeOutForm(forms.Form):
    """From when on a requirement is not carried out for the takers any more, and why."""

    ends_on = forms.DateField(
        label=_("Not any more from"), widget=DateInput, help_text=_("Today: at once.")
    )
    reason = ReasonField()

    def clean_ends_on(self) -> date:
        """Refuse a day that has passed."""
        chosen: date = self.cleaned_data["ends_on"]
        if chosen < clock.today():
            raise forms.ValidationError(gettext("Choose today or a date in the future."))
        return chosen


class TakerForm(forms.Form):
    """To whom a service is published."""

    taker = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.order_by("sort_name"),
        help_text=_("It sees your standing on what this service covers, and nothing else."),
    )
    agreement = forms.ModelChoiceField(
        label=_("Under which agreement"),
        queryset=Agreement.objects.none(),
        required=False,
        empty_label=_("no agreement on sharing"),
        help_text=_("When that agreement ends, this publication ends with it."),
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = select.agreements(organisation_id)
        self.fields["agreement"].queryset = rows  # type: ignore[attr-defined]


class _AgreementForm(forms.Form):
    layers = forms.MultipleChoiceField(
        label=_("Carried out by the other"),
        choices=[(value, label) for value, label in LAYERS if value in provisions.LAYERS],
        initial=["existence", "operation"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Agreement, oversight and the yearly review stay yours: your own part."),
    )
    document = forms.CharField(
        label=_("Under which document"),
        max_length=300,
        help_text=_("Such as the service agreement, with its number or date."),
    )
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def clean_until(self) -> datetime | None:
        """Return the end of the day in the Netherlands."""
        return end_of_day(self.cleaned_data["until"])


class TakeForm(_AgreementForm):
    """What is taken of a service that is published to us."""

    requirements = forms.ModelMultipleChoiceField(
        label=_("Requirements"),
        queryset=Requirement.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("requirements", "layers", "document", "until")

    def __init__(self, *args: Any, leaves: list[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [leaf.pk for leaf in leaves]
        rows = Requirement.objects.filter(pk__in=ids).order_by("framework_id", "position")
        self.fields["requirements"].queryset = rows  # type: ignore[attr-defined]
        self.fields["requirements"].initial = ids


class ProvideForm(_AgreementForm):
    """What a provider carries out that publishes nothing here."""

    provider = forms.ModelChoiceField(
        label=_("Carried out by"), queryset=Organisation.objects.order_by("sort_name")
    )
    service_name = forms.CharField(label=_("Service"), max_length=120)
    requirements = RefsField()
    field_order = ("provider", "service_name", "requirements", "layers", "document", "until")
