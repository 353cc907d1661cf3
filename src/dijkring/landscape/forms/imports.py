# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of reading a file in."""

from collections.abc import Sequence
from typing import IO, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.documents.reading import column_of
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.landscape.importers import Report
from dijkring.landscape.importers.fields import ASSET
from dijkring.landscape.models import Asset
from dijkring.landscape.services.import_files import REFERENCE, Choice
from dijkring.landscape.services.import_plan import kinds_in
from dijkring.ui import words
from dijkring.ui.forms import FileField

EXTENSIONS = ("xml", "archimate", "json", "cdx", "xlsx", "ods", "csv", "txt")
COLUMN = "column-"


class UploadForm(forms.Form):
    """A file; what it is shows from what is in it."""

    file = FileField(label=_("File"), limit=MAX_BYTES, extensions=EXTENSIONS)

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        file: Any = self.cleaned_data["file"]
        content: IO[bytes] = file
        return {"name": file.name, "content": content}


class ChoiceForm(forms.Form):
    """What of a file is taken over, and how it is read; only what this file asks for."""

    is_filter = True

    def __init__(
        self, *args: Any, report: Report, systems: Sequence[Asset], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if report.components:
            self.fields["system"] = _system_field(systems)
        elif report.header is not None:
            self._add_columns(report)
        kinds = kinds_in(report)
        if len(kinds) > 1:
            self.fields["kinds"] = _kinds_field(kinds)

    def _add_columns(self, report: Report) -> None:
        assert report.header is not None  # noqa: S101 -- asked by the caller
        options = [("", gettext("none")), *report.header.options()]
        for one in ASSET:
            label = one.label[words.language()]
            self.fields[COLUMN + one.name] = forms.ChoiceField(
                label=label, choices=options, required=False
            )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of a line that names none"), choices=Asset.Kind.choices, required=False
        )

    def choice(self, before: Choice) -> Choice:
        """Return what was chosen; what the form does not ask stays as it was."""
        if not (self.is_bound and self.is_valid()):
            return before
        chosen = self.cleaned_data
        columns: dict[str, int | None] | None = None
        if f"{COLUMN}name" in self.fields:
            columns = {one.name: column_of(chosen.get(COLUMN + one.name) or "") for one in ASSET}
        system = chosen.get("system")
        return Choice(
            tuple(chosen.get("kinds") or before.kinds),
            columns if columns is not None else before.columns,
            chosen.get("kind") or before.kind,
            int(system) if system else before.system,
        )


def _system_field(systems: Sequence[Asset]) -> forms.ChoiceField:
    options = [("", gettext("choose")), *((one.pk, one.name) for one in systems)]
    return forms.ChoiceField(label=_("The system that this list is about"), choices=options)


def _kinds_field(kinds: dict[str, int]) -> forms.MultipleChoiceField:
    names: dict[str, Any] = {
        REFERENCE: gettext("reference component of GEMMA"), **dict(Asset.Kind.choices)
    }  # fmt: skip
    options = [(kind, f"{names[kind]} ({count})") for kind, count in kinds.items()]
    return forms.MultipleChoiceField(
        label=_("What to take over"),
        choices=options,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without a choice everything is taken over."),
    )
