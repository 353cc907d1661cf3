# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of sharing."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.sharing.models import Agreement, Detail, Handover, Look, Record
from dijkring.ui.filters import (
    ChoiceFilter,
    DateFromFilter,
    DateUntilFilter,
    FilterSet,
    SearchFilter,
)

GIVEN, RECEIVED = "given", "received"


class _Directed(FilterSet):
    """A list with two directions: from us and to us."""

    direction = ChoiceFilter(
        label=_("Direction"),
        choices=[(GIVEN, _("from us")), (RECEIVED, _("to us"))],
        method="of_direction",
    )

    def of_direction(self, rows: QuerySet[Any], _name: str, chosen: str) -> QuerySet[Any]:
        """Keep what goes out, or what comes in."""
        us = self.request.actor.organisation_id
        return rows.filter(**({"organisation_id": us} if chosen == GIVEN else {"receiver_id": us}))


class AgreementFilter(_Directed):
    """Filter agreements."""

    search = SearchFilter("purpose", method="with_words")
    record = ChoiceFilter(label=_("What"), choices=Record.choices, method="of_record")
    detail = ChoiceFilter(label=_("Detail"), choices=Detail.choices)
    state = ChoiceFilter(label=_("State"), choices=Agreement.State.choices)

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in names, purpose and legal ground."""
        named = Q(organisation__name__icontains=words) | Q(receiver__name__icontains=words)
        return rows.filter(named | Q(purpose__icontains=words) | Q(legal_basis__icontains=words))

    def of_record(self, rows: QuerySet[Any], _name: str, record: str) -> QuerySet[Any]:
        """Keep the agreements about one kind of record."""
        return rows.filter(records__contains=[record])


class LookFilter(FilterSet):
    """Filter the log of looks."""

    search = SearchFilter("name", method="with_words")
    what = ChoiceFilter(label=_("What"), choices=Look.What.choices)
    since = DateFromFilter("at__date")
    until = DateUntilFilter("at__date")

    class Meta:
        model = Look
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in the names of person and organisation."""
        return rows.filter(Q(name__icontains=words) | Q(organisation__name__icontains=words))


class HandoverFilter(_Directed):
    """Filter handovers."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("under_way", _("under way")),
            ("failed", _("failed")),
            ("taken", _("taken up, waits for an answer")),
            ("accepted", _("accepted")),
            ("declined", _("declined")),
        ],
        method="of_state",
    )

    class Meta:
        model = Handover
        fields: tuple[str, ...] = ()

    def of_state(self, rows: QuerySet[Any], _name: str, chosen: str) -> QuerySet[Any]:
        """Keep what stands so now."""
        states = {
            "under_way": Q(taken_at=None, failed_at=None),
            "failed": Q(taken_at=None, failed_at__isnull=False) | ~Q(refusal=""),
            "taken": Q(taken_at__isnull=False, refusal="", answer=""),
            "accepted": Q(answer=Handover.Answer.ACCEPTED),
            "declined": Q(answer=Handover.Answer.DECLINED),
        }
        return rows.filter(states[chosen])
