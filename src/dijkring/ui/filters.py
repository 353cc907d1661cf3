# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters of a list: they stand in the address bar, so that a list can be shared and kept.

The library has no types: hence the ignored base classes.
"""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.ui.forms import DateInput

__all__ = ["ChoiceFilter", "DateFromFilter", "DateUntilFilter", "FilterSet", "SearchFilter"]


class FilterSet(django_filters.FilterSet):  # type: ignore[misc]
    """A set of filters; give it `queryset` and `request.GET` as django-filter has it."""

    def get_form_class(self) -> type[forms.Form]:
        """Return the form; its fields need not say that they are not required."""
        return type("FilterForm", (super().get_form_class(),), {"is_filter": True})


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Words to look for in one field, without regard to capitals."""

    def __init__(self, field_name: str, **options: object) -> None:
        options.setdefault("label", _("Search"))
        options.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(field_name=field_name, lookup_expr="icontains", **options)


class ChoiceFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """One of a few choices, or all."""

    def __init__(self, **options: object) -> None:
        options.setdefault("empty_label", _("all"))
        super().__init__(**options)


class DateFromFilter(django_filters.DateFilter):  # type: ignore[misc]
    """From this day on."""

    def __init__(self, field_name: str, **options: object) -> None:
        options.setdefault("label", _("From"))
        super().__init__(field_name=field_name, lookup_expr="gte", widget=DateInput, **options)


class DateUntilFilter(django_filters.DateFilter):  # type: ignore[misc]
    """Up to and including this day."""

    def __init__(self, field_name: str, **options: object) -> None:
        options.setdefault("label", _("Until"))
        super().__init__(field_name=field_name, lookup_expr="lte", widget=DateInput, **options)
