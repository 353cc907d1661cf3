# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of services that are provided to others."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.models import Scope
from dijkring.landscape.forms.assets import hours_field
from dijkring.landscape.models import Asset, Publication
from dijkring.landscape.services.publications import ServiceWanted
from dijkring.organisations.models import Organisation


class ServiceForm(forms.Form):
    """What takers see of a service."""

    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    rto_hours = hours_field(_("Is back within (hours)"), _("What you promise takers (RTO)."))
    rpo_hours = hours_field(_("Loses at most (hours of data)"))
    norms_id = forms.TypedChoiceField(
        label=_("Tell where it stands on the norms"), required=False, coerce=int, empty_value=None,
        help_text=_("Takers see how many of the requirements that this service covers are met, and"
                    " nothing of why."),
    )  # fmt: skip

    def __init__(self, *args: Any, norms: Iterable[Scope] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.pk, one.name) for one in norms]
        self.fields["norms_id"].choices = [("", _("tell nothing of it")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["norms_id"]

    def wanted(self) -> ServiceWanted:
        """Return what the service is asked, from a valid form."""
        return ServiceWanted(**self.cleaned_data)


def of_asset(asset: Asset) -> dict[str, Any]:
    """Return what a new service begins with: what is said of the asset."""
    return {
        name: getattr(asset, name) for name in ("name", "description", "rto_hours", "rpo_hours")
    }


def of_service(publication: Publication) -> dict[str, Any]:
    """Return what stands in the form of a service."""
    names = ("name", "description", "rto_hours", "rpo_hours", "norms_id")
    return {name: getattr(publication, name) for name in names}


class StateForm(forms.Form):
    """How a service runs now."""

    state = forms.ChoiceField(
        label=_("State"), choices=Publication.State.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note for takers"), max_length=500, required=False,
        help_text=_("What is going on, and when you expect it to be over."),
    )  # fmt: skip


class ShowForm(forms.Form):
    """To whom a service is shown."""

    takers = forms.MultipleChoiceField(label=_("Show to"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, others: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(one.pk): one for one in others}
        choices = [(key, str(one)) for key, one in self.others.items()]
        self.fields["takers"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[Organisation]:
        """Return who was chosen."""
        return [self.others[key] for key in self.cleaned_data["takers"]]
