# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of notices: asking, answering at the doorstep, and preferences."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.notices.by_link import Offer, Purpose
from dijkring.notices.models import LANGUAGES
from dijkring.notices.services import asking, preferences
from dijkring.ui.forms import DateInput

USUAL, NONE = "usual", "none"
LADDERS = [(USUAL, _("after 3, 7 and 12 days")), (NONE, _("never"))]


class AskForm(forms.Form):
    """What is asked, of whom, and until when."""

    offer = forms.ChoiceField(label=_("What do you ask?"))
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person needs no account and no password.")
    )
    question = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Explain it for somebody who does not know Dijkring. The e-mail shows only the title; "
            "your question stands behind the link."
        ),
    )
    days = forms.IntegerField(
        label=_("How many days is the link valid?"),
        min_value=1,
        max_value=asking.MOST_DAYS,
        initial=asking.DAYS,
    )
    ladder = forms.ChoiceField(label=_("Remind"), choices=LADDERS, initial=USUAL)
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=LANGUAGES, initial="nl")

    def __init__(self, *args: Any, offers: Sequence[Offer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offers = {one.key: one for one in offers}
        self.fields["offer"].choices = [(one.key, one.label) for one in offers]  # type: ignore[attr-defined]

    def clean_offer(self) -> Offer:
        """Return the offer that was chosen."""
        return self.offers[self.cleaned_data["offer"]]

    def clean_ladder(self) -> tuple[int, ...]:
        """Return the days after which to remind."""
        return asking.LADDER if self.cleaned_data["ladder"] == USUAL else ()


class AnswerForm(forms.Form):
    """The answer of somebody without a login."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    choice = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("On which day?"), required=False, widget=DateInput)
    text = forms.CharField(
        label=_("Your explanation"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, purpose: Purpose | None, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = purpose.choices if purpose else ()
        if purpose is None or not purpose.dated:
            del self.fields["day"]
        if not choices:
            del self.fields["choice"]
            self.fields["text"].label = _("Your answer")
            return
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["text"].required = False
        hint = purpose.hint if purpose else ""
        self.fields["text"].help_text = str(hint or _("Needed when you do not agree."))


class ContactForm(forms.Form):
    """Where somebody wants to get mail whose account has no address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A link goes there. The address counts once you have opened it, logged in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PreferenceForm(forms.Form):
    """What a person wants by e-mail."""

    digest = forms.BooleanField(
        label=_("Send me one e-mail a day, only when there is something new"), required=False
    )
    hour = forms.TypedChoiceField(
        label=_("At what time?"),
        coerce=int,
        choices=[(hour, f"{hour}.00") for hour in preferences.HOURS],
        help_text=_("On the clock of the Netherlands."),
    )
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=LANGUAGES)
