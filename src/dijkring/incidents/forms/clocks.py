# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about the clocks: awareness, the weighing, what was handed in, what was asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.evidence.services import uploads
from dijkring.incidents.forms.fields import MomentField, ask_why_standing_in, long_text, offer
from dijkring.incidents.guides import NO, UNKNOWN, YES, Guide
from dijkring.incidents.models import Awareness
from dijkring.incidents.services.clocks import HandedIn
from dijkring.ui.forms import FileField

ANSWERS = [(YES, _("yes")), (NO, _("no")), (UNKNOWN, _("not known yet"))]
KINDS = tuple(suffix.removeprefix(".") for suffix in uploads.TYPES)


class AwareForm(forms.Form):
    """Since when the organisation is aware."""

    of = forms.ChoiceField(
        label=_("Aware of what"),
        choices=Awareness.Of.choices,
        widget=forms.RadioSelect,
        initial=Awareness.Of.EVENT,
        help_text=_("The terms are counted from awareness of the event, the strictest reading."),
    )
    at = MomentField(label=_("Aware since"))
    who = forms.CharField(label=_("Who became aware"), max_length=120)
    evidence = forms.CharField(
        label=_("From what this shows"),
        max_length=2000,
        widget=long_text(3),
        help_text=_("A log, an e-mail, a call: what somebody else can look up later."),
    )
    reason = forms.CharField(
        label=_("Why the moment of before was not right"),
        max_length=2000,
        required=False,
        widget=long_text(3),
        help_text=_("Needed when there is a moment already; that one stays visible."),
    )


class WeighForm(forms.Form):
    """The questions of a guide, and the decision.

    What the landscape knows stands beside a question, and never fills it in.
    """

    def __init__(
        self,
        *args: Any,
        guide: Guide,
        known: Mapping[str, str] | None = None,
        stands_in: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.guide = guide
        for question in guide.questions:
            self.fields[question.id] = forms.ChoiceField(
                label=in_language(dict(question.words)),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                help_text=(known or {}).get(question.id, ""),
            )
        self.fields["report"] = forms.ChoiceField(
            label=_("Decision"),
            choices=[(YES, _("report it")), (NO, _("do not report it"))],
            widget=forms.RadioSelect,
            help_text=_("Not to report holds only once a second person has confirmed it. Until"
                        " then the clocks run on."),
        )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=2000, widget=long_text(4)
        )
        if stands_in:
            ask_why_standing_in(self)

    def clean(self) -> dict[str, Any]:
        """Ask to look again where the answers say to report and the decision does not."""
        found = self.cleaned_data
        advice = self.guide.advice({one.id: found.get(one.id, NO) for one in self.guide.questions})
        reason = str(found.get("reason", ""))
        if advice and found.get("report") == NO and len(reason) < 40:
            self.add_error(
                "reason",
                _("Your answers point to reporting. Say in full why it is not needed after all."),
            )
        return found

    def answers(self) -> dict[str, str]:
        """Return the answer to each question."""
        return {one.id: self.cleaned_data[one.id] for one in self.guide.questions}


class HandedInForm(forms.Form):
    """That a report was handed in."""

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
    receipt = forms.CharField(
        label=_("Confirmation of receipt"),
        max_length=4000,
        required=False,
        widget=long_text(3),
        help_text=_("What the recipient wrote or said back."),
    )
    file = FileField(
        label=_("Proof as a document"), limit=uploads.LIMIT, extensions=KINDS, required=False
    )

    def wanted(self) -> HandedIn:
        """Return what was handed in."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return HandedIn(**values)

    def document(self) -> tuple[str, Any] | None:
        """Return the name and content of the proof, if there is one."""
        file = self.cleaned_data.get("file")
        return (file.name, file) if file else None


class AskForm(forms.Form):
    """That somebody asks for a report."""

    obligation = forms.ChoiceField(label=_("Which report"), widget=forms.RadioSelect)
    asked_by = forms.CharField(label=_("Who asks"), max_length=120)
    asked_at = MomentField(label=_("When it was asked"))
    due_at = MomentField(label=_("Wanted by"))
    what = forms.CharField(
        label=_("What is asked"),
        max_length=2000,
        required=False,
        widget=long_text(3),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "obligation", choices)


class RuleForm(forms.Form):
    """A house rule."""

    name = forms.CharField(label=_("Name"), max_length=120)
    text = forms.CharField(
        label=_("Obligations (YAML)"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("In the form of the content that comes with Dijkring; the example shows it."),
    )
