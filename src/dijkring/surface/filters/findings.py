# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of findings."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings_listed import Listed
from dijkring.surface.tables.findings import SEVERITIES, category_words
from dijkring.ui.forms import DateInput

STATES = [
    ("", _("all")),
    ("fail", _("not met")),
    ("not_measured", _("not measured")),
    ("nobody", _("not met, and nobody is busy with it")),
    ("busy", _("in progress")),
    ("accepted", _("accepted")),
    ("unconfirmed", _("unconfirmed")),
]


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("all")), *choices])


class _Form(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    category = _choice(_("Category"))
    kind = _choice(_("Test"))
    severity = _choice(_("Severity"), SEVERITIES.items())
    level = _choice(_("Level"), LEVELS.items())
    hoster = _choice(_("Hosted by"))
    since = forms.DateField(label=_("New since"), required=False, widget=DateInput)
    solved = forms.DateField(label=_("Solved since"), required=False, widget=DateInput)

    def __init__(self, data: QueryDict, hosters: Collection[str]) -> None:
        super().__init__(data)
        known = dict.fromkeys(selectors.category_of(kind.id) for kind in selectors.kinds_of_room())
        self._choose("category", [(key, CATEGORIES.get(key, key)) for key in known])
        self._choose("kind", _tests())
        known_hosters = {*hosters, data.get("hoster", "")} - {""}
        self._choose("hoster", [(one, one) for one in sorted(known_hosters)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


def _tests() -> list[tuple[str, str]]:
    """Return every test by category; the same words occur for websites and mail."""
    found = ((kind, category_words(kind.id)) for kind in selectors.kinds_of_room())
    return [(kind.id, f"{in_language(kind.label)} ({category})") for kind, category in found]


class FindingFilter:
    """Filters findings; `solved` shows what has ended since a day instead of what there is now."""

    filters: ClassVar[tuple[str, ...]] = tuple(_Form.base_fields)

    def __init__(self, data: QueryDict, *, queryset: Listed, request: Any) -> None:
        self.form = _Form(data, selectors.hosters(queryset.organisation_id))
        self.rows = queryset

    @property
    def qs(self) -> Listed:
        """Return the rows that pass; a wrong filter filters nothing."""
        return self.rows.narrowed(self.form.cleaned_data if self.form.is_valid() else {})
