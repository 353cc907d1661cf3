# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of organisations, access, work and the audit trail."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.core.access import ROLE_LABELS
from dijkring.core.models import Job
from dijkring.organisations.models import Membership, Organisation, sort_key
from dijkring.organisations.selectors import parties, trail
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from dijkring.ui.forms import DateInput

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class OrganisationFilter(FilterSet):
    """Filter organisations."""

    search = SearchFilter("sort_name", method="with_words")
    kind = ChoiceFilter(label=_("Kind"), choices=Organisation.Kind.choices)
    province = ChoiceFilter(label=_("Province"), choices=parties.provinces)
    region_code = ChoiceFilter(label=_("Safety region"), choices=parties.regions)

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Organisation], _name: str, words: str) -> Any:
        """Search without regard to accents and articles, as Dutch names are sorted."""
        return rows.filter(sort_name__contains=sort_key(words.strip()))


class MemberFilter(FilterSet):
    """Filter who has access."""

    search = SearchFilter("user__name")
    role = ChoiceFilter(label=_("Role"), choices=ROLES)

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()


class JobFilter(FilterSet):
    """Filter long work."""

    search = SearchFilter("title")
    state = ChoiceFilter(label=_("State"), choices=Job.State.choices)

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()


class _TrailForm(forms.Form):
    is_filter = True
    who = forms.CharField(
        label=_("Person"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    table = forms.ChoiceField(label=_("With what"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["table"].choices = [("", _("all")), *trail.tables()]  # type: ignore[attr-defined]


class TrailFilter:
    """Filter the audit trail: every history table before they are put together."""

    filters = ("who", "table", "since", "until")

    def __init__(
        self, data: QueryDict, *, queryset: Callable[..., QuerySet[Any]], request: HttpRequest
    ) -> None:
        self.form = _TrailForm(data)
        self.find = queryset

    @property
    def qs(self) -> QuerySet[Any]:
        """Return the entries that pass; a wrong filter filters nothing."""
        return self.find(**(self.form.cleaned_data if self.form.is_valid() else {}))
