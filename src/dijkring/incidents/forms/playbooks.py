# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about playbooks and tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import Choices, MomentField, long_text, offer
from dijkring.incidents.models import Task
from dijkring.incidents.playbooks import MOST_BYTES
from dijkring.incidents.tables.playbooks import PHASE_WORDS
from dijkring.ui.forms import FileField

AWARE, NOW = "aware", "now"


class StartForm(forms.Form):
    """Which playbook, and from when its hours count."""

    key = forms.ChoiceField(label=_("Playbook"), widget=forms.RadioSelect)
    counted_from = forms.ChoiceField(
        label=_("Count the hours from"),
        choices=[(AWARE, _("the moment of becoming aware")), (NOW, _("now"))],
        widget=forms.RadioSelect,
        initial=AWARE,
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "key", choices)


class AddTaskForm(forms.Form):
    """A task of one's own."""

    text = forms.CharField(label=_("What must be done"), max_length=1000, widget=long_text(3))
    phase = forms.ChoiceField(label=_("Phase"), choices=list(PHASE_WORDS.items()))
    assignee_id = forms.TypedChoiceField(
        label=_("Who does it"), required=False, coerce=int, empty_value=None
    )
    due_at = MomentField(label=_("At the latest"), required=False)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "assignee_id", [("", _("nobody yet")), *people])


class TaskForm(forms.Form):
    """Who does a task by when, and how it stands."""

    state = forms.ChoiceField(
        label=_("State"), choices=Task.State.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why it is not needed"),
        max_length=2000,
        required=False,
        widget=long_text(3),
        help_text=_("Needed when you skip it."),
    )
    assignee_id = forms.TypedChoiceField(
        label=_("Who does it"), required=False, coerce=int, empty_value=None
    )
    due_at = MomentField(label=_("At the latest"), required=False)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "assignee_id", [("", _("nobody yet")), *people])


class PlaybookForm(forms.Form):
    """A playbook of the organisation itself, as a file or as text."""

    file = FileField(
        label=_("Playbook as a file"),
        limit=MOST_BYTES,
        extensions=("yaml", "yml"),
        required=False,
    )
    text = forms.CharField(
        label=_("Or as text (YAML)"),
        max_length=MOST_BYTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("In the form of our own playbooks; the example shows it."),
    )

    def clean(self) -> dict[str, Any]:
        """Take the text of the file, or what was typed; one of both is needed."""
        found = self.cleaned_data
        file = found.get("file")
        if file:
            try:
                found["text"] = file.read(MOST_BYTES + 1).decode()
            except UnicodeDecodeError:
                self.add_error("file", _("This file is not text in UTF-8."))
        elif not found.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or type the playbook below."))
        return found
