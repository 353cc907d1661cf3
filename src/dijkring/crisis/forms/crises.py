# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of a crisis: opening, levels, the log, people and tasks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.crisis.models import Ladder
from dijkring.crisis.services.crises import Opening
from dijkring.crisis.services.levels import LevelWanted
from dijkring.crisis.services.people import Called
from dijkring.incidents.forms.fields import MomentField
from dijkring.ui import words

YES, NO = "yes", "no"


def long_text(rows: int) -> forms.Textarea:
    """Return a box of some lines."""
    return forms.Textarea(attrs={"rows": rows})


def choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared as one
    field.choices = list(choices)


class TypedSelect(forms.Select):
    """A choice of what people typed; on an English page each says that it is Dutch."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        """Return one option with its language."""
        made: dict[str, Any] = super().create_option(*args, **options)
        if made["value"] and words.language_of(str(made["label"])):
            made["attrs"]["lang"] = "nl"
        return made


class OpenForm(forms.Form):
    """What is told to open a crisis."""

    title = forms.CharField(label=_("What is the matter?"), max_length=200)
    summary = forms.CharField(
        label=_("What is known"), required=False, max_length=4000, widget=long_text(4)
    )
    incident = forms.TypedChoiceField(
        label=_("Incident"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=TypedSelect,
        help_text=_(
            "The picture then shows its clocks. If the incident is an exercise, so is the crisis."
        ),
    )
    level = forms.ChoiceField(label=_("Level of our own crisis organisation"))
    reason = forms.CharField(label=_("Why this level?"), max_length=2000, widget=long_text(2))
    exercise = forms.BooleanField(label=_("This is an exercise"), required=False)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[tuple[str, str]],
        incidents: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        choose(self, "level", levels)
        choose(self, "incident", [("", _("none")), *incidents])

    def wanted(self) -> Opening:
        """Return what was told."""
        values = dict(self.cleaned_data)
        return Opening(incident_id=values.pop("incident"), **values)


class LevelForm(forms.Form):
    """To which level, and why."""

    level = forms.ChoiceField(label=pgettext_lazy("crisis", "Level"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=long_text(3))

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "level", levels)


class LineForm(forms.Form):
    """A line of the log."""

    text = forms.CharField(label=_("What happened"), max_length=4000, widget=long_text(2))
    at = MomentField(
        label=_("When it happened"), required=False, help_text=_("Left empty it means now.")
    )
    source = forms.CharField(label=_("Known from"), max_length=200, required=False)


class PersonForm(forms.Form):
    """Somebody who is needed."""

    function = forms.CharField(label=_("Function"), max_length=120)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)


class CallForm(forms.Form):
    """Who fills a function, and an attempt to reach them."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    reached = forms.ChoiceField(
        label=_("Reached?"),
        required=False,
        choices=[(YES, _("reached")), (NO, _("not reached")), ("", _("not called now"))],
        widget=forms.RadioSelect,
    )
    at = MomentField(label=_("Called at"), required=False, help_text=_("Left empty it means now."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    next_at = MomentField(label=_("Next attempt"), required=False)

    def called(self, now: Any) -> Called | None:
        """Return the attempt; None when nobody was called."""
        values = self.cleaned_data
        if not values["reached"]:
            return None
        at = values["at"] or now
        return Called(values["reached"] == YES, at, values["note"], values["next_at"])


class TaskForm(forms.Form):
    """Something that somebody is asked to do."""

    text = forms.CharField(label=_("What must be done"), max_length=500)
    given_to = forms.CharField(label=_("By whom"), max_length=120)
    due_at = MomentField(label=_("Ready by"), required=False)


class OwnLevelForm(forms.Form):
    """A level as the organisation has it."""

    ladder = forms.ChoiceField(label=_("Ladder"), choices=Ladder.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.IntegerField(label=_("Place on the ladder"), min_value=1, max_value=20)
    chair = forms.CharField(label=_("Chaired by"), max_length=200, required=False)
    criteria = forms.CharField(
        label=_("When"), max_length=4000, required=False, widget=long_text(4)
    )
    called = forms.CharField(
        label=_("Who is called"),
        max_length=4000,
        required=False,
        widget=long_text(8),
        help_text=_("One function per line."),
    )
    in_use = forms.BooleanField(label=_("In use"), required=False)

    def wanted(self) -> LevelWanted:
        """Return the level as it is wanted."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "ladder"}
        return LevelWanted(**values)
