# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of what needs what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.forms.assets import hours_field
from dijkring.landscape.models import MOST_IN_A_GROUP, Asset, Dependency
from dijkring.landscape.services.wanted import DependencyWanted
from dijkring.ui.forms import DateInput


class HowForm(forms.Form):
    """How one asset needs another."""

    kind = forms.ChoiceField(
        label=_("How"),
        choices=Dependency.Kind.choices,
        widget=forms.RadioSelect,
        initial=Dependency.Kind.NEEDS,
    )
    group = forms.CharField(
        label=_("Name of the group"), max_length=120, required=False,
        help_text=_("Only for one of a group: the things that can stand in for each other."),
    )  # fmt: skip
    least = forms.IntegerField(
        label=_("How many of the group must work"),
        required=False,
        min_value=1,
        max_value=MOST_IN_A_GROUP,
    )
    delay_hours = hours_field(
        _("Can do without for (hours)"),
        _("A battery, a stock or a list on paper. Empty counts as at once."),
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=120, required=False,
        help_text=_("Who or what says so."),
    )  # fmt: skip
    confirmed_on = forms.DateField(
        label=_("Last confirmed"), required=False, widget=DateInput,
    )  # fmt: skip

    def wanted(self) -> DependencyWanted:
        """Return what the service is asked, from a valid form."""
        given = self.cleaned_data
        names = ("kind", "group", "least", "delay_hours", "since", "note", "source", "confirmed_on")
        return DependencyWanted(**{name: given[name] for name in names})


class DependForm(HowForm):
    """What an asset needs, and how."""

    field_order = ("needed",)
    needed = forms.MultipleChoiceField(
        label=_("Needs"),
        help_text=_("Choose several for a group, or when they are needed in the same way."),
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )

    def __init__(self, *args: Any, others: Sequence[Asset], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(one.pk): one for one in others}
        grouped: dict[str, list[tuple[str, str]]] = {}
        for key, one in self.others.items():
            grouped.setdefault(str(one.get_kind_display()), []).append((key, one.name))
        self.fields["needed"].choices = sorted(grouped.items())  # type: ignore[attr-defined]

    def chosen(self) -> list[Asset]:
        """Return what was chosen."""
        return [self.others[key] for key in self.cleaned_data["needed"]]


def initial(dependency: Dependency) -> dict[str, Any]:
    """Return what stands in the form of a dependency."""
    group = dependency.group
    names = ("kind", "delay_hours", "since", "note", "source", "confirmed_on")
    return {
        **{name: getattr(dependency, name) for name in names},
        "group": group.name if group else "",
        "least": group.needed if group else None,
    }


class GroupForm(forms.Form):
    """The name of a group, and how many of it must work."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    least = forms.IntegerField(
        label=_("How many of the group must work"), min_value=1, max_value=MOST_IN_A_GROUP
    )
