# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of taking over what others measured."""

from collections.abc import Sequence
from typing import IO, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.documents.reading import column_of
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.surface.importers.easm import SHEET
from dijkring.ui.forms import DateInput, FileField

SHEETS = ("xlsx", "ods", "csv", "txt")
KINDS: dict[str, tuple[str, ...]] = {
    "internetnl": ("json",),
    "easm": SHEETS,
    "certificates": ("json", *SHEETS),
    "rio": SHEETS,
}
ASKS_A_DAY = {"easm", "rio"}
COLUMNS = {
    "subject": _("Domain name, web address or IP address"),
    "what": _("What was found"),
    "category": _("Category"),
    "severity": _("How grave it is"),
    "address": _("IP address"),
    "first": _("First seen"),
    "last": _("Last seen"),
    "status": _("Status"),
}


class UploadForm(forms.Form):
    """A file, of which day it is, and whether it is whole."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = FileField(label=_("File"), limit=MAX_BYTES, extensions=KINDS[kind])
        if kind in ASKS_A_DAY:
            self.fields["day"] = forms.DateField(
                label=_("Date of the file"),
                initial=clock.today(),
                widget=DateInput,
                help_text=_("On which day the list was made. It holds from that day on."),
            )
        if kind == "easm":
            self.fields["whole"] = forms.BooleanField(
                label=_("This file holds everything that is open now"),
                required=False,
                help_text=_("What it does not name any more is then ended."),
            )

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        file: Any = self.cleaned_data["file"]
        content: IO[bytes] = file
        return {
            "name": file.name,
            "content": content,
            "day": self.cleaned_data.get("day"),
            "whole": bool(self.cleaned_data.get("whole")),
        }


class ColumnsForm(forms.Form):
    """Which column of the findings means what; an empty choice means that there is none."""

    is_filter = True

    def __init__(self, *args: Any, columns: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in SHEET.fields:
            self.fields[field.name] = forms.ChoiceField(
                label=COLUMNS[field.name], choices=[("", gettext("none")), *columns], required=False
            )

    def chosen(self) -> dict[str, int | None] | None:
        """Return the column per field; nothing when the address names none."""
        if not (self.is_bound and self.is_valid()):
            return None
        return {name: column_of(self.cleaned_data.get(name) or "") for name in COLUMNS}
