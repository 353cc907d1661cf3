# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of co-operations, of our own side of one, and of the Cbw test."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.cooperation.models import Cooperation, Seat
from dijkring.cooperation.services import cbw_tests
from dijkring.cooperation.services.proposals import WORKS_TOGETHER
from dijkring.evidence.models import Upload
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues
from dijkring.ui.forms import DateInput


def _parties(*kinds: str) -> Any:
    return Organisation.objects.filter(kind__in=kinds).order_by("sort_name")


class _PeriodForm(forms.Form):
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)


class ProposalForm(forms.Form):
    """What a co-operation is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        choices=Cooperation.Form.choices,
        help_text=_("It stands in the text of the arrangement."),
    )
    host = forms.ModelChoiceField(
        label=_("Centre municipality"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Only for a centre arrangement: the municipality that does the work."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    basis = forms.CharField(
        label=_("Basis document"),
        max_length=300,
        required=False,
        help_text=_("The arrangement or the decision on which it rests."),
    )
    basis_link = forms.URLField(
        label=_("Where it was published"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = _parties("municipality")  # type: ignore[attr-defined]


class ParticipantForm(_PeriodForm):
    """Who takes part, from when until when."""

    participant = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    field_order = ("participant", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = _parties(*WORKS_TOGETHER)  # type: ignore[attr-defined]


class TaskForm(_PeriodForm):
    """What is done, and for whom."""

    name = forms.CharField(label=_("Task"), max_length=200)
    description = forms.CharField(
        label=_("What it comes down to"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    takers = forms.ModelMultipleChoiceField(
        label=_("For whom"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "description", "takers", "since", "until")

    def __init__(self, *args: Any, participants: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(pk__in=participants).order_by("sort_name")
        self.fields["takers"].queryset = rows  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Which function sits where; no names, since this may become public."""

    organ = forms.ChoiceField(label=_("Place"), choices=Seat.Organ.choices)
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        help_text=_("A function, no name: alderman for finance, director."),
    )
    filled_by = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, participants: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(pk__in=participants).order_by("sort_name")
        self.fields["filled_by"].queryset = rows  # type: ignore[attr-defined]


class InvolvementForm(forms.Form):
    """Our side of a co-operation."""

    our_task = forms.CharField(
        label=_("What we do in it ourselves"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    contact = forms.CharField(
        label=_("Contact at the co-operation"), max_length=200, required=False
    )
    owner_id = forms.TypedChoiceField(
        label=_("Our official owner"), required=False, coerce=int, empty_value=None
    )
    representative = forms.CharField(
        label=_("Who represents us"),
        max_length=200,
        required=False,
        help_text=_("The function, such as: alderman for operations, in the general board."),
    )
    share = forms.DecimalField(
        label=_("Our share in percent"), required=False, max_digits=5, decimal_places=2
    )
    contribution = forms.DecimalField(
        label=_("Our contribution per year in euros"),
        required=False,
        max_digits=12,
        decimal_places=2,
    )
    council = forms.CharField(
        label=_("How the council is informed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.user_id, one.user.name) for one in colleagues(organisation_id)]
        self.fields["owner_id"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]


class AttachForm(forms.Form):
    """A document of ours to keep with a co-operation."""

    upload = forms.ModelChoiceField(label=_("Document"), queryset=Upload.objects.none())

    def __init__(self, *args: Any, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Upload.objects.filter(organisation_id=organisation_id)
        self.fields["upload"].queryset = rows  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to one question of the Cbw test."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=cbw_tests.LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, proof: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = proof
