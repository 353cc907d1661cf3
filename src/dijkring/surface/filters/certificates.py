# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of certificates, over rows in memory: their day stands in what was seen."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.surface.selectors import certificates as selectors
from dijkring.surface.selectors.certificates import Certificate
from dijkring.ui.words import date_words

WITHIN = [
    ("", _("all")),
    ("ended", _("ended already")),
    ("14", _("within two weeks")),
    ("30", _("within thirty days")),
    ("90", _("within ninety days")),
]


class _Form(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    within = forms.ChoiceField(label=_("Ends"), required=False, choices=WITHIN)
    month = forms.ChoiceField(label=_("Month"), required=False)
    hoster = forms.ChoiceField(label=_("Hosted by"), required=False)

    def __init__(self, data: QueryDict, rows: Sequence[Certificate]) -> None:
        super().__init__(data)
        months = [(f"{one:%Y-%m}", date_words(one).partition(" ")[2]) for one in _months(rows)]
        hosters = sorted({row.hoster for row in rows if row.hoster})
        self._choose("month", months)
        self._choose("hoster", [(one, one) for one in hosters])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


def _months(rows: Sequence[Certificate]) -> list[Any]:
    return list(selectors.months(rows))


class CertificateFilter:
    """Keep certificates by their words, how soon they end, their month and their host."""

    filters: ClassVar[tuple[str, ...]] = ("search", "within", "month", "hoster")

    def __init__(
        self, data: QueryDict, *, queryset: Sequence[Certificate], request: HttpRequest
    ) -> None:
        self.rows = queryset
        self.form = _Form(data, queryset)

    @property
    def qs(self) -> list[Certificate]:
        """Return the rows that pass; a wrong filter filters nothing."""
        chosen: dict[str, str] = self.form.cleaned_data if self.form.is_valid() else {}
        return [row for row in self.rows if _fits(row, chosen)]


def _fits(row: Certificate, chosen: dict[str, str]) -> bool:
    words = f"{row.name} {row.subject} {row.issuer}".casefold()
    within = chosen.get("within", "")
    return (
        chosen.get("search", "").casefold() in words
        and chosen.get("hoster", "") in ("", row.hoster)
        and chosen.get("month", "") in ("", f"{row.ends_on:%Y-%m}")
        and (row.days < 0 if within == "ended" else not within or row.days <= int(within))
    )
