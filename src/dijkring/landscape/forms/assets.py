# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of what there is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape import countries
from dijkring.landscape.models import USUAL_MOST, Asset, Party
from dijkring.landscape.services.assets import said_of
from dijkring.landscape.services.wanted import ASSET_FIELDS, LEVELS, AssetWanted
from dijkring.ui.forms import DateInput

UNKNOWN = ("", _("unknown"))
_YES_NO = [UNKNOWN, ("yes", _("yes")), ("no", _("no"))]


def hours_field(label: Any, help_text: Any = "") -> forms.DecimalField:
    """Return a field of hours, empty for unknown."""
    return forms.DecimalField(
        label=label, required=False, max_digits=8, decimal_places=2, help_text=help_text
    )


def level_field(label: Any) -> forms.TypedChoiceField:
    """Return a field for a level, of which the words are put in later."""
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class AssetForm(forms.Form):
    """What is said of an asset; what is left empty is unknown."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Asset.Kind.choices)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    owner_id = forms.TypedChoiceField(
        label=_("Owner"), required=False, coerce=int, empty_value=None,
        help_text=_("Who decides about it, and is called when it fails."),
    )  # fmt: skip
    lifecycle = forms.ChoiceField(label=_("Lifecycle"), choices=Asset.Lifecycle.choices)
    availability = level_field(_("Availability"))
    integrity = level_field(_("Integrity"))
    confidentiality = level_field(_("Confidentiality"))
    mtpd_hours = hours_field(
        _("Can be missed for at most (hours)"), _("After that the harm cannot be borne (MTPD).")
    )
    rto_hours = hours_field(
        _("Is back within (hours)"), _("What was agreed or promised after a failure (RTO).")
    )
    rpo_hours = hours_field(
        _("Loses at most (hours of data)"), _("How old the last copy may be (RPO).")
    )
    statutory = forms.ChoiceField(label=_("Statutory task?"), choices=_YES_NO, required=False)
    law = forms.CharField(
        label=_("Law and article"), max_length=200, required=False,
        help_text=_("For example: Participatiewet, artikel 7"),
    )  # fmt: skip
    residents = forms.IntegerField(label=_("Residents touched"), required=False, min_value=0)
    personal_data = forms.ChoiceField(
        label=_("Personal data"), choices=[UNKNOWN, *Asset.Personal.choices], required=False
    )
    algorithm = forms.ChoiceField(
        label=_("AI or algorithm"), choices=[UNKNOWN, *Asset.Algorithm.choices], required=False
    )
    party = forms.CharField(
        label=_("Supplier"), max_length=160, required=False,
        help_text=_("A name that is not known yet is added."),
        widget=forms.TextInput(attrs={"list": "parties", "autocomplete": "off"}),
    )  # fmt: skip
    jurisdiction = forms.ChoiceField(
        label=_("Jurisdiction"), required=False,
        help_text=_("The country whose law reaches it, where that is not the supplier's."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    reference = forms.CharField(
        label=_("Reference"), max_length=200, required=False,
        help_text=_("Its number in another register, by which an import finds it again."),
    )  # fmt: skip
    confirmed_on = forms.DateField(
        label=_("Last confirmed"), required=False, widget=DateInput,
        help_text=_("When somebody last checked that this is still right."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        levels: Sequence[Any],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._offer("owner_id", [("", gettext("nobody yet")), *people])
        for name in LEVELS:
            numbered = [(at, str(word)) for at, word in enumerate(levels, start=1)]
            self._offer(name, [UNKNOWN, *numbered])
        self._offer("jurisdiction", [UNKNOWN, *countries.choices()])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices

    def wanted(self) -> AssetWanted:
        """Return what the service is asked, from a valid form."""
        values = {name: self.cleaned_data[name] for name in ASSET_FIELDS if name != "source"}
        values["statutory"] = {"yes": True, "no": False}.get(values["statutory"])
        return AssetWanted(**values)


def initial(asset: Asset) -> dict[str, Any]:
    """Return what stands in the form of an asset."""
    said = said_of(asset)
    values = {name: getattr(said, name) for name in ASSET_FIELDS}
    words = {True: "yes", False: "no"}
    return {**values, "statutory": words.get(values["statutory"], "")}


class PartyForm(forms.Form):
    """A supplier and whose law reaches it."""

    name = forms.CharField(label=_("Name"), max_length=160)
    jurisdiction = forms.ChoiceField(
        label=_("Jurisdiction"), required=False,
        help_text=_("Of the company that owns it in the end, not of its office nearby."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [UNKNOWN, *countries.choices()]
        self.fields["jurisdiction"].choices = choices  # type: ignore[attr-defined]


def of_party(party: Party) -> dict[str, Any]:
    """Return what stands in the form of a party."""
    return {"name": party.name, "jurisdiction": party.jurisdiction}


class MethodForm(forms.Form):
    """How the organisation classifies."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example: Classificatiemethode 2026")
    )
    levels = forms.CharField(
        label=_("Levels, one on each line, the lowest first"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=300,
    )
    adopted_on = forms.DateField(label=_("Adopted on"), required=False, widget=DateInput)
    document = forms.CharField(
        label=_("Document"), max_length=300, required=False,
        help_text=_("Where the decision and the method can be read."),
    )  # fmt: skip
    most_on_one = forms.IntegerField(
        label=_("At most on one supplier or country (percent)"), min_value=1, max_value=100,
        initial=USUAL_MOST,
        help_text=_("With more of your statutory tasks on one of them, that is a finding."),
    )  # fmt: skip
