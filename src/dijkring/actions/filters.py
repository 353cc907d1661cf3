# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of actions and of the calendar."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dijkring.actions.models import Action, Proposal
from dijkring.actions.selectors import register
from dijkring.core import clock, due
from dijkring.core.due import DueItem
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

NOBODY = "nobody"


def owners(request: Any) -> list[tuple[Any, Any]]:
    """Return the choices of an owner: colleagues, or nobody."""
    return [*register.owners(request.actor.organisation_id), (NOBODY, _("nobody yet"))]


class ActionFilter(FilterSet):
    """Filter actions."""

    search = SearchFilter("title", method="with_words")
    state = ChoiceFilter(label=_("State"), choices=Action.State.choices)
    priority = ChoiceFilter(label=_("Priority"), choices=Action.Priority.choices)
    owner = ChoiceFilter(label=_("Owner"), choices=(), method="of_owner")
    due = ChoiceFilter(
        label=_("Due"),
        choices=[("late", _("late")), ("week", _("this week")), ("none", _("no date"))],
        method="of_due",
    )

    class Meta:
        model = Action
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["owner"].extra["choices"] = owners(self.request)

    def with_words(self, rows: QuerySet[Action], _name: str, words: str) -> QuerySet[Action]:
        """Search in title, description, who carries it out and what it helps."""
        named = Q(title__icontains=words) | Q(description__icontains=words)
        named |= Q(responsible__icontains=words) | Q(lines__subject__icontains=words)
        return rows.filter(pk__in=rows.model.objects.filter(named).values("pk"))

    def of_owner(self, rows: QuerySet[Action], _name: str, who: str) -> QuerySet[Action]:
        """Keep the actions of one colleague, or of nobody."""
        return rows.filter(owner_id=None if who == NOBODY else int(who))

    def of_due(self, rows: QuerySet[Action], _name: str, when: str) -> QuerySet[Action]:
        """Keep the open actions that are late, due this week or without a date."""
        today = clock.today()
        chosen = {
            "late": Q(due_on__lt=today),
            "week": Q(due_on__range=(today, today + timedelta(days=7))),
            "none": Q(due_on=None),
        }
        return rows.filter(chosen[when], state=Action.State.OPEN)


class ProposalFilter(FilterSet):
    """Filter what others handed over to us."""

    search = SearchFilter("title", method="with_words")
    state = ChoiceFilter(label=_("State"), choices=Proposal.State.choices)

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Proposal], _name: str, words: str) -> QuerySet[Proposal]:
        """Search in what is asked and by whom."""
        named = Q(title__icontains=words) | Q(description__icontains=words)
        return rows.filter(named | Q(why__icontains=words) | Q(sender__name__icontains=words))


class _CalendarForm(forms.Form):
    is_filter = True
    search = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    owner = forms.ChoiceField(label=_("Who"), required=False)
    due = forms.ChoiceField(
        label=_("Due"), required=False, choices=[("", _("all")), ("late", _("late"))]
    )
    month = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, owners: Sequence[str]) -> None:
        super().__init__(data)
        everyone = [("", _("all"))]
        self.fields["kind"].choices = [*everyone, *due.kinds()]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [*everyone, *((o, o) for o in owners)]  # type: ignore[attr-defined]


class CalendarFilter:
    """Filter what is due, in memory: it comes from several rooms and is not much."""

    filters = ("search", "kind", "owner", "due")

    def __init__(
        self, data: QueryDict, *, queryset: Sequence[DueItem], request: HttpRequest
    ) -> None:
        self.rows = queryset
        self.form = _CalendarForm(data, sorted({item.owner for item in queryset if item.owner}))

    @property
    def qs(self) -> list[DueItem]:
        """Return the items that pass; a wrong filter filters nothing."""
        chosen: dict[str, str] = self.form.cleaned_data if self.form.is_valid() else {}
        return [
            item
            for item in self.rows
            if chosen.get("search", "").casefold() in item.title.casefold()
            and chosen.get("kind", "") in ("", item.kind)
            and chosen.get("owner", "") in ("", item.owner)
            and (not chosen.get("due") or item.moment < clock.now())
        ]
