# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters over rows in memory: of what others share, which is gathered while it may be seen."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.ui.states import state_of


class _RowForm(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: QueryDict, states: Sequence[str]) -> None:
        super().__init__(data)
        words = [(one, state_of(one).word) for one in states]
        self.fields["state"].choices = [("", _("all")), *words]  # type: ignore[attr-defined]


class RowFilter:
    """Keep the rows with some words in their name or subject, and in one state."""

    filters: ClassVar[tuple[str, ...]] = ("search", "state")

    def __init__(self, data: QueryDict, *, queryset: Sequence[Any], request: HttpRequest) -> None:
        self.rows = queryset
        self.form = _RowForm(data, sorted({str(row.state) for row in queryset}))

    @property
    def qs(self) -> list[Any]:
        """Return the rows that pass; a wrong filter filters nothing."""
        chosen: dict[str, str] = self.form.cleaned_data if self.form.is_valid() else {}
        words = chosen.get("search", "").casefold()
        return [
            row
            for row in self.rows
            if words in f"{row.name} {row.about}".casefold()
            and chosen.get("state", "") in ("", row.state)
        ]


class _SharedForm(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    framework = forms.ChoiceField(label=_("Framework"), required=False)

    def __init__(self, data: QueryDict, provinces: Sequence[str], frameworks: Any) -> None:
        super().__init__(data)
        everywhere = [("", _("all")), *((one, one) for one in provinces)]
        self.fields["province"].choices = everywhere  # type: ignore[attr-defined]
        self.fields["framework"].choices = frameworks  # type: ignore[attr-defined]


class SharedFilter:
    """Keep who shares with us by name and province; the framework is chosen before counting."""

    filters: ClassVar[tuple[str, ...]] = ("search", "province", "framework")

    def __init__(self, data: QueryDict, *, queryset: Sequence[Any], request: Any) -> None:
        self.rows = queryset
        provinces = sorted({row.province for row in queryset if row.province})
        self.form = _SharedForm(data, provinces, request.frameworks)

    @property
    def qs(self) -> list[Any]:
        """Return the rows that pass; a wrong filter filters nothing."""
        chosen: dict[str, str] = self.form.cleaned_data if self.form.is_valid() else {}
        words = chosen.get("search", "").casefold()
        return [
            row
            for row in self.rows
            if words in row.name.casefold() and chosen.get("province", "") in ("", row.province)
        ]


class _ExposedForm(forms.Form):
    is_filter = True
    test = forms.ChoiceField(label=_("Test"), required=False)
    seen = forms.CharField(
        label=_("Seen"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    search = forms.CharField(
        label=_("Organisation"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("fail", _("exposed")),
            ("not_measured", _("not measured")),
            ("pass", _("not exposed")),
        ],
    )

    def __init__(self, data: QueryDict, provinces: Sequence[str], tests: Any) -> None:
        super().__init__(data)
        everywhere = [("", _("all")), *((one, one) for one in provinces)]
        self.fields["province"].choices = everywhere  # type: ignore[attr-defined]
        self.fields["test"].choices = [("", _("choose a test")), *tests]  # type: ignore[attr-defined]


class ExposedFilter:
    """Keep who is exposed by name, province and state; test and words are asked before reading."""

    filters: ClassVar[tuple[str, ...]] = ("test", "seen", "search", "province", "state")

    def __init__(self, data: QueryDict, *, queryset: Sequence[Any], request: Any) -> None:
        self.rows = queryset
        provinces = sorted({row.province for row in queryset if row.province})
        self.form = _ExposedForm(data, provinces, request.tests)

    @property
    def qs(self) -> list[Any]:
        """Return the rows that pass; a wrong filter filters nothing."""
        chosen: dict[str, str] = self.form.cleaned_data if self.form.is_valid() else {}
        words = chosen.get("search", "").casefold()
        return [
            row
            for row in self.rows
            if words in row.name.casefold()
            and chosen.get("province", "") in ("", row.province)
            and chosen.get("state", "") in ("", row.state)
        ]
