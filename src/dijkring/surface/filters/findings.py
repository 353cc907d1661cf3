# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of findings, over rows in memory."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings import Finding
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
FITS: dict[str, Callable[[Finding], bool]] = {
    "fail": lambda one: one.shown == "fail",
    "not_measured": lambda one: one.shown == "not_measured",
    "nobody": lambda one: one.failing and not one.accepted_until and not one.owner,
    "busy": lambda one: one.failing and not one.accepted_until and bool(one.owner),
    "accepted": lambda one: one.accepted_until is not None,
    "unconfirmed": lambda one: one.unconfirmed,
}


def _day(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.AMSTERDAM)


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

    def __init__(self, data: QueryDict, rows: Sequence[Finding]) -> None:
        super().__init__(data)
        known = dict.fromkeys(selectors.category_of(kind.id) for kind in selectors.kinds_of_room())
        self._choose("category", [(key, CATEGORIES.get(key, key)) for key in known])
        self._choose("kind", _tests())
        hosters = {row.hoster for row in rows if row.hoster} | {data.get("hoster", "")}
        self._choose("hoster", [(one, one) for one in sorted(hosters - {""})])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


def _tests() -> list[tuple[str, str]]:
    """Return every test by category; the same words occur for websites and mail."""
    found = ((kind, category_words(kind.id)) for kind in selectors.kinds_of_room())
    return [(kind.id, f"{in_language(kind.label)} ({category})") for kind, category in found]


class FindingFilter:
    """Filters findings; `solved` shows what has ended since a day instead of what there is now."""

    filters: ClassVar[tuple[str, ...]] = tuple(_Form.base_fields)

    def __init__(self, data: QueryDict, *, queryset: Sequence[Finding], request: Any) -> None:
        self.form = _Form(data, queryset)
        self.rows = queryset
        self.organisation_id = request.actor.organisation_id

    @property
    def qs(self) -> list[Finding]:
        """Return the rows that pass; a wrong filter filters nothing."""
        chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}
        rows = self.rows
        if chosen.get("solved"):
            rows = selectors.solved(self.organisation_id, _day(chosen["solved"]))
        return [row for row in rows if _fits(row, chosen)]


def _fits(row: Finding, chosen: dict[str, Any]) -> bool:
    state, since = chosen.get("state", ""), chosen.get("since")
    return (
        _says(row, chosen.get("search", "").casefold())
        and (not state or FITS[state](row))
        and (not since or row.since >= _day(since))
        and all(chosen.get(name, "") in ("", value) for name, value in _plain(row))
    )


def _says(row: Finding, words: str) -> bool:
    return not words or words in f"{row.subject} {row.label} {row.reason}".casefold()


def _plain(row: Finding) -> list[tuple[str, str]]:
    return [
        ("category", selectors.category_of(row.kind)),
        ("kind", row.kind),
        ("severity", selectors.SEVERITIES[row.severity]),
        ("level", selectors.LEVELS[row.level]),
        ("hoster", row.hoster),
    ]
