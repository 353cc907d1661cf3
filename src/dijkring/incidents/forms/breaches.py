# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about a breach of personal data: the entry, the judgement of risk, who was told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.incidents import breach_content
from dijkring.incidents.forms.clocks import ANSWERS
from dijkring.incidents.forms.fields import (
    MomentField,
    VersionedForm,
    ask_why_standing_in,
    long_text,
    offer,
)
from dijkring.incidents.models import Breach
from dijkring.incidents.selectors.breaches import HIGH, RISK, UNLIKELY
from dijkring.incidents.services.breaches import Wanted

NO_NAMES = _("Name nobody: only kinds and numbers of people belong in the register.")
NATURES = ("confidentiality", "integrity", "availability")
LEVELS = [
    (UNLIKELY, _("a risk is unlikely: the AP need not be told")),
    (RISK, _("a risk, not high: tell the AP")),
    (HIGH, _("a high risk: tell the AP and the persons concerned")),
]


def _kinds(part: str) -> list[tuple[str, str]]:
    return [(one.id, in_language(dict(one.words))) for one in breach_content.lines(part).values()]


class AddForm(forms.Form):
    """A breach that is no incident otherwise."""

    title = forms.CharField(label=_("What is the matter?"), max_length=200, help_text=NO_NAMES)
    noticed_at = MomentField(
        label=_("When did you notice it?"), help_text=_("The 72 hours of the GDPR start there.")
    )
    facts = forms.CharField(
        label=_("Facts"), max_length=8000, widget=long_text(), help_text=NO_NAMES
    )


class BreachForm(VersionedForm):
    """What the register says of one breach."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nature = forms.MultipleChoiceField(
        label=_("Nature of the breach"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("confidentiality", _("confidentiality: seen by who may not see it")),
            ("integrity", _("integrity: changed")),
            ("availability", _("availability: lost or out of reach")),
        ],
    )
    facts = forms.CharField(
        label=_("Facts"), max_length=8000, required=False, widget=long_text(), help_text=NO_NAMES
    )
    effects = forms.CharField(
        label=_("Effects"), max_length=8000, required=False, widget=long_text(3),
        help_text=_("What it means, or can mean, for the persons concerned."),
    )  # fmt: skip
    measures = forms.CharField(
        label=_("Measures taken"), max_length=8000, required=False, widget=long_text(3)
    )
    persons = forms.MultipleChoiceField(
        label=_("Whose data"), required=False, widget=forms.CheckboxSelectMultiple
    )
    persons_least = forms.IntegerField(
        label=_("Persons, at least"), required=False, help_text=_("Not known? Leave it empty.")
    )
    persons_most = forms.IntegerField(label=_("Persons, at most"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Which data"), required=False, widget=forms.CheckboxSelectMultiple
    )
    records_least = forms.IntegerField(
        label=_("Records, at least"), required=False, help_text=_("Not known? Leave it empty.")
    )
    records_most = forms.IntegerField(label=_("Records, at most"), required=False)
    own_role = forms.ChoiceField(label=_("Own role"), choices=Breach.OwnRole.choices)
    others = forms.CharField(
        label=_("For whom, or together with whom"), max_length=300, required=False,
        help_text=_("A processor tells the controller without delay (art. 33(2))."),
    )  # fmt: skip
    others_told_at = MomentField(label=_("When they were told"), required=False, last=True)
    processor = forms.CharField(
        label=_("Processor or supplier where it happened"), max_length=200, required=False
    )
    processor_told_at = MomentField(
        label=_("When this processor told you"), required=False,
        help_text=_("From then on you are aware yourself."),
    )  # fmt: skip
    not_told = forms.ChoiceField(
        label=_("If the persons concerned are not told: why"), required=False,
        choices=[("", _("not decided, or they are told")), *Breach.NotTold.choices],
    )  # fmt: skip
    not_told_reason = forms.CharField(
        label=_("The reason of that"), max_length=2000, required=False, widget=long_text(2)
    )
    announced_at = MomentField(
        label=_("When it was announced in public"), required=False, last=True,
        help_text=_("With disproportionate effort. Until it was announced the clock runs on."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, part in (("persons", "persons"), ("kinds", "data")):
            offer(self, name, _kinds(part))

    def wanted(self) -> Wanted:
        """Return what was filled in."""
        values = dict(self.cleaned_data)
        values.pop("version")
        nature = values.pop("nature")
        values |= {name: name in nature for name in NATURES}
        return Wanted(data=values.pop("kinds"), **values)


class JudgeForm(forms.Form):
    """The risk for the persons concerned, criterion by criterion."""

    def __init__(self, *args: Any, stands_in: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in breach_content.lines("criteria").values():
            self.fields[one.id] = forms.ChoiceField(
                label=in_language(dict(one.words)), choices=ANSWERS, widget=forms.RadioSelect
            )
        self.fields["level"] = forms.ChoiceField(
            label=_("How high is the risk for the persons concerned?"),
            choices=LEVELS,
            widget=forms.RadioSelect,
            help_text=_("Not to report holds only once a second person has confirmed it. Until"
                        " then the clocks run on."),
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=2000, widget=long_text()
        )
        self.fields["advice"] = forms.CharField(
            label=_("What the data protection officer (FG) advised"),
            max_length=2000,
            required=False,
            widget=long_text(3),
            help_text=_("The FG advises; the decision is yours. Not asked? Leave it empty."),
        )
        if stands_in:
            ask_why_standing_in(self)

    def answers(self) -> dict[str, str]:
        """Return the answer to each criterion."""
        return {id: self.cleaned_data[id] for id in breach_content.lines("criteria")}


class LetterForm(forms.Form):
    """That persons concerned were told."""

    at = MomentField(label=_("When they were told"), last=True)
    count = forms.IntegerField(label=_("How many persons"), min_value=1)
    how = forms.CharField(
        label=_("How"), max_length=200,
        help_text=_("For instance by letter, by e-mail, or announced in public."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=500, required=False, help_text=NO_NAMES)
