# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of the first hour."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.documents.reading import column_of
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.evidence.forms import end_of_day
from dijkring.evidence.models import LAYERS, LINES, Scope
from dijkring.onboarding.intake.kinds import Kind
from dijkring.surface.forms.domains import StatementForm
from dijkring.surface.models import Domain
from dijkring.ui.forms import DateInput, FileField, ReasonField

SHEETS = ("xlsx", "ods", "csv", "txt")
NAMES = (*SHEETS, "zone", "db")


class FirstForm(forms.Form):
    """The first account, and the municipality it works for."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("It stands in the terminal in which Dijkring was started."),
    )
    organisation = forms.ChoiceField(label=_("Your municipality"))
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )

    def __init__(
        self, *args: Any, municipalities: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, municipalities)


class MunicipalityForm(forms.Form):
    """Another municipality than the one that was chosen at the start."""

    organisation = forms.ChoiceField(label=_("Your municipality"))

    def __init__(
        self, *args: Any, municipalities: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, municipalities)


def _offer(form: forms.Form, municipalities: Sequence[tuple[str, str]]) -> None:
    choices = [("", gettext("choose a municipality")), *municipalities]
    form.fields["organisation"].choices = choices  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A sheet."""

    file = FileField(label=_("File"), limit=MAX_BYTES, extensions=SHEETS)

    def content(self) -> tuple[str, IO[bytes]]:
        """Return name and content of what was given."""
        file = self.cleaned_data["file"]
        return file.name, file


class DomainsForm(forms.Form):
    """Names in a file, or pasted."""

    file = FileField(label=_("File"), limit=MAX_BYTES, extensions=NAMES, required=False)
    names = forms.CharField(
        label=_("Or paste the names, one on each line"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        chosen = self.cleaned_data
        if not self.errors and bool(chosen.get("file")) == bool(chosen.get("names")):
            self.add_error("file", gettext("Choose a file, or paste names: one of both."))
        return chosen

    def content(self) -> tuple[str, IO[bytes]]:
        """Return name and content of what was given."""
        if file := self.cleaned_data["file"]:
            return file.name, file
        return gettext("pasted names"), BytesIO(self.cleaned_data["names"].encode())


class NamesStatementForm(StatementForm):
    """One statement, and the names for which it counts."""

    domains = forms.MultipleChoiceField(
        label=_("Names to be measured"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Names below a chosen name are covered, too."),
    )
    field_order = ("domains", "name", "function", "text")

    def __init__(self, *args: Any, waiting: Sequence[Domain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(one.pk): one for one in waiting}
        self.fields["domains"].choices = [(id, one.name) for id, one in self.waiting.items()]  # type: ignore[attr-defined]
        self.fields["domains"].initial = list(self.waiting)

    def clean_domains(self) -> list[Domain]:
        """Return the chosen names."""
        return [self.waiting[id] for id in self.cleaned_data["domains"]]


class ColumnsForm(forms.Form):
    """Which column means what; an empty choice means that there is none."""

    is_filter = True

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        columns: Sequence[tuple[str, str]],
        numberings: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if numberings:
            self.fields["numbering"] = forms.ChoiceField(
                label=_("The numbers are of"), choices=numberings, required=False
            )
        for field in kind.fields:
            self.fields[field.name] = forms.ChoiceField(
                label=str(field.label), choices=[("", gettext("none")), *columns], required=False
            )
        if any(field.name == "about" for field in kind.fields):
            self.fields["parts"] = forms.ChoiceField(
                label=_("New names of systems or processes become"),
                choices=[("", gettext("only text")), *Scope.Kind.choices],
                required=False,
                help_text=_("A judgement is then about that part alone. A known name is linked."),
            )

    def chosen(self) -> dict[str, int | None]:
        """Return the column per field of a valid form."""
        return {
            field.name: column_of(self.cleaned_data.get(field.name) or "")
            for field in self.kind.fields
        }


class ConfirmForm(forms.Form):
    """On which layers a verdict from before holds, and why."""

    layers = forms.MultipleChoiceField(
        label=_("Layers"),
        choices=LAYERS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Design: laid down. Existence: in place. Operation: works over time."),
    )
    line = forms.ChoiceField(label=_("Your line"))
    reason = ReasonField(label=_("Why you confirm this"), max_length=2000)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DateInput,
        help_text=_("After this day it has to be shown again."),
    )

    def __init__(self, *args: Any, lines: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [one for one in LINES if one[0] in lines]  # type: ignore[attr-defined]

    def clean_valid_until(self) -> datetime | None:
        """Return the end of the day in the Netherlands."""
        return end_of_day(self.cleaned_data["valid_until"])
