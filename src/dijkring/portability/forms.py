# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of exchange."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core.access import ROLE_LABELS
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.portability.whole import layout
from dijkring.ui.forms import FileField, ReasonField


class SheetForm(forms.Form):
    """A sheet that comes back."""

    file = FileField(label=_("Sheet"), limit=MAX_BYTES, extensions=("xlsx", "ods", "csv"))


class ArchiveForm(forms.Form):
    """The export of a whole organisation."""

    file = FileField(label=_("Export"), limit=layout.MOST_BYTES, extensions=("zip",))


class ReasonOnlyForm(forms.Form):
    """Why everything leaves, or comes in."""

    reason = ReasonField()


class RoleForm(forms.Form):
    """In which role somebody who came along is invited."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, label) for role, label in ROLE_LABELS.items()]
    )


class PersonForm(forms.Form):
    """Who somebody who came along is."""

    user = forms.ChoiceField(label=_("Colleague"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            (id, f"{one.name} ({one.email})") for id, one in self.colleagues.items()
        ]

    def clean_user(self) -> Any:
        """Return the colleague."""
        return self.colleagues[self.cleaned_data["user"]]
