# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of a joint incident: invite, answer, share, hand in under a mandate, give a mandate."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.incidents import report_words
from dijkring.incidents.forms.fields import Choices, MomentField, long_text, offer
from dijkring.incidents.models import JointEntry, JointPlace
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.joint import Invitation
from dijkring.incidents.services.joint_reports import Wanted, mandatable
from dijkring.ui.forms import DateInput

YES, NO = "yes", "no"


class InviteForm(forms.Form):
    """Whom to invite, and what they read first."""

    members = forms.TypedMultipleChoiceField(
        label=_("Whom do you invite?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With whom you co-operate and who takes no part yet."),
    )
    title = forms.CharField(label=_("What is the matter?"), max_length=200)
    text = forms.CharField(
        label=_("What must they know at once?"),
        max_length=4000,
        widget=long_text(5),
        help_text=_("Only this, the kind and severity go to them. Nothing else of your incident."),
    )

    def __init__(self, *args: Any, partners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "members", partners)

    def wanted(self) -> Invitation:
        """Return what the members read."""
        return Invitation(self.cleaned_data["title"], self.cleaned_data["text"])


class PlaceForm(forms.Form):
    """Take part or decline, and what is shown of one's own reports."""

    accepted = forms.ChoiceField(
        label=_("Do you take part?"),
        choices=[(YES, _("yes, we take part")), (NO, _("no, we decline"))],
        widget=forms.RadioSelect,
        help_text=_("Your own incident and its deadlines go on either way."),
    )
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        required=False,
        widget=long_text(2),
        help_text=_("Needed to decline; who leads reads this."),
    )
    shows = forms.ChoiceField(
        label=_("What do you show of your reports to who leads?"),
        choices=JointPlace.Shows.choices,
        widget=forms.RadioSelect,
        help_text=_("Only reports of the Cyberbeveiligingswet. Your weighing, decisions and"
                    " deadlines are never shown."),
    )  # fmt: skip

    def __init__(self, *args: Any, answered: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if answered:
            del self.fields["accepted"], self.fields["reason"]


class ShareForm(forms.Form):
    """What goes to the shared dossier: own entries, the situation, and how a service runs."""

    entries = forms.TypedMultipleChoiceField(
        label=_("Entries of your own timeline"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They go as they stand. The others stay with you."),
    )
    situation = forms.CharField(
        label=_("The situation now"),
        max_length=4000,
        required=False,
        widget=long_text(4),
        help_text=_("It stands on top of the dossier, until somebody writes the next one."),
    )
    subject = forms.CharField(
        label=_("A service"),
        max_length=160,
        required=False,
        help_text=_("By the name that the others know it by."),
    )
    state = forms.ChoiceField(
        label=_("How it runs"),
        choices=[("", _("choose")), *JointEntry.State.choices],
        required=False,
    )

    def __init__(
        self, *args: Any, entries: Choices, services: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if entries:
            offer(self, "entries", entries)
        else:
            del self.fields["entries"]
        if services:
            named = [("", _("choose")), *((name, name) for name in services)]
            label = self.fields["subject"].label
            self.fields["subject"] = forms.ChoiceField(label=label, choices=named, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing, and for the service and its state together."""
        found: dict[str, Any] = self.cleaned_data
        if bool(found.get("subject")) != bool(found.get("state")):
            self.add_error("state", _("Give the service and how it runs."))
        elif not any(found.get(name) for name in ("entries", "situation", "subject")):
            self.add_error(None, _("Choose or write at least one thing."))
        return found


class OfferForm(forms.Form):
    """Which of our reports goes to the members as a draft."""

    report = forms.TypedChoiceField(
        label=_("Which report"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Who reports, since when and with which number stays out: each member fills in"
                    " its own."),
    )  # fmt: skip

    def __init__(self, *args: Any, reports: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "report", reports)


class SubmitForForm(forms.Form):
    """That we handed in a report in the name of a member."""

    whom = forms.ChoiceField(label=_("For whom, and which report"), widget=forms.RadioSelect)
    at = MomentField(label=_("When it was handed in"), last=True)
    by = forms.CharField(label=_("Handed in by"), max_length=120)
    how = forms.CharField(
        label=_("In which way"),
        max_length=200,
        help_text=_("For instance the reporting desk of the NCSC, a form, or by telephone."),
    )
    reference = forms.CharField(
        label=_("Reference of the recipient"), max_length=120, required=False
    )

    def __init__(self, *args: Any, whom: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "whom", whom)

    def wanted(self) -> HandedIn:
        """Return what was handed in."""
        names = ("at", "by", "how", "reference")
        return HandedIn(**{name: self.cleaned_data[name] for name in names})

    def member_and_report(self) -> tuple[int, str]:
        """Return for whom, and which report."""
        member, obligation = self.cleaned_data["whom"].split(" ", 1)
        return int(member), obligation


class MandateForm(forms.Form):
    """A mandate for who leads to hand in reports in our name."""

    obligations = forms.MultipleChoiceField(
        label=_("For which reports"), widget=forms.CheckboxSelectMultiple
    )
    document = forms.CharField(
        label=_("Decision that gives the mandate"),
        max_length=300,
        help_text=_("For example the mandate register, with its date and number."),
    )
    since = MomentField(label=_("From"))
    until = forms.DateField(
        label=_("Until"), widget=DateInput, help_text=_("Up to and including this day.")
    )
    only_this = forms.TypedChoiceField(
        label=_("For which incidents"),
        choices=[(YES, _("only this one")), (NO, _("every joint incident that they lead"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
        initial=YES,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "obligations", [(id, report_words.title_of(id)) for id in mandatable()])

    def clean_until(self) -> datetime:
        """Return the end of the day in the Netherlands."""
        return datetime.combine(self.cleaned_data["until"], time.max, clock.AMSTERDAM)

    def wanted(self) -> Wanted:
        """Return what the mandate says."""
        return Wanted(**self.cleaned_data)
