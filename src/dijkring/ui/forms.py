# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How forms look: label above, help under the label's field, errors in words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CLASSES = {
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "file": "file",
}
PLAIN = frozenset({"checkbox", "radio", "hidden"})


class DijkringRenderer(TemplatesSetting):
    """Draws every form of the project; set as FORM_RENDERER."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """Draw one template; a widget gets the classes of the design system."""
        if "widget" in context:
            _dress(context["widget"])
        return super().render(template_name, context, request)


def _dress(widget: dict[str, Any]) -> None:
    kind = _kind(widget)
    if kind in PLAIN:
        return
    attrs = widget["attrs"] = dict(widget.get("attrs", {}))
    own = CLASSES.get(kind, "utrecht-textbox utrecht-textbox--html-input")
    attrs["class"] = f"{attrs.get('class', '')} {own}".strip()


def _kind(widget: dict[str, Any]) -> str:
    template = str(widget["template_name"]).rpartition("/")[2].removesuffix(".html")
    aliases = {
        "clearable_file_input": "file",
        "checkbox_select": "checkbox",
        "multiple_input": "checkbox",
        "multiple_hidden": "hidden",
        "radio_option": "radio",
        "checkbox_option": "checkbox",
        "select_option": "hidden",
        "multiwidget": "hidden",
        "attrs": "hidden",
    }
    return aliases.get(template, template)


class DateInput(forms.DateInput):
    """The date picker of the browser, with a date as yyyy-mm-dd."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The date and time picker of the browser, on the clock of Europe/Amsterdam."""

    input_type = "datetime-local"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%dT%H:%M")


class ReasonField(forms.CharField):
    """Why something is done; asked for at every dangerous act. At least ten characters."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Reason"))
        options.setdefault("help_text", gettext_lazy("The reason stays visible in the history."))
        super().__init__(**{"min_length": 10, "max_length": 2000, **options})
        self.widget.attrs["rows"] = 4


class FileField(forms.FileField):
    """An upload with its limits in words beside it; size in bytes, kinds as extensions."""

    def __init__(self, *, limit: int, extensions: tuple[str, ...], **options: Any) -> None:
        self.limit = limit
        self.extensions = extensions
        options.setdefault("help_text", lazy(self._limits, str)())
        super().__init__(**options)
        self.widget.attrs.setdefault("accept", ",".join(f".{kind}" for kind in extensions))

    def _limits(self) -> str:
        return _("%(kinds)s, at most %(size)s") % {
            "kinds": ", ".join(self.extensions).upper(),
            "size": filesizeformat(self.limit),
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file that is too large or of another kind, by its extension."""
        file = super().clean(data, initial)
        if file and file is not initial:
            self._refuse_large(file)
            self._refuse_other_kind(file)
        return file

    def _refuse_large(self, file: Any) -> None:
        if file.size > self.limit:
            words = {"size": filesizeformat(file.size), "limit": filesizeformat(self.limit)}
            raise forms.ValidationError(
                _("This file is %(size)s. It may be at most %(limit)s.") % words, code="too_large"
            )

    def _refuse_other_kind(self, file: Any) -> None:
        kind = str(file.name).rpartition(".")[2].lower()
        if kind not in self.extensions:
            words = {"kinds": ", ".join(self.extensions).upper()}
            raise forms.ValidationError(
                _("This kind of file cannot be used. Choose %(kinds)s.") % words, code="other_kind"
            )


class ReasonForm(forms.Form):
    """Only a reason: the form of a confirmation."""

    reason = ReasonField()
