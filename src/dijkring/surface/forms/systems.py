# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of the register of systems."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.surface import names
from dijkring.surface.models import Domain, Part, System
from dijkring.surface.services.systems import Wanted
from dijkring.ui.forms import DateInput

_LINES = {"rows": 4, "spellcheck": "false", "autocapitalize": "none"}


class SystemForm(forms.Form):
    """A system and what belongs to it."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=System.Kind.choices)
    part = forms.ChoiceField(
        label=_("What are we?"),
        choices=Part.choices,
        widget=forms.RadioSelect,
        initial=Part.OWNER,
        help_text=_("Only an owner can have ports tested, after proof in the DNS."),
    )
    owner_id = forms.TypedChoiceField(
        label=_("Owner"), required=False, coerce=int, empty_value=None, choices=()
    )
    supplier = forms.CharField(
        label=_("Who mends it"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-suppliers", "autocomplete": "off"}),
        help_text=_(
            "The supplier, host or department that mends what is wrong. Choose one that is known, "
            "or write a new name."
        ),
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=500, required=False)
    names = forms.CharField(
        label=_("Domain names, one on each line"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("A name that is not registered yet is registered with it."),
    )
    addresses = forms.CharField(
        label=_("Addresses, networks and API addresses, one on each line"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("For example 203.0.113.5, 203.0.113.0/24 or https://api.dijkerveen.example/v1"),
    )
    reviewed_on = forms.DateField(
        label=_("Reviewed on"),
        required=False,
        widget=DateInput,
        help_text=_("When somebody last checked that this is still right."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", gettext("nobody yet")), *people]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what the service is asked, from a valid form."""
        values = dict(self.cleaned_data)
        for field in ("names", "addresses"):
            values[field] = [one.strip() for one in values[field].splitlines() if one.strip()]
        return Wanted(**values)


def initial(system: System) -> dict[str, Any]:
    """Return what stands in the form of a system."""
    rows = list(system.belongings.select_related("domain"))
    fields = ("name", "kind", "part", "owner_id", "purpose", "reviewed_on")
    return {
        **{field: getattr(system, field) for field in fields},
        "supplier": system.mender,
        "names": "\n".join(sorted(names.shown(row.domain.name) for row in rows if row.domain)),
        "addresses": "\n".join(row.address for row in rows if row.address),
    }


class PlaceForm(forms.Form):
    """Which names go under which system."""

    system = forms.ChoiceField(label=_("System"), required=False)
    new = forms.CharField(
        label=_("Or the name of a new system"),
        max_length=160,
        required=False,
        help_text=_("You become its owner; change that on its page."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("Domain names"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(
        self, *args: Any, systems: Sequence[System], waiting: Sequence[Domain], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.systems = {str(one.pk): one for one in systems}
        self.waiting = {str(one.pk): one for one in waiting}
        choices = [
            ("", gettext("choose a system")),
            *((k, str(v)) for k, v in self.systems.items()),
        ]
        self.fields["system"].choices = choices  # type: ignore[attr-defined]
        shown = [(key, names.shown(one.name)) for key, one in self.waiting.items()]
        self.fields["chosen"].choices = shown  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        given = self.cleaned_data
        if not self.errors and bool(given.get("system")) == bool(given.get("new", "").strip()):
            self.add_error("system", gettext("Choose a system, or name a new one: one of both."))
        return given

    def domains(self) -> list[Domain]:
        """Return the chosen names."""
        return [self.waiting[key] for key in self.cleaned_data["chosen"]]


class PartForm(forms.Form):
    """What we are to a name."""

    part = forms.ChoiceField(
        label=_("What are we?"),
        choices=Part.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "The name is measured in the same way. Ports are tested only for an owner who has "
            "proven it in the DNS."
        ),
    )
