# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of controls."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.controls.importers import ColumnChoice
from dijkring.controls.importers.limits import MAX_BYTES
from dijkring.controls.models import Applicability
from dijkring.organisations.models import User
from dijkring.ui.forms import FileField

KINDS = ("md", "yaml", "yml", "json", "xlsx", "csv", "txt")


class UploadForm(forms.Form):
    """The file of a framework."""

    file = FileField(label=_("File"), limit=MAX_BYTES, extensions=KINDS)


class ColumnForm(forms.Form):
    """Which column of a sheet means what; an empty choice means that there is none."""

    id = forms.ChoiceField(label=_("Number"))
    title = forms.ChoiceField(label=_("Title"), required=False)
    text = forms.ChoiceField(label=_("Text"), required=False)
    parent = forms.ChoiceField(label=_("Number of what stands above it"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    version = forms.ChoiceField(label=_("Version"), required=False)
    leaf = forms.ChoiceField(label=_("Is it judged? (yes or no)"), required=False)
    sheet = forms.CharField(required=False, widget=forms.HiddenInput)
    header_row = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    is_filter = True

    def __init__(self, *args: Any, columns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [*([] if field.required else [("", _("none"))]), *columns]

    def choice(self) -> ColumnChoice:
        """Return the chosen columns of a valid form."""
        chosen = {name: value or None for name, value in self.cleaned_data.items()}
        return ColumnChoice(**chosen)


class ApplicabilityForm(forms.Form):
    """Whether some requirements apply, why, and who owns them."""

    applicable = forms.TypedChoiceField(
        label=_("Does this apply to your organisation?"),
        choices=[("yes", _("Applicable")), ("no", _("Not applicable"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("'Not applicable' counts only after a second person has approved it."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where it does not apply. It stands in the statement."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, members: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members  # type: ignore[attr-defined]


def initial_decision(rows: Sequence[Applicability], chosen: int) -> dict[str, Any]:
    """Return what the form begins with: what was decided of all, where that is one and the same."""
    decided = {(row.applicable, row.reason, row.owner_id) for row in rows}
    if len(decided) != 1 or len(rows) != chosen:
        return {}
    applicable, reason, owner = decided.pop()
    return {"applicable": "yes" if applicable else "no", "reason": reason, "owner": owner}


class ApprovalForm(forms.Form):
    """Nothing to fill in: pressing the button is the approval."""


class ConclusionForm(forms.Form):
    """What somebody concluded after looking again."""

    reason = forms.CharField(
        label=_("Your conclusion"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: the judgement still fits, or I judged anew."),
    )
