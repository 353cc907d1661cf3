# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the forms of this room share: a moment on the clock, long text, choices of the moment."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dijkring.core.clock import AMSTERDAM
from dijkring.incidents.deadlines import FIRST_YEAR, LAST_YEAR
from dijkring.ui.forms import DateTimeInput

Choices = Iterable[tuple[Any, Any]]


class MomentField(forms.DateTimeField):
    """Date and time as the browser writes them.

    Of the hour that comes twice in October the first one is meant, or with `last` the second: the
    strictest, whichever of the two was meant. A time that is skipped in March is refused.
    """

    widget = DateTimeInput

    def __init__(self, *, last: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.last = last

    def to_python(self, value: Any) -> datetime | None:
        """Return an aware moment."""
        if value in self.empty_values:
            return None
        found = value if isinstance(value, datetime) else _moment(str(value).strip())
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found if found.tzinfo else self._on_the_clock(found)

    def _on_the_clock(self, found: datetime) -> datetime:
        local = found.replace(tzinfo=AMSTERDAM, fold=int(self.last))
        if local.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != found:
            raise ValidationError(
                _("The clock went forward over this time; it did not exist."), code="skipped"
            )
        return local


def _moment(text: str) -> datetime | None:
    """Return what was typed; a day alone is no moment, since midnight would be made up."""
    try:
        return parse_datetime(text) if ":" in text else None
    except ValueError:
        return None


def long_text(rows: int = 4) -> forms.Textarea:
    """Return a box for so many lines of text."""
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Let a field offer what there is to choose now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared so in the form
    field.choices = list(choices)


def ask_why_standing_in(form: forms.Form) -> None:
    """Ask who judges in the place of the privacy officer why; that is seen with the decision."""
    form.fields["standing_in"] = forms.CharField(
        label=_("Why does the privacy officer not judge this?"),
        max_length=500,
        help_text=_("You stand in. Not to report is then for the privacy officer to confirm."),
    )


class VersionedForm(forms.Form):
    """A form about what another may save meanwhile: it bears the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def renew(self, version: int) -> None:
        """Let the next attempt be about what is saved now."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version)  # type: ignore[index]  # a copy can be written
