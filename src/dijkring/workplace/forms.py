# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of the workplace."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.ui.forms import DateInput, FileField
from dijkring.workplace.look import png, tokens
from dijkring.workplace.models import AccessibilityStatement

MODES = ("light", "dark")
TYPEFACES = [
    ("", _("what the device reads best")),
    ("arial", "Arial"),
    ("verdana", "Verdana"),
    ("trebuchet", "Trebuchet"),
    ("calibri", "Calibri"),
    ("georgia", "Georgia"),
    ("hyperlegible", "Atkinson Hyperlegible"),
]


class KeepForm(forms.Form):
    """Keep the filters of the list at hand."""

    name = forms.CharField(label=_("Name"), max_length=60)
    shared = forms.BooleanField(label=_("For everybody in the organisation"), required=False)
    list = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    query = forms.CharField(widget=forms.HiddenInput, max_length=4000, required=False)


class FilterForm(forms.Form):
    """Rename kept filters, or give them to everybody."""

    name = forms.CharField(label=_("Name"), max_length=60)
    shared = forms.BooleanField(label=_("For everybody in the organisation"), required=False)


class ColourInput(forms.TextInput):
    """The colour picker of the browser."""

    input_type = "color"


class ThemeForm(forms.Form):
    """All colours twice, a typeface and a logo."""

    typeface = forms.ChoiceField(label=_("Typeface"), choices=TYPEFACES, required=False)
    logo = FileField(
        label=_("Logo"),
        limit=png.LARGEST_FILE,
        extensions=("png",),
        required=False,
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for mode in MODES:
            for name, label in tokens.LABELS.items():
                self.fields[f"{mode}-{name}"] = forms.RegexField(
                    r"^#[0-9a-fA-F]{6}$", label=label, widget=ColourInput
                )

    def rows(self) -> list[tuple[Any, Any]]:
        """Return per token its field for light and its field for dark."""
        return [(self[f"light-{name}"], self[f"dark-{name}"]) for name in tokens.LABELS]

    def colours(self, mode: str) -> dict[str, str]:
        """Return the colours of one mode by token; of a valid form."""
        return {name: self.cleaned_data[f"{mode}-{name}"] for name in tokens.LABELS}


class StatementForm(forms.ModelForm):  # type: ignore[type-arg]  # no parameter at run time
    """The facts of the accessibility statement."""

    class Meta:
        model = AccessibilityStatement
        fields = (
            "status",
            "tested_on",
            "tested_by",
            "method",
            "exceptions",
            "contact",
            "answer_days",
            "approved_by",
            "approved_on",
            "published",
        )
        widgets = {"tested_on": DateInput, "approved_on": DateInput}
        help_texts = {
            "exceptions": _(
                "One per line: what does not work, for whom, what the other way is, and when it "
                "will be mended."
            ),
            "published": _("Then everybody can read it, also without logging in."),
        }
