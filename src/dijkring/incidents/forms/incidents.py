# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about an incident: reporting, triage, the timeline, ending and closing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import MomentField, VersionedForm, long_text, offer
from dijkring.incidents.guides import categories
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.incidents import category_words
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.ui.forms import DateInput

MOST_IMPROVEMENTS = 20


class ReportForm(forms.Form):
    """What an employee tells: two minutes."""

    title = forms.CharField(
        label=_("What is the matter?"),
        max_length=200,
        help_text=_("In a few words: a strange e-mail, a system that is down, a lost laptop."),
    )
    noticed_at = MomentField(
        label=_("When did you notice it?"),
        help_text=_("The first moment at which you or a colleague saw it. Terms of the law start"
                    " there."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("What did you see, and what did you do since?"),
        required=False,
        max_length=8000,
        widget=long_text(5),
        help_text=_("Which system, which people, what you clicked on or did. Not sure? Say so."),
    )
    personal_data = forms.ChoiceField(
        label=_("Can data of people be involved?"),
        choices=Incident.Known.choices,
        widget=forms.RadioSelect,
        initial=Incident.Known.UNKNOWN,
    )
    exercise = forms.BooleanField(
        label=_("This is an exercise"),
        required=False,
        help_text=_("It gets a number of its own, and counts in no figure."),
    )

    def __init__(self, *args: Any, may_exercise: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_exercise:
            del self.fields["exercise"]

    def wanted(self) -> Reported:
        """Return what was reported."""
        return Reported(**self.cleaned_data)


class TriageForm(VersionedForm):
    """What is known of an incident; what is not known stays so."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("What happened"), required=False, max_length=8000, widget=long_text(6)
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=Incident.Severity.choices)
    tlp = forms.ChoiceField(
        label=_("May be shared with"),
        choices=Incident.Tlp.choices,
        help_text=_("The Traffic Light Protocol: RED only those present, AMBER those who need it,"
                    " GREEN the community, CLEAR everybody."),
    )  # fmt: skip
    personal_data = forms.ChoiceField(
        label=_("Personal data involved"),
        choices=Incident.Known.choices,
        help_text=_("As long as it is not known, the terms of the GDPR run as well."),
    )
    owner = forms.TypedChoiceField(
        label=_("Handled by"), required=False, coerce=int, empty_value=None
    )
    occurred_at = MomentField(label=_("Happened"), required=False)
    detected_at = MomentField(label=_("Noticed"), required=False)
    house_regimes = forms.MultipleChoiceField(
        label=_("House rules that count"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        rules: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        chosen = [("", _("not known yet")), *((id, category_words(id)) for id in categories())]
        offer(self, "category", chosen)
        offer(self, "owner", [("", _("nobody yet")), *people])
        if rules:
            offer(self, "house_regimes", rules)
        else:
            del self.fields["house_regimes"]

    def wanted(self) -> Triage:
        """Return what triage says."""
        values = dict(self.cleaned_data)
        values.pop("version")
        return Triage(owner_id=values.pop("owner"), **values)


class EntryForm(forms.Form):
    """Something that happened."""

    at = MomentField(label=_("When it happened"))
    text = forms.CharField(label=_("What happened"), max_length=4000, widget=long_text(4))
    source = forms.CharField(label=_("Known from"), max_length=200, required=False)


class EndForm(forms.Form):
    """When it was contained and recovered, and when the handling ended."""

    contained_at = MomentField(
        label=_("Contained"), required=False, last=True,
        help_text=_("From when it spread no further. Not known? Leave it empty."),
    )  # fmt: skip
    recovered_at = MomentField(
        label=_("Recovered"), required=False, last=True,
        help_text=_("From when everything worked again. Not known? Leave it empty."),
    )  # fmt: skip
    at = MomentField(label=_("Handling ended"))


class CloseForm(forms.Form):
    """What was learnt."""

    cause = forms.CharField(label=_("Cause"), max_length=4000, widget=long_text(3))
    avoidable = forms.ChoiceField(
        label=_("Could it have been avoided?"),
        choices=Incident.Known.choices,
        widget=forms.RadioSelect,
    )
    avoidable_reason = forms.CharField(
        label=_("Why do you think so?"), max_length=2000, widget=long_text(3)
    )
    logs = forms.ChoiceField(
        label=_("Did the logs show what happened?"),
        choices=Incident.Known.choices,
        initial=Incident.Known.UNKNOWN,
        widget=forms.RadioSelect,
        help_text=_("No, when logs were missing or had gone already."),
    )
    lessons = forms.CharField(
        label=_("Lessons"), max_length=4000, required=False, widget=long_text(4)
    )
    improvements = forms.CharField(
        label=_("What will be done about it"),
        max_length=4000,
        required=False,
        widget=long_text(4),
        help_text=_("One improvement per line; each becomes an action."),
    )
    due_on = forms.DateField(label=_("Improvements ready by"), required=False, widget=DateInput)

    def clean_improvements(self) -> list[str]:
        """Return the lines that say something."""
        lines = [one.strip() for one in self.cleaned_data["improvements"].splitlines()]
        found = [one for one in lines if one]
        if len(found) > MOST_IMPROVEMENTS:
            raise forms.ValidationError(_("At most twenty improvements at once."))
        return found

    def wanted(self) -> Closing:
        """Return what the incident is closed with."""
        return Closing(**self.cleaned_data)
