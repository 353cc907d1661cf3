# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of what comes in: the page without an account, a fact, a notice to and from another."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import MomentField, long_text
from dijkring.incidents.forms.incidents import ReportForm
from dijkring.incidents.models import IncidentNotice
from dijkring.incidents.services import intake
from dijkring.incidents.services.intake import Came
from dijkring.incidents.services.reporting import Reported

ACCEPT, DECLINE = IncidentNotice.State.ACCEPTED.value, IncidentNotice.State.DECLINED.value


class FilesInput(forms.FileInput):
    """Several files at once, also straight from the camera of a phone."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, few and small; what they are does not matter, nothing opens them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files; refuse too many, and one that is too large."""
        found = [super(FilesField, self).clean(one) for one in data or []]
        if len(found) > intake.MOST_FILES:
            raise forms.ValidationError(_("At most three files."), code="too_many")
        if any(one.size > intake.LARGEST_FILE for one in found):
            raise forms.ValidationError(_("A file may be at most 5 MB."), code="too_large")
        return found


class OutsideForm(ReportForm):
    """What a reporter without an account tells; name and number only if they want."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    attached = FilesField(
        label=_("Photo or file"),
        required=False,
        help_text=_("At most three, each up to 5 MB. A photo of the screen helps."),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    contact = forms.CharField(
        label=_("Your telephone number or e-mail address"),
        max_length=200,
        required=False,
        help_text=_("You need not say who you are. But then nobody can ask you anything."),
    )

    def came(self) -> Came:
        """Return what came in."""
        values = dict(self.cleaned_data)
        files = [(one.name, one.read()) for one in values.pop("attached")]
        outside = {name: values.pop(name) for name in ("name", "contact")}
        key = values.pop("key")
        # Who made up a key of their own gets ours: nobody may share one.
        key = key if len(key) == len(intake.new_key()) else intake.new_key()
        return Came(Reported(**values), files=files, key=key, **outside)


class AddForm(forms.Form):
    """Something that a reporter adds later."""

    text = forms.CharField(
        label=_("Do you want to add something?"),
        max_length=intake.LONGEST_ADDED,
        widget=long_text(4),
    )


class WayForm(forms.Form):
    """What stands on the page beside the form."""

    phone = forms.CharField(
        label=_("Telephone number for haste"),
        max_length=40,
        required=False,
        help_text=_("Stands on the page, for who cannot wait."),
    )


class FactForm(forms.Form):
    """What an incident that begins with a fact is called."""

    title = forms.CharField(label=_("What is the matter?"), max_length=200)
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
    )


class SendNoticeForm(forms.Form):
    """To whom an incident is told, and in which words."""

    receivers = forms.TypedMultipleChoiceField(
        label=_("Tell whom"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("What they must know"),
        required=False,
        max_length=8000,
        widget=long_text(6),
        help_text=_("Only what stands here goes to them."),
    )

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["receivers"].choices = list(partners)  # type: ignore[attr-defined]


class AnswerNoticeForm(forms.Form):
    """Whether a notice becomes an incident here, and since when we are aware."""

    answer = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[
            (ACCEPT, _("It is an incident for us as well: put it in our register")),
            (DECLINE, _("It does not touch us: decline it")),
        ],
        widget=forms.RadioSelect,
    )
    aware_at = MomentField(
        label=_("Aware since"),
        required=False,
        help_text=_("Our terms count from the moment at which the sender was aware: the strictest."
                    " Another moment needs a reason."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=long_text(3),
        help_text=_("Needed when you decline it, or count from another moment."),
    )
