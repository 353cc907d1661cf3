# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of actions."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.actions.models import Action
from dijkring.actions.selectors import register
from dijkring.organisations.models import Organisation
from dijkring.ui.forms import DateInput


class ActionForm(forms.Form):
    """What is to be done, by whom and before when."""

    title = forms.CharField(label=_("What is to be done, in one line"), max_length=200)
    description = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    owner_id = forms.TypedChoiceField(
        label=_("Owner"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A colleague with access, who sees to it that it happens."),
    )
    responsible = forms.CharField(
        label=_("Carried out by"),
        required=False,
        max_length=120,
        help_text=_("For example a supplier or a team."),
    )
    due_on = forms.DateField(label=_("Ready on"), required=False, widget=DateInput)
    priority = forms.ChoiceField(label=_("Priority"), choices=Action.Priority.choices)
    cost = forms.DecimalField(
        label=_("Cost in euros"), required=False, min_value=0, max_digits=12, decimal_places=2
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [("", _("nobody yet")), *register.owners(organisation_id)]
        self.fields["owner_id"].choices = people  # type: ignore[attr-defined]


class NewActionForm(ActionForm):
    """A new action, with the requirements that it helps."""

    requirements = forms.CharField(
        label=_("Which requirements does it help?"),
        required=False,
        max_length=2000,
        help_text=_("For example bio2:5.14.01; several with a comma between them."),
    )

    def clean_requirements(self) -> list[str]:
        """Return the refs as the catalogue writes them; refuse one that does not exist."""
        refs = [ref for ref in re.split(r"[,;\s]+", self.cleaned_data["requirements"]) if ref]
        known = [f"{row.framework.key}:{row.ref}" for row in register.requirements(refs)]
        if unknown := [ref for ref in refs if ref not in known]:
            raise forms.ValidationError(
                gettext("This requirement is not known: %(refs)s.") % {"refs": ", ".join(unknown)}
            )
        return list(dict.fromkeys(known))


class CommentForm(forms.Form):
    """What somebody has to say about an action."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write @ and a name, and that colleague is told."),
    )
    tell = forms.ChoiceField(label=_("Or choose whom to tell"), required=False)

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(name, name) for _id, name in register.owners(organisation_id)]
        self.fields["tell"].choices = [("", _("nobody")), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Mention in the text whom was chosen beside it."""
        values = super().clean() or {}
        if (name := values.pop("tell", "")) and "text" in values:
            values["text"] = f"@{name} {values['text']}"
        return values


class HandOverForm(forms.Form):
    """What goes to another organisation: only what stands in these fields."""

    receiver = forms.ModelChoiceField(
        label=_("To which organisation?"),
        queryset=Organisation.objects.none(),
        empty_label=_("choose an organisation"),
        help_text=_("Only organisations with which you co-operate."),
    )
    title = forms.CharField(label=_("What is to be done, in one line"), max_length=200)
    description = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The other organisation reads this. Leave out what is not meant for it."),
    )
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(label=_("Proposed date"), required=False, widget=DateInput)

    def __init__(self, *args: Any, partners: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [one.pk for one in partners]
        rows = Organisation.objects.filter(pk__in=ids).order_by("sort_name")
        self.fields["receiver"].queryset = rows  # type: ignore[attr-defined]
