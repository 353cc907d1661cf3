# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of what is decided and told: questions, rulings, situation reports, messages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.crisis.forms.crises import choose, long_text
from dijkring.crisis.prepared import Option
from dijkring.crisis.services.decisions import Question, Said
from dijkring.crisis.services.sitreps import SECTIONS
from dijkring.crisis.services.telling import Line
from dijkring.incidents.forms.fields import MomentField, VersionedForm

MOST_OPTIONS = 4
HELP = {
    "picture": _("What happened, what is down, what is being done; facts with a time."),
    "stake": _("People, services, trust, money, the law."),
    "outlook": _("What is likely, what is the worst, what is the best; and until when."),
    "measures": _("What has been done and by whom; what is being worked on."),
    "decisions": _("What must be decided, by whom and before when."),
    "communication": _("What was said to whom, and what comes."),
}
LABELS = {
    "picture": _("Picture"),
    "stake": _("What is at stake"),
    "outlook": _("Expected course, with scenarios"),
    "measures": _("Measures"),
    "decisions": _("Decisions needed"),
    "communication": _("Communication"),
}


class QuestionForm(forms.Form):
    """A question with its options."""

    question = forms.CharField(label=_("What must be decided?"), max_length=300)
    dilemma = forms.CharField(
        label=_("What is the dilemma?"), max_length=4000, required=False, widget=long_text(3)
    )
    asked = forms.CharField(label=_("Who is asked to decide?"), max_length=200)
    needed_by = MomentField(label=_("Needed by"), required=False)
    card = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, MOST_OPTIONS + 1):
            words = {"number": number}
            for name, label, size in (
                ("option", _("Option %(number)s"), 300),
                ("for", _("In favour of option %(number)s"), 1000),
                ("against", _("Against option %(number)s"), 1000),
            ):
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label % words, max_length=size, required=False
                )

    def wanted(self) -> Question:
        """Return the question."""
        values = self.cleaned_data
        options = [
            Option(*(values[f"{name}_{number}"] for name in ("option", "for", "against")))
            for number in range(1, MOST_OPTIONS + 1)
        ]
        plain = {n: values[n] for n in ("question", "asked", "dilemma", "needed_by", "card")}
        return Question(options=options, **plain)


def option_values(options: Sequence[Option]) -> dict[str, str]:
    """Return options as values of the form of a question."""
    found: dict[str, str] = {}
    for number, one in enumerate(options[:MOST_OPTIONS], 1):
        found |= {
            f"option_{number}": one.text,
            f"for_{number}": one.good,
            f"against_{number}": one.bad,
        }
    return found


class RulingForm(forms.Form):
    """What was decided, or how it is seen later."""

    kind = forms.ChoiceField(label=_("What do you record?"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Decision, or how you see it now"), max_length=1000)
    reason = forms.CharField(label=_("Why"), max_length=4000, widget=long_text(3))
    by = forms.CharField(label=_("Decided by"), max_length=200)
    at = MomentField(label=_("When"))

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", kinds)
        self.fields["kind"].initial = kinds[0][0] if kinds else ""

    def wanted(self) -> Said:
        """Return what was said."""
        return Said(**self.cleaned_data)


class SitrepForm(VersionedForm):
    """The sections of a situation report."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SECTIONS:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                help_text=HELP[name],
                max_length=8000,
                required=False,
                widget=long_text(6),
            )


class SentForm(forms.Form):
    """To whom a report was given."""

    to = forms.CharField(label=_("To whom"), max_length=300)
    channel = forms.CharField(label=_("In which way"), max_length=120)
    at = MomentField(label=_("When"))


class MessageForm(forms.Form):
    """What is said to whom."""

    group = forms.CharField(label=_("Target group"), max_length=200)
    text = forms.CharField(label=_("Message"), max_length=4000, widget=long_text(3))
    channel = forms.CharField(label=_("Channel"), max_length=200)
    spokesperson = forms.CharField(label=_("Spokesperson"), max_length=120)

    def wanted(self) -> Line:
        """Return the message."""
        return Line(**self.cleaned_data)
